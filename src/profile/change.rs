//! What a saved revision changed, item by item: told to the user, kept in the history, applied in reverse by `undo`.

use serde::{Deserialize, Serialize};

use super::document::Profile;
use super::item::{Decision, Fact, Preference};

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

/// One change of a profile. A history entry holds these; replayed in order they give every revision again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Change {
    /// A new item.
    Added {
        /// As it stands now.
        item: Item,
    },
    /// The same item with another text, value, confidence or pin.
    Updated {
        /// As it was.
        before: Item,
        /// As it is.
        after: Item,
    },
    /// Said again: only its `confirmed` moved (and its confidence may have risen).
    Confirmed {
        /// As it was.
        before: Item,
        /// As it is.
        after: Item,
    },
    /// The user took it back.
    Retired {
        /// As it was.
        item: Item,
        /// The words that took it back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<String>,
    },
    /// A cap was reached and this item had the lowest score.
    Evicted {
        /// As it was.
        item: Item,
        /// Which cap, and what it is set to: `10 facts are kept`.
        why: String,
    },
    /// A person or an undo removed it.
    Removed {
        /// As it was.
        item: Item,
    },
    /// The user wants it forgotten: its value is nowhere any more, this entry included.
    Forgotten {
        /// The id it had.
        id: String,
    },
    /// The running summary was rewritten.
    Summary {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// Something proposed was not taken over; nothing changed.
    Refused {
        /// What it was: `fact "Lives on Mars"`.
        what: String,
        /// Why: `it was forgotten`, `f99 does not exist`.
        why: String,
    },
}

/// What lies between two profiles, as changes that lead from `before` to `after` ([`Change::Added`], [`Change::Updated`],
/// [`Change::Removed`], [`Change::Summary`]).
#[must_use]
pub fn diff(_before: &Profile, _after: &Profile) -> Vec<Change> {
    unimplemented!()
}

/// Applies recorded changes to a profile, as they were recorded: no caps, no checks.
pub fn apply(_profile: &mut Profile, _changes: &[Change]) {
    unimplemented!()
}
impl Item {
    pub fn id(&self) -> &str {
        ""
    }
    pub fn text(&self) -> String {
        String::new()
    }
    pub fn meta(&self) -> &super::Meta {
        unimplemented!()
    }
}
impl Change {
    pub fn item(&self) -> Option<&Item> {
        None
    }
}
pub fn scrub(_: &mut Vec<Change>, _: &str, _: &[super::Tombstone]) {}
pub fn scrub_text(_: &str, _: &[super::Tombstone]) -> Option<String> {
    None
}
pub fn quoted_turn<'a>(_: &str, _: &'a [super::Turn]) -> Option<&'a super::Turn> {
    None
}
impl Profile {
    pub fn items(&self) -> Vec<Item> {
        vec![]
    }
    pub fn forgotten_items(&self) -> Vec<String> {
        vec![]
    }
    pub fn drop_forgotten(&mut self) {}
}
