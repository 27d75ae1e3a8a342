//! `acquaint show`.

use crate::cli::Context;
use crate::cli::args::Show;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Show) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
