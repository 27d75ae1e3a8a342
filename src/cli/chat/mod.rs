//! `acquaint chat`.

use crate::cli::Context;
use crate::cli::args::Chat;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>, _args: Chat) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
