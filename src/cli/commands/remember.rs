//! `acquaint remember`.

use crate::cli::Context;
use crate::cli::args::Remember;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Remember) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
