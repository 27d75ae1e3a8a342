//! `acquaint transcript`.

use chrono::Local;
use serde_json::json;

use crate::agent::{Agent, SessionState};
use crate::cli::Context;
use crate::cli::args::Transcript;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::cli::table::date;
use crate::error::{Error, Result};
use crate::profile::{Role, Turn};

pub(crate) async fn run(context: Context<'_>, args: Transcript) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let turns = turns(screen, &agent, &args).await?;
    if settings.json {
        return super::json(screen, &json!({ "session": args.session, "turns": turns }));
    }
    for (at, turn) in turns.iter().enumerate() {
        if at > 0 {
            screen.data(Line::default());
        }
        print(screen, turn);
    }
    Ok(Exit::Done)
}

/// The turns; of a session whose turns are gone none, and a word about that.
async fn turns(screen: &mut Screen, agent: &Agent, args: &Transcript) -> Result<Vec<Turn>> {
    agent.must_know(&args.user).await?;
    match agent.transcript(&args.user, &args.session).await {
        Err(Error::NoSuchSession { .. }) if is_past(agent, args).await? => {
            screen.note(format!(
                "its turns are no longer kept (`ACQUAINT_KEEP_DAYS`); `acquaint history {} --diff` shows what was learned",
                args.user
            ));
            Ok(Vec::new())
        }
        journal => Ok(journal?.turns),
    }
}

async fn is_past(agent: &Agent, args: &Transcript) -> Result<bool> {
    let sessions = agent.sessions(&args.user).await?;
    let past = sessions.iter().filter(|session| session.state == SessionState::Past);
    Ok(past.into_iter().any(|session| session.session == args.session.as_str()))
}

fn print(screen: &mut Screen, turn: &Turn) {
    let role = match turn.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let head = Line::default().styled(Style::BOLD, role);
    screen.data(head.styled(Style::DIM, &format!("  {}", date(turn.at, &Local))));
    screen.text(&turn.content);
}
