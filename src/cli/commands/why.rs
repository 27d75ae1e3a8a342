//! `acquaint why`.

use crate::cli::Context;
use crate::cli::args::Why;
use crate::cli::fail::{Exit, Failure};
use crate::cli::view;

pub(crate) async fn run(context: Context<'_>, args: Why) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let why = agent.why(&args.user, &args.item).await?;
    if settings.json {
        return super::json(screen, &why);
    }
    view::why(screen, &why);
    Ok(Exit::Done)
}
