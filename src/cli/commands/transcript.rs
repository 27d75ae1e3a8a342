//! `acquaint transcript`.

use crate::cli::Context;
use crate::cli::args::Transcript;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Transcript) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
