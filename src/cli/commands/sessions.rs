//! `acquaint sessions`.

use chrono::Local;

use crate::agent::{SessionState, SessionSummary};
use crate::cli::Context;
use crate::cli::args::User;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::cli::table::{Table, date};

pub(crate) async fn run(context: Context<'_>, args: User) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let sessions = agent.sessions(&args.user).await?;
    if settings.json {
        return super::json(screen, &sessions);
    }
    if sessions.is_empty() {
        screen.note("no session yet");
    }
    print(screen, &sessions);
    Ok(Exit::Done)
}

fn print(screen: &mut Screen, sessions: &[SessionSummary]) {
    let mut table = Table::new(&["SESSION", "OPENED", "TURNS", "STATE", "REVISION", "FAILED"]);
    for session in sessions {
        table.row([
            session.session.clone(),
            session.opened.map(|at| date(at, &Local)).unwrap_or_default(),
            session.turns.to_string(),
            state(session.state).to_owned(),
            session.revision.map(|revision| revision.to_string()).unwrap_or_default(),
            session.failure.clone().unwrap_or_default(),
        ]);
    }
    table.print(screen);
}

fn state(state: SessionState) -> &'static str {
    match state {
        SessionState::Open => "open",
        SessionState::Pending => "pending",
        SessionState::Extracted => "extracted",
        SessionState::Past => "past",
    }
}
