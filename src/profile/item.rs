//! The three kinds of items.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::shown;

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

impl Confidence {
    /// Reads its name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::High, Self::Medium, Self::Low]
            .into_iter()
            .find(|confidence| name.trim().eq_ignore_ascii_case(confidence.name()))
    }

    /// `high`, `medium` or `low`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
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

impl Meta {
    /// When the user last said it.
    pub(super) fn last_said(&self) -> Option<DateTime<Utc>> {
        self.confirmed.max(self.learned)
    }
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

/// The highest number that an id may bring along; there is room to count on from it.
pub(super) const MAX_ID: u64 = 999_999_999_999_999;

/// The number in an id of the form `f12`; `None` for any other form, and beyond [`MAX_ID`].
pub(super) fn id_number(id: &str, letter: char) -> Option<u64> {
    let digits = id.strip_prefix(letter)?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let number = digits.parse().ok()?;
    (plain && number <= MAX_ID).then_some(number)
}

/// An item of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// `{"fact": {…}}`
    Fact(Fact),
    /// `{"preference": {…}}`
    Preference(Preference),
    /// `{"decision": {…}}`
    Decision(Decision),
}

impl Item {
    /// `f3`, `d1`, or a preference's key.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Fact(fact) => &fact.id,
            Self::Preference(preference) => &preference.key,
            Self::Decision(decision) => &decision.id,
        }
    }

    /// `fact`, `preference` or `decision`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Fact(_) => "fact",
            Self::Preference(_) => "preference",
            Self::Decision(_) => "decision",
        }
    }

    /// What it says, for a person to read: `Uses Rust`, `timezone: Europe/Lisbon`, `pricing: usage-based`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Fact(fact) => fact.fact.clone(),
            Self::Preference(Preference { key, value, .. }) => format!("{key}: {}", shown(value)),
            Self::Decision(decision) if decision.topic.trim().is_empty() => {
                decision.decision.clone()
            }
            Self::Decision(Decision { topic, decision, .. }) => format!("{topic}: {decision}"),
        }
    }

    /// Where it comes from and how far it is trusted.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        match self {
            Self::Fact(fact) => &fact.meta,
            Self::Preference(preference) => &preference.meta,
            Self::Decision(decision) => &decision.meta,
        }
    }

    pub(super) fn meta_mut(&mut self) -> &mut Meta {
        match self {
            Self::Fact(fact) => &mut fact.meta,
            Self::Preference(preference) => &mut preference.meta,
            Self::Decision(decision) => &mut decision.meta,
        }
    }
}
