//! `acquaint undo`.

use serde_json::json;

use crate::agent::Agent;
use crate::cli::Context;
use crate::cli::args::Undo;
use crate::cli::changes::lines;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::error::Error;
use crate::id::UserId;

pub(crate) async fn run(context: Context<'_>, args: Undo) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let Undo { user, to } = args;
    let is_gone = is_gone(screen, &agent, &user).await;
    let (to, saved) = agent.undo(&user, to).await?;
    let new = saved.revision;
    if settings.json {
        let told = json!({ "to": to, "revision": new, "changes": saved.changes });
        return super::json(screen, &told);
    }
    if is_gone {
        screen.data(format!("revision {to} is back, as revision {new}"));
    } else {
        screen.data(format!("back from revision {} to {to}, as revision {new}", new - 1));
    }
    if saved.changes.is_empty() {
        screen.note("they do not differ");
    }
    screen.lines(lines(&saved.changes));
    Ok(Exit::Done)
}

/// Whether there is no profile to go back from. Any other fault is for the undo itself to tell.
async fn is_gone(screen: &mut Screen, agent: &Agent, user: &UserId) -> bool {
    match agent.profile(user).await {
        Err(Error::Damaged(damaged)) => {
            let (place, aside, problem) = (&damaged.place, &damaged.aside, &damaged.problem);
            screen.warn(format!("`{place}` is damaged ({problem}) and was set aside as `{aside}`"));
            true
        }
        Err(Error::Lost { .. }) => true,
        _ => false,
    }
}
