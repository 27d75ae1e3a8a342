//! What goes when a cap is reached.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::Merge;
use crate::profile::change::{Change, remove};
use crate::profile::item::{Confidence, Item, Meta};

/// What decides which item stays: the greater one does.
pub(in crate::profile) fn score(meta: &Meta) -> (bool, Confidence, Option<DateTime<Utc>>) {
    (meta.pinned, meta.confidence, meta.last_said())
}

impl Merge<'_> {
    pub(super) fn evict(&mut self) {
        let facts = self.profile.key_facts.iter().cloned().map(Item::Fact).collect();
        self.keep(facts, self.caps.facts, "fact");
        let preferences = self.profile.preferences.iter().cloned();
        self.keep(preferences.map(Item::Preference).collect(), self.caps.preferences, "preference");
        let decisions = self.profile.recent_decisions.iter().cloned();
        self.keep(decisions.map(Item::Decision).collect(), self.caps.decisions, "decision");
    }

    /// Evicts the lowest of `items`, which stand in the order in which they came, until at most `cap` are left.
    fn keep(&mut self, mut items: Vec<Item>, cap: usize, kind: &str) {
        let excess = items.len().saturating_sub(cap);
        if excess == 0 {
            return;
        }
        // Stable: of equals the one that came last is the lowest.
        items.sort_by_key(|item| Reverse(score(item.meta())));
        let lowest = items.into_iter().rev().take(excess);
        let why = match cap {
            1 => format!("1 {kind} is kept"),
            _ => format!("{cap} {kind}s are kept"),
        };
        for item in lowest.filter(|item| !item.meta().pinned) {
            remove(self.profile, item.id());
            self.changes.push(Change::Evicted { item, why: why.clone() });
        }
    }
}
