//! `acquaint history`.

use chrono::Local;

use crate::agent::Entry;
use crate::cli::Context;
use crate::cli::args::History;
use crate::cli::changes::{counts, lines};
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::cli::table::{Table, date};

pub(crate) async fn run(context: Context<'_>, args: History) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let mut entries = agent.history(&args.user).await?;
    entries.reverse();
    if settings.json {
        return super::json(screen, &entries);
    }
    if entries.is_empty() {
        screen.note("no revision yet");
    } else if args.diff {
        for entry in &entries {
            diff(screen, entry);
        }
    } else {
        print(screen, &entries);
    }
    Ok(Exit::Done)
}

fn print(screen: &mut Screen, entries: &[Entry]) {
    let mut table = Table::new(&["REVISION", "DATE", "BY", "SESSION", "CHANGES"]);
    for entry in entries {
        table.row([
            entry.revision.to_string(),
            date(entry.at, &Local),
            by(entry),
            session(entry).to_owned(),
            counts(&entry.changes),
        ]);
    }
    table.print(screen);
}

fn diff(screen: &mut Screen, entry: &Entry) {
    let revision = format!("revision {}", entry.revision);
    let told = format!("  {}  {}  {}", date(entry.at, &Local), by(entry), session(entry));
    let head = Line::default().styled(Style::BOLD, &revision);
    screen.data(head.styled(Style::DIM, told.trim_end()));
    screen.lines(lines(&entry.changes));
}

fn by(entry: &Entry) -> String {
    match entry.to {
        Some(to) => format!("{} to {to}", entry.by),
        None => entry.by.to_string(),
    }
}

fn session(entry: &Entry) -> &str {
    entry.session.as_ref().map_or("", |session| session.id.as_str())
}
