//! `acquaint show`.

use crate::agent::Agent;
use crate::cli::Context;
use crate::cli::args::Show;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::cli::view;
use crate::error::Result;
use crate::id::UserId;
use crate::profile::Profile;

pub(crate) async fn run(context: Context<'_>, args: Show) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let Show { user, prompt } = args;
    agent.must_know(&user).await?;
    match (prompt, settings.json) {
        (true, true) => {
            let prompt = agent.system_prompt(&user).await?;
            super::json(screen, &serde_json::json!({ "prompt": prompt }))
        }
        (true, false) => {
            screen.raw(&format!("{}\n", agent.system_prompt(&user).await?));
            Ok(Exit::Done)
        }
        (false, true) => {
            screen.raw(&document(&agent, &user).await?);
            Ok(Exit::Done)
        }
        (false, false) => Ok(show(screen, &agent, &user).await?),
    }
}

/// The document as it is stored; an empty one before the first session was extracted.
async fn document(agent: &Agent, user: &UserId) -> Result<String> {
    if agent.profile(user).await?.is_none() {
        return Ok(Profile::new(user.as_str()).to_json());
    }
    // What could be read as a profile is UTF-8.
    Ok(String::from_utf8_lossy(&agent.document(user).await?).into_owned())
}

async fn show(screen: &mut Screen, agent: &Agent, user: &UserId) -> Result<Exit> {
    let profile = agent.profile(user).await?;
    let is_stored = profile.is_some();
    let profile = profile.unwrap_or_else(|| Profile::new(user.as_str()));
    view::profile(screen, &profile);
    let budget = agent.settings().caps.memory_tokens;
    for line in view::untold_lines(&profile, &agent.block(user).await?, budget) {
        screen.data(line);
    }
    if is_stored {
        let place = Line::default().styled(Style::DIM, "kept in ");
        screen.data(Line::default());
        screen.data(place.styled(Style::DIM, &agent.place(user)));
    }
    for aside in agent.set_aside(user).await? {
        screen.note(format!("a damaged profile was set aside as `{aside}`"));
    }
    let pending = agent.summary(user).await?.pending;
    if pending > 0 {
        let pending = view::count(pending, "pending session");
        screen
            .note(format!("{pending}; `acquaint extract {user}` learns from what was said there"));
    }
    Ok(Exit::Done)
}
