//! `acquaint undo`.

use crate::cli::Context;
use crate::cli::args::Undo;
use crate::cli::changes::lines;
use crate::cli::fail::{Exit, Failure};

pub(crate) async fn run(context: Context<'_>, args: Undo) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let Undo { user, to } = args;
    let aside_before = agent.set_aside(&user).await?;
    let (to, saved) = agent.undo(&user, to).await?;
    for place in agent.set_aside(&user).await? {
        if !aside_before.contains(&place) {
            screen.warn(format!("the profile was damaged; it is set aside as `{place}`"));
        }
    }
    if settings.json {
        let (revision, changes) = (saved.revision, saved.changes);
        let told = serde_json::json!({ "to": to, "revision": revision, "changes": changes });
        return super::json(screen, &told);
    }
    screen.data(format!(
        "back from revision {} to {to}, as revision {}",
        saved.revision - 1,
        saved.revision
    ));
    if saved.changes.is_empty() {
        screen.note("they do not differ");
    }
    lines(&saved.changes).into_iter().for_each(|line| screen.data(line));
    Ok(Exit::Done)
}
