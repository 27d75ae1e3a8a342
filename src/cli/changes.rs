//! What an update did to a profile, line by line.

use super::screen::Line;
use super::style::Style;
use crate::profile::{Change, Item};

/// A line for each change that a person wants to hear of, in the order in which they were made.
#[must_use]
pub fn lines(changes: &[Change]) -> Vec<Line> {
    changes.iter().map(line).collect()
}

fn line(change: &Change) -> Line {
    match change {
        Change::Added { item } => marked(Style::ADDED, "+", &named(item)),
        Change::Updated { before, after } if before.text() == after.text() => {
            marked(Style::CODE, "~", &format!("{} (pinned or trusted otherwise now)", named(after)))
        }
        Change::Updated { before, after } => {
            marked(Style::CODE, "~", &format!("{} (was: {})", named(after), before.text()))
        }
        Change::Confirmed { after, .. } => {
            marked(Style::DIM, "=", &format!("{} (said again)", named(after)))
        }
        Change::Retired { item, .. } => {
            marked(Style::WARNING, "-", &format!("{} (taken back)", named(item)))
        }
        Change::Evicted { item, why } => {
            marked(Style::WARNING, "-", &format!("{} (evicted: {why})", named(item)))
        }
        Change::Removed { item } => marked(Style::WARNING, "-", &named(item)),
        Change::Forgotten { id } => marked(Style::WARNING, "-", &format!("{id} forgotten")),
        Change::Summary { after, .. } => marked(Style::CODE, "~", &format!("summary: {after}")),
        Change::Refused { what, why } => {
            marked(Style::DIM, "!", &format!("not taken over: {what} ({why})"))
        }
    }
}

fn marked(style: Style, mark: &str, text: &str) -> Line {
    Line::from("  ").styled(style, mark).and(" ").and(text).hanging(4)
}

/// `fact f3: Lives in Porto`, and how far it is trusted unless it is fully.
fn named(item: &Item) -> String {
    let trust = match item.meta().confidence {
        crate::profile::Confidence::High => "",
        crate::profile::Confidence::Medium => " (medium)",
        crate::profile::Confidence::Low => " (low: nobody was heard saying it)",
    };
    match item {
        Item::Preference(_) => format!("preference {}{trust}", item.text()),
        Item::Fact(_) | Item::Decision(_) => {
            format!("{} {}: {}{trust}", item.kind(), item.id(), item.text())
        }
    }
}
