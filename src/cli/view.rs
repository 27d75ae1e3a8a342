//! A profile, and why an item is in it, for a person to read.
//!
//! The functions make lines, so that a chat can say them and a command can print them.

use chrono::{DateTime, Local, Utc};

use super::changes;
use super::screen::{Line, Screen};
use super::style::Style;
use super::table::date;
use crate::agent::Why;
use crate::profile::{Block, Confidence, Item, Meta, Profile};

/// Prints a profile as data.
pub(crate) fn profile(screen: &mut Screen, profile: &Profile) {
    screen.lines(profile_lines(profile));
}

/// Prints why an item is there as data.
pub(crate) fn why(screen: &mut Screen, why: &Why) {
    screen.lines(why_lines(why));
}

/// Whose it is, the summary, the items by kind, and how much is forgotten.
pub(crate) fn profile_lines(profile: &Profile) -> Vec<Line> {
    let mut lines = vec![head(profile)];
    if profile.is_empty() {
        lines.push(Line::from("nothing is known yet"));
    }
    if !profile.running_summary.is_empty() {
        lines.extend([Line::default(), Line::from(&profile.running_summary)]);
    }
    for (kind, heading) in
        [("fact", "facts"), ("preference", "preferences"), ("decision", "decisions")]
    {
        let items: Vec<Item> = profile.items().filter(|item| item.kind() == kind).collect();
        lines.extend(section(heading, &items));
    }
    if !profile.forgotten.is_empty() {
        let forgotten = count(profile.forgotten.len(), "forgotten value");
        lines.extend([
            Line::default(),
            Line::from(format!("{forgotten}, never to be learned again")),
        ]);
    }
    lines
}

/// What a profile holds and the model is not told: untrusted items, and those that the block has no room for.
pub(crate) fn untold_lines(profile: &Profile, block: &Block, budget: usize) -> Vec<Line> {
    let low = profile.items().filter(|item| item.meta().confidence == Confidence::Low);
    let low = low.map(|item| (item.id().to_owned(), "low: nobody was heard saying it".to_owned()));
    let full = format!("no room left in {budget} tokens (`ACQUAINT_MEMORY_TOKENS`)");
    let full = block.left_out.iter().map(|id| (id.clone(), full.clone()));
    let untold: Vec<(String, String)> = low.chain(full).collect();
    let width = column(untold.iter().map(|(id, _)| id.as_str()));
    let mut lines = heading("not told to the model", untold.is_empty());
    lines.extend(untold.iter().map(|(id, why)| cells(id, width).and(why).hanging(width + 4)));
    lines
}

/// The item, how far it is trusted, its words and where they were said, and each change of it.
pub(crate) fn why_lines(why: &Why) -> Vec<Line> {
    let meta = why.item.meta();
    let mut lines = vec![
        Line::default().styled(Style::BOLD, &changes::named(&why.item)),
        Line::from("  ").and(trust(meta)).hanging(2),
    ];
    if !why.current {
        lines.push(Line::from("  no longer in the profile"));
    }
    lines.extend(origin(meta));
    if let Some(turn) = &why.turn {
        let when = date(turn.at, &Local);
        lines.push(Line::from("  said ").and(&when).and(": ").and(&turn.content).hanging(4));
    } else if meta.quote.is_some() {
        lines.push(Line::from("  the turn that was quoted is no longer kept"));
    }
    lines.extend(heading("changes", why.changes.is_empty()));
    for step in &why.changes {
        let session = step.session.as_ref().map(|session| format!(", session {session}"));
        let by = format!("{}{}", step.by, session.unwrap_or_default());
        lines.push(Line::from(format!(
            "revision {}  {}  {by}",
            step.revision,
            date(step.at, &Local)
        )));
        lines.extend(changes::lines(std::slice::from_ref(&step.change)));
    }
    lines
}

/// `1 item`, `2 items`.
pub(crate) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn head(profile: &Profile) -> Line {
    let sessions = usize::try_from(profile.session_count).unwrap_or(usize::MAX);
    let last = profile.last_session.map(|last| format!(", last on {}", date(last, &Local)));
    let told = format!(
        "  {}{}, revision {}",
        count(sessions, "session"),
        last.unwrap_or_default(),
        profile.revision
    );
    Line::default().styled(Style::BOLD, &profile.user_id).styled(Style::DIM, &told)
}

fn heading(text: &str, empty: bool) -> Vec<Line> {
    if empty {
        return Vec::new();
    }
    vec![Line::default(), Line::default().styled(Style::BOLD, text)]
}

/// A heading and a line for each item; nothing at all without items.
fn section(name: &str, items: &[Item]) -> Vec<Line> {
    let width = column(items.iter().map(Item::id));
    let mut lines = heading(name, items.is_empty());
    lines.extend(items.iter().map(|item| {
        let line = match item {
            Item::Preference(_) => Line::from("  ").and(&item.text()).hanging(4),
            Item::Fact(_) | Item::Decision(_) => {
                cells(item.id(), width).and(&item.text()).hanging(width + 4)
            }
        };
        line.styled(Style::DIM, &aside(item))
    }));
    lines
}

fn cells(id: &str, width: usize) -> Line {
    Line::from("  ").styled(Style::CODE, id).and(&" ".repeat(width + 2 - Line::from(id).width()))
}

fn column<'a>(ids: impl Iterator<Item = &'a str>) -> usize {
    ids.map(|id| Line::from(id).width()).max().unwrap_or(0)
}

/// `  (medium, pinned, 2026-11-21)`: what is out of the ordinary, and when it was decided or learned.
fn aside(item: &Item) -> String {
    let meta = item.meta();
    let decided = match item {
        Item::Decision(decision) => decision.date.map(|date| date.to_string()),
        Item::Fact(_) | Item::Preference(_) => None,
    };
    let confidence =
        (meta.confidence != Confidence::High).then(|| meta.confidence.name().to_owned());
    let pinned = meta.pinned.then(|| "pinned".to_owned());
    let told: Vec<String> =
        [confidence, pinned, decided.or(meta.learned.map(day))].into_iter().flatten().collect();
    if told.is_empty() { String::new() } else { format!("  ({})", told.join(", ")) }
}

fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).date_naive().to_string()
}

fn trust(meta: &Meta) -> &'static str {
    match (meta.pinned, meta.confidence) {
        (true, _) => "pinned: a person wrote it, and no model may change it",
        (false, Confidence::High) => "high: the user said it",
        (false, Confidence::Medium) => {
            "medium: the user may have said it; the model is told \"perhaps\""
        }
        (false, Confidence::Low) => "low: nobody was heard saying it; the model is not told",
    }
}

/// When and in which session it was learned, and the words.
fn origin(meta: &Meta) -> Vec<Line> {
    let session = meta.session.as_ref().map(|session| format!(" in session {session}"));
    let learned = meta.learned.map(|at| {
        Line::from(format!("  learned {}{}", date(at, &Local), session.unwrap_or_default()))
    });
    let confirmed =
        meta.confirmed.map(|at| Line::from(format!("  last said {}", date(at, &Local))));
    let quote =
        meta.quote.as_ref().map(|quote| Line::from("  in their words: ").and(quote).hanging(4));
    [learned, confirmed, quote].into_iter().flatten().collect()
}
