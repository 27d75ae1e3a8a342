//! `acquaint undo`.

use crate::cli::Context;
use crate::cli::args::Undo;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Undo) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
