//! `acquaint users`.

use chrono::Local;

use crate::agent::UserSummary;
use crate::cli::Context;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::cli::table::{Table, date};
use crate::cli::view::count;

pub(crate) async fn run(context: Context<'_>) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let mut users = Vec::new();
    for user in agent.users().await? {
        users.push(agent.summary(&user).await?);
    }
    if settings.json {
        super::json(screen, &users)?;
    } else {
        print(screen, &users);
    }
    match users.iter().filter(|user| user.problem.is_some()).count() {
        0 => Ok(Exit::Done),
        problems => {
            let failed = format!("{} cannot be read", count(problems, "profile"));
            Err(Failure::failed(failed).hint("`acquaint doctor` says what to do about each"))
        }
    }
}

fn print(screen: &mut Screen, users: &[UserSummary]) {
    if users.is_empty() {
        screen.note("nobody yet; `acquaint chat --user ID` begins");
        return;
    }
    let headings = ["USER", "SESSIONS", "LAST SESSION", "ITEMS", "PENDING", "PROBLEM"];
    let problems = users.iter().any(|user| user.problem.is_some());
    let shown = if problems { &headings[..] } else { &headings[..5] };
    let mut table = Table::new(shown);
    for user in users {
        table.row([
            user.user.to_string(),
            user.sessions.to_string(),
            user.last_session.map_or_else(|| "never".to_owned(), |last| date(last, &Local)),
            user.items.to_string(),
            user.pending.to_string(),
            user.problem.clone().unwrap_or_default(),
        ]);
    }
    table.print(screen);
}
