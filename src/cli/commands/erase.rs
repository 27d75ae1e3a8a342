//! `acquaint erase`.

use crate::cli::Context;
use crate::cli::args::Erase;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Erase) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
