//! `acquaint doctor`.

use crate::cli::Context;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(_context: Context<'_>) -> Result<Exit, Failure> {
    Err(Failure::failed("not there yet"))
}
