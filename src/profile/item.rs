//! The three kinds of items.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How far an item is trusted: `high` is stated to the model, `medium` hedged, `low` kept but not injected.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Nobody was heard saying it.
    Low,
    /// Said, but not plainly.
    Medium,
    /// Said by the user, or written by hand.
    #[default]
    High,
}

/// What every item carries beside its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// How far it is trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// When it was first learned: the time of the turn that said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<DateTime<Utc>>,
    /// When it was last said again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<DateTime<Utc>>,
    /// The session it was learned in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The user's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Whether only a person may change or remove it.
    #[serde(default)]
    pub pinned: bool,
}

/// Something true of the user: `{"id": "f1", "fact": "Uses Rust", …}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `f` and a number, never given twice within a profile.
    pub id: String,
    /// The fact, in the user's language.
    pub fact: String,
    /// Where it comes from and how far it is trusted.
    #[serde(flatten)]
    pub meta: Meta,
    /// Members that this version does not know, kept as they are.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// How the user wants things: `"timezone": {"value": "Europe/Lisbon", …}`. Its key is its id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// The slot, which holds one value at a time.
    pub key: String,
    /// Any JSON but `null`; mostly a string.
    pub value: Value,
    /// Where it comes from and how far it is trusted.
    #[serde(flatten)]
    pub meta: Meta,
    /// Members that this version does not know, kept as they are.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Something the user settled: `{"id": "d1", "topic": "pricing", "decision": "usage-based", "date": "2026-11-21", …}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// `d` and a number, never given twice within a profile.
    pub id: String,
    /// What it was about.
    pub topic: String,
    /// What was decided.
    pub decision: String,
    /// The day on which it was decided (UTC), taken from the turn that said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Where it comes from and how far it is trusted.
    #[serde(flatten)]
    pub meta: Meta,
    /// Members that this version does not know, kept as they are.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
