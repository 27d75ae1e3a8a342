//! `acquaint extract`.

use crate::cli::Context;
use crate::cli::args::Extract;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Extract) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
