//! The update that an extraction answers with.

use serde::Serialize;

use super::draft::{Draft, MAX_ITEMS};
use super::entry::{Entry, State};

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

impl Update {
    /// What a draft changes, at most [`MAX_ITEMS`] items of it; the summary is left empty.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut left = MAX_ITEMS;
        let mut some = |entries: &[Entry], states: &[State]| -> Vec<Entry> {
            let chosen = entries.iter().filter(|entry| states.contains(&entry.state));
            let chosen: Vec<Entry> = chosen.take(left).cloned().collect();
            left -= chosen.len();
            chosen
        };
        let known = |entries: &[Entry]| -> Vec<Entry> {
            entries.iter().filter(|entry| !entry.id.is_empty()).cloned().collect()
        };
        let mut both = known(&draft.facts);
        both.extend(known(&draft.decisions));
        let changed = some(&both, &[State::Changed]);
        let gone = some(&both, &[State::Gone]);
        let confirmed = some(&both, &[State::Confirmed]);
        let preferences: Vec<Entry> =
            (draft.preferences.iter()).filter(|entry| !entry.quote.is_empty()).cloned().collect();
        let preferences =
            some(&preferences, &[State::New, State::Changed, State::Gone, State::Confirmed]);
        let decisions = some(&draft.decisions, &[State::New]);
        let facts = some(&draft.facts, &[State::New]);
        Self {
            running_summary: String::new(),
            updated_facts: changed.into_iter().map(UpdatedFact::from).collect(),
            retired_facts: gone.into_iter().map(RetiredFact::from).collect(),
            confirmed_facts: confirmed.into_iter().map(|entry| entry.id).collect(),
            updated_preferences: preferences.into_iter().map(UpdatedPreference::from).collect(),
            new_decisions: decisions.into_iter().map(NewDecision::from).collect(),
            new_facts: facts.into_iter().map(NewFact::from).collect(),
        }
    }
}

impl From<Entry> for NewFact {
    fn from(entry: Entry) -> Self {
        Self { confidence: entry.confidence(), fact: entry.text, quote: entry.quote }
    }
}

impl From<Entry> for UpdatedFact {
    fn from(entry: Entry) -> Self {
        Self { confidence: entry.confidence(), id: entry.id, fact: entry.text, quote: entry.quote }
    }
}

impl From<Entry> for RetiredFact {
    fn from(entry: Entry) -> Self {
        Self { id: entry.id, quote: entry.quote }
    }
}

impl From<Entry> for UpdatedPreference {
    fn from(entry: Entry) -> Self {
        let value = entry.is_there().then(|| entry.text.clone());
        Self { confidence: entry.confidence(), key: entry.about, value, quote: entry.quote }
    }
}

impl From<Entry> for NewDecision {
    fn from(entry: Entry) -> Self {
        Self {
            confidence: entry.confidence(),
            topic: entry.about,
            decision: entry.text,
            quote: entry.quote,
        }
    }
}
