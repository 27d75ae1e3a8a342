//! `acquaint erase`.

use chrono::Local;

use crate::agent::{Agent, Deleted, Receipt};
use crate::cli::Context;
use crate::cli::args::Erase;
use crate::cli::confirm::{Answer, must_agree};
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::cli::table::{Table, date, size};
use crate::cli::view::count;
use crate::id::UserId;

pub(crate) async fn run(context: Context<'_>, args: Erase) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    agent.must_know(&args.user).await?;
    if !args.yes {
        let answer = agree(screen, &agent, &args.user).await?;
        if answer != Answer::Yes {
            screen.note("nothing was erased");
            return Ok(answer.exit());
        }
    }
    let receipt = agent.erase(&args.user).await?;
    if settings.json {
        return super::json(screen, &receipt);
    }
    print(screen, &receipt);
    Ok(Exit::Done)
}

/// Says exactly what will go, and asks.
async fn agree(screen: &mut Screen, agent: &Agent, user: &UserId) -> Result<Answer, Failure> {
    let kept = agent.kept(user).await?;
    for Deleted { place, bytes } in &kept {
        screen.note(format!("  {place}  {}", size(*bytes as u64)));
    }
    let sessions = count(agent.sessions(user).await?.len(), "session");
    let question = format!("Erase {user} for good, {} and {sessions}?", count(kept.len(), "file"));
    must_agree(screen, "erasing", &question)
}

fn print(screen: &mut Screen, receipt: &Receipt) {
    screen.data(format!("erased {} on {}", receipt.user, date(receipt.at, &Local)));
    let mut table = Table::new(&["FILE", "SIZE"]);
    for Deleted { place, bytes } in &receipt.deleted {
        table.row([format!("  {place}"), size(*bytes as u64)]);
    }
    table.print(screen);
    screen.data(format!("{} left", receipt.left));
}
