//! `acquaint edit`.

use crate::cli::Context;
use crate::cli::args::User;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: User) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
