//! The extraction call: from a session's turns and what is known to an update.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claim::{Claim, claims};
use super::draft::Draft;
use super::sentence::clauses;
use super::summary;

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

/// The update, in the form that every model answers in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Update {
    pub(super) running_summary: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) new_facts: Vec<NewFact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) updated_facts: Vec<UpdatedFact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) retired_facts: Vec<RetiredFact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) confirmed_facts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) updated_preferences: Vec<UpdatedPreference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) new_decisions: Vec<NewDecision>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct NewFact {
    pub(super) fact: String,
    pub(super) confidence: &'static str,
    pub(super) quote: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct UpdatedFact {
    pub(super) id: String,
    pub(super) fact: String,
    pub(super) confidence: &'static str,
    pub(super) quote: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct RetiredFact {
    pub(super) id: String,
    pub(super) quote: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct UpdatedPreference {
    pub(super) key: String,
    pub(super) value: Option<String>,
    pub(super) confidence: &'static str,
    pub(super) quote: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct NewDecision {
    pub(super) topic: String,
    pub(super) decision: String,
    pub(super) confidence: &'static str,
    pub(super) quote: String,
}

/// Goes through what the user said and proposes an update.
pub(super) fn extract(input: &Input) -> Update {
    let mut draft = Draft::new(input);
    for turn in input.turns.iter().filter(|turn| turn.role == "user") {
        learn(&mut draft, &turn.text);
    }
    let mut update = draft.update();
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
