//! `acquaint why`.

use crate::cli::Context;
use crate::cli::args::Why;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Why) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
