//! What a saved revision changed, item by item: told to the user, kept in the history, applied in reverse by `undo`.

use serde::{Deserialize, Serialize};

use super::document::Profile;
use super::item::{Item, id_number};

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

impl Change {
    /// The item that it is about, as it is or as it last was.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        match self {
            Self::Added { item }
            | Self::Retired { item, .. }
            | Self::Evicted { item, .. }
            | Self::Removed { item } => Some(item),
            Self::Updated { after, .. } | Self::Confirmed { after, .. } => Some(after),
            Self::Forgotten { .. } | Self::Summary { .. } | Self::Refused { .. } => None,
        }
    }
}

/// What lies between two profiles, as changes that lead from `before` to `after` ([`Change::Added`], [`Change::Updated`],
/// [`Change::Removed`], [`Change::Summary`]). The order in which items stand does not count.
#[must_use]
pub fn diff(before: &Profile, after: &Profile) -> Vec<Change> {
    let (old, new): (Vec<Item>, Vec<Item>) = (before.items().collect(), after.items().collect());
    let twin =
        |items: &[Item], item: &Item| items.iter().find(|other| is_same(other, item)).cloned();
    let removed = old.iter().filter(|item| twin(&new, item).is_none());
    let mut changes: Vec<Change> =
        removed.map(|item| Change::Removed { item: item.clone() }).collect();
    for item in new {
        match twin(&old, &item) {
            Some(before) if before == item => {}
            Some(before) => changes.push(Change::Updated { before, after: item }),
            None => changes.push(Change::Added { item }),
        }
    }
    if before.running_summary != after.running_summary {
        changes.push(Change::Summary {
            before: before.running_summary.clone(),
            after: after.running_summary.clone(),
        });
    }
    changes
}

/// Applies recorded changes to a profile, as they were recorded: no caps, no checks.
pub fn apply(profile: &mut Profile, changes: &[Change]) {
    for change in changes {
        match change {
            Change::Added { item: after } => put(profile, after.clone()),
            Change::Updated { before, after } | Change::Confirmed { before, after } => {
                replace(profile, before, after);
            }
            Change::Retired { item, .. }
            | Change::Evicted { item, .. }
            | Change::Removed { item } => take(profile, item),
            Change::Forgotten { id } => remove(profile, id),
            Change::Summary { after, .. } => profile.running_summary.clone_from(after),
            Change::Refused { .. } => {}
        }
    }
}

fn is_same(one: &Item, other: &Item) -> bool {
    one.kind() == other.kind() && one.id() == other.id()
}

fn replace(profile: &mut Profile, old: &Item, new: &Item) {
    if !is_same(old, new) {
        take(profile, old);
    }
    put(profile, new.clone());
}

/// Puts an item in the place of the one with its id, else where its number belongs.
pub(super) fn put(profile: &mut Profile, item: Item) {
    match item {
        Item::Fact(fact) => place(&mut profile.key_facts, fact, |fact| &fact.id, 'f'),
        Item::Decision(decision) => {
            place(&mut profile.recent_decisions, decision, |decision| &decision.id, 'd');
        }
        Item::Preference(preference) => {
            place(&mut profile.preferences, preference, |preference| &preference.key, '-');
        }
    }
}

fn place<T>(items: &mut Vec<T>, item: T, id: impl Fn(&T) -> &str, letter: char) {
    if let Some(known) = items.iter_mut().find(|known| id(known) == id(&item)) {
        *known = item;
        return;
    }
    let number = id_number(id(&item), letter);
    let later = |known: &T| number.is_some() && id_number(id(known), letter) > number;
    let at = items.iter().position(later).unwrap_or(items.len());
    items.insert(at, item);
}

fn take(profile: &mut Profile, item: &Item) {
    match item {
        Item::Fact(fact) => profile.key_facts.retain(|known| known.id != fact.id),
        Item::Decision(decision) => {
            profile.recent_decisions.retain(|known| known.id != decision.id);
        }
        Item::Preference(preference) => {
            profile.preferences.retain(|known| known.key != preference.key);
        }
    }
}

/// Removes the one item of that id.
pub(super) fn remove(profile: &mut Profile, id: &str) {
    let item = profile.items().find(|item| item.id() == id);
    if let Some(item) = item {
        take(profile, &item);
    }
}
