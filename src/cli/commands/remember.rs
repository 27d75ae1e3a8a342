//! `acquaint remember`.

use crate::agent::ItemKind;
use crate::cli::Context;
use crate::cli::args::Remember;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(context: Context<'_>, args: Remember) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let kind = match (args.preference, args.decision) {
        (Some(key), _) => ItemKind::Preference(key),
        (None, Some(topic)) => ItemKind::Decision(topic),
        (None, None) => ItemKind::Fact,
    };
    let saved = agent.remember(&args.user, &kind, &args.text.join(" ")).await?;
    super::saved(screen, settings.json, &saved)
}
