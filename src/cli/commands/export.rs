//! `acquaint export`.

use crate::cli::Context;
use crate::cli::args::Export;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Export) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
