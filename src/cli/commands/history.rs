//! `acquaint history`.

use crate::cli::Context;
use crate::cli::args::History;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: History) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
