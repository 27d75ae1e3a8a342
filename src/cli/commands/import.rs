//! `acquaint import`.

use crate::cli::Context;
use crate::cli::args::Import;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Import) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
