//! The extraction call: from a session's turns and what is known to an update.

use serde::Deserialize;
use serde_json::Value;

use super::claim::{Claim, claims};
use super::draft::Draft;
use super::sentence::clauses;
use super::summary;
use super::update::Update;

/// What the extraction call is given, as one user message of JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Input {
    pub(super) running_summary: String,
    pub(super) facts: Vec<Fact>,
    pub(super) preferences: Vec<Preference>,
    pub(super) decisions: Vec<Decision>,
    pub(super) turns: Vec<Turn>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) fact: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Preference {
    pub(super) key: String,
    pub(super) value: Value,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are those of the input's JSON")]
pub(super) struct Decision {
    pub(super) id: String,
    pub(super) topic: String,
    pub(super) decision: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Turn {
    pub(super) role: String,
    pub(super) text: String,
}

/// Goes through what the user said and proposes an update.
pub(super) fn extract(input: &Input) -> Update {
    let mut draft = Draft::new(input);
    for turn in input.turns.iter().filter(|turn| turn.role == "user") {
        learn(&mut draft, &turn.text);
    }
    let mut update = Update::of(&draft);
    update.running_summary = summary::rewritten(&input.running_summary, &draft);
    update
}

/// Takes over what a message of the user says.
pub(super) fn learn(draft: &mut Draft, message: &str) {
    for clause in clauses(message) {
        for claim in claims(&clause) {
            let gone = matches!(claim, Claim::Gone { .. });
            if draft.take(claim, clause.quote, clause.sure) || !gone {
                break;
            }
        }
    }
}
