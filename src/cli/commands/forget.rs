//! `acquaint forget`.

use crate::cli::Context;
use crate::cli::args::Forget;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Forget) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
