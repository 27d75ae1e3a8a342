//! The profile through its public door.

mod arbitrary;
mod change;
mod document;
mod forget;
mod ground;
mod merge;
mod render;
mod schema;
mod update;

use chrono::{DateTime, Utc};

use super::{Caps, Change, Evidence, Profile, Role, Turn, Update};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-11-21T10:00:00Z")
}

/// Turns of the user, a minute apart from nine o'clock.
fn said(contents: &[&str]) -> Vec<Turn> {
    let turn = |(minute, content): (i64, &&str)| Turn {
        at: at("2026-11-21T09:00:00Z") + chrono::TimeDelta::minutes(minute),
        role: Role::User,
        content: (*content).to_owned(),
    };
    (0..).zip(contents).map(turn).collect()
}

fn update(json: &serde_json::Value) -> Update {
    let (update, problems) = Update::from_value(json);
    assert_eq!(problems, []);
    update
}

/// Merges what a session proposed.
fn learn(profile: &mut Profile, turns: &[Turn], proposed: &serde_json::Value) -> Vec<Change> {
    let evidence = Evidence::Session { id: "s1", turns };
    crate::profile::merge(profile, &update(proposed), evidence, &Caps::default(), now())
}

/// Merges what a person says.
fn tell(profile: &mut Profile, proposed: &serde_json::Value) -> Vec<Change> {
    crate::profile::merge(profile, &update(proposed), Evidence::Person, &Caps::default(), now())
}

fn parse(json: &str) -> Profile {
    Profile::parse(json.as_bytes(), "alice").unwrap()
}

/// The refusals among changes: `what: why`.
fn refusals(changes: &[Change]) -> Vec<String> {
    let refused = changes.iter().filter_map(|change| match change {
        Change::Refused { what, why } => Some(format!("{what}: {why}")),
        _ => None,
    });
    refused.collect()
}
