//! The update: operations on a profile, as an extraction proposes them and `PATCH` takes them.

use serde_json::Value;

use super::item::Confidence;

mod read;
mod write;

/// A set of operations on a profile. Nothing in it is trusted yet; [`super::merge()`] decides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Update {
    /// The summary, rewritten.
    pub running_summary: Option<String>,
    /// Facts to add.
    pub new_facts: Vec<FactProposal>,
    /// Facts (or decisions, by a `d` id) whose text is to change.
    pub updated_facts: Vec<Revision>,
    /// Facts or decisions that hold no longer.
    pub retired_facts: Vec<Retirement>,
    /// Ids of items that were said again.
    pub confirmed_facts: Vec<String>,
    /// Preferences to set, or with a `null` value to remove.
    pub updated_preferences: Vec<PreferenceProposal>,
    /// Decisions to add.
    pub new_decisions: Vec<DecisionProposal>,
}

/// `{"fact": …, "confidence": …, "quote": …}`; in the tutorials' form a bare string.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactProposal {
    /// The text.
    pub fact: String,
    /// What the model thinks of it; `high` where it says nothing.
    pub confidence: Confidence,
    /// The user's words.
    pub quote: Option<String>,
}

/// `{"id": "f3", "fact": …, "quote": …}`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Revision {
    /// Which item.
    pub id: String,
    /// Its new text.
    pub fact: String,
    /// What the model thinks of it.
    pub confidence: Confidence,
    /// The user's words.
    pub quote: Option<String>,
}

/// `{"id": "f2", "quote": …}`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retirement {
    /// Which item.
    pub id: String,
    /// The user's words.
    pub quote: Option<String>,
}

/// `{"key": "timezone", "value": "Europe/Lisbon", "quote": …}`; a `null` value removes the key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreferenceProposal {
    /// The slot.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// What the model thinks of it.
    pub confidence: Confidence,
    /// The user's words.
    pub quote: Option<String>,
}

/// `{"topic": …, "decision": …, "quote": …}`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DecisionProposal {
    /// What it is about.
    pub topic: String,
    /// What was decided.
    pub decision: String,
    /// What the model thinks of it.
    pub confidence: Confidence,
    /// The user's words.
    pub quote: Option<String>,
}

/// A part of an update that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}`: {what}")]
pub struct Problem {
    /// Where: `new_facts[3].fact`.
    pub path: String,
    /// What is wrong there.
    pub what: String,
}

impl Update {
    /// Reads what it can of a JSON value and tells the rest, place by place: the documented form, and the tutorials'
    /// (`new_facts` as strings, `updated_preferences` as a map, `new_decision`).
    ///
    /// At most 50 entries of a kind are read. Members that it does not know are passed over; a text that says nothing (blank, `none`, `N/A`, `null`)
    /// is dropped with a problem.
    #[must_use]
    pub fn from_value(value: &Value) -> (Self, Vec<Problem>) {
        read::update(value)
    }

    /// The update in its documented form; what is empty is left out. [`Update::from_value`] reads it again.
    #[must_use]
    pub fn to_value(&self) -> Value {
        write::update(self)
    }

    /// Whether it proposes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
