//! What the extraction model is shown: the items with their ids, and the turns, as one JSON document.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::agent::line;
use crate::profile::{Profile, Role, Turn, shorten, tokens};

/// Turns given to one call, in estimated tokens: below the step at which Haiku's price rises, and inside every window.
const PART_TOKENS: usize = 60_000;
/// What the assistant said is context only; this much of it is enough to understand a "yes".
const ASSISTANT_CHARS: usize = 400;
/// A longer turn of the user is a pasted text: its beginning and its end are shown.
const USER_CHARS: usize = 12_000;

#[derive(Serialize)]
struct Document<'a> {
    running_summary: &'a str,
    facts: Vec<Fact<'a>>,
    preferences: Vec<Preference<'a>>,
    decisions: Vec<Decision<'a>>,
    turns: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Fact<'a> {
    id: &'a str,
    fact: &'a str,
}

#[derive(Serialize)]
struct Preference<'a> {
    key: &'a str,
    value: &'a Value,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the input's members")]
struct Decision<'a> {
    id: &'a str,
    topic: &'a str,
    decision: &'a str,
    date: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Said<'a> {
    role: Role,
    at: DateTime<Utc>,
    text: Cow<'a, str>,
}

/// The document for these turns.
pub(super) fn document(profile: &Profile, turns: &[Turn]) -> String {
    let facts = profile.key_facts.iter().map(|fact| Fact { id: &fact.id, fact: &fact.fact });
    let preferences = profile
        .preferences
        .iter()
        .map(|preference| Preference { key: &preference.key, value: &preference.value });
    let decisions = profile.recent_decisions.iter().map(|decision| Decision {
        id: &decision.id,
        topic: &decision.topic,
        decision: &decision.decision,
        date: decision.date,
    });
    let said = turns.iter().map(|turn| Said { role: turn.role, at: turn.at, text: shown(turn) });
    let document = Document {
        running_summary: &profile.running_summary,
        facts: facts.collect(),
        preferences: preferences.collect(),
        decisions: decisions.collect(),
        turns: said.collect(),
    };
    String::from_utf8_lossy(&line(&document)).into_owned()
}

/// Where the next part of a session ends that has something of the user in it; `None` when there is nothing left.
pub(super) fn next_end(turns: &[Turn], done: usize) -> Option<usize> {
    let rest = turns.get(done..)?;
    if !rest.iter().any(|turn| turn.role == Role::User) {
        return None;
    }
    let mut size = 0;
    let full = rest.iter().position(|turn| {
        size += tokens(&shown(turn));
        size > PART_TOKENS
    });
    Some(done + full.map_or(rest.len(), |full| full.max(1)))
}

fn shown(turn: &Turn) -> Cow<'_, str> {
    let content = turn.content.as_str();
    match turn.role {
        Role::Assistant if content.len() > ASSISTANT_CHARS => {
            shorten(content, ASSISTANT_CHARS).into()
        }
        Role::User if content.len() > USER_CHARS => {
            let skipped = content.chars().count().saturating_sub(USER_CHARS / 4);
            let tail: String = content.chars().skip(skipped).collect();
            format!("{}\n[…]\n{tail}", shorten(content, USER_CHARS / 2)).into()
        }
        Role::Assistant | Role::User => content.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(role: Role, content: &str) -> Turn {
        Turn { at: DateTime::UNIX_EPOCH, role, content: content.to_owned() }
    }

    #[test]
    fn what_the_assistant_said_is_shortened_and_what_the_user_pasted_keeps_both_ends() {
        let long = format!("begin {} end", "word ".repeat(4_000));
        let shown = [turn(Role::Assistant, &long), turn(Role::User, &long)]
            .map(|turn| shown(&turn).into_owned());
        assert!(shown[0].chars().count() <= ASSISTANT_CHARS);
        assert!(
            shown[1].chars().count() < USER_CHARS
                && shown[1].starts_with("begin")
                && shown[1].ends_with("end")
        );
    }

    #[test]
    fn a_long_session_goes_in_parts_and_each_turn_in_exactly_one() {
        let turns: Vec<Turn> = (0..60).map(|_| turn(Role::User, &"word ".repeat(2_000))).collect();
        let mut ends = Vec::new();
        while let Some(end) = next_end(&turns, ends.last().copied().unwrap_or(0)) {
            ends.push(end);
        }
        assert!(ends.len() > 1 && ends.is_sorted());
        assert_eq!(ends.last(), Some(&60));
        assert_eq!(next_end(&[turn(Role::Assistant, "hello")], 0), None);
    }
}
