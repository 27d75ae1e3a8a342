//! An id of its own for every item.

use std::collections::HashSet;

use super::super::Profile;
use crate::profile::item::id_number;

/// Gives every item an id of its own; the first of twins keeps theirs.
pub(super) fn number_items(profile: &mut Profile) {
    let (mut last_fact, mut last_decision) = profile.last_ids;
    for tombstone in &profile.forgotten {
        last_fact = last_fact.max(id_number(&tombstone.id, 'f').unwrap_or(0));
        last_decision = last_decision.max(id_number(&tombstone.id, 'd').unwrap_or(0));
    }
    let facts = profile.key_facts.iter_mut().map(|fact| &mut fact.id);
    let decisions = profile.recent_decisions.iter_mut().map(|decision| &mut decision.id);
    profile.last_ids =
        (number('f', last_fact, facts.collect()), number('d', last_decision, decisions.collect()));
}

fn number(letter: char, last: u64, ids: Vec<&mut String>) -> u64 {
    let taken = ids.iter().filter_map(|id| id_number(id, letter)).max();
    let mut last = last.max(taken.unwrap_or(0));
    let mut seen = HashSet::new();
    for id in ids {
        if id_number(id, letter).is_none_or(|number| !seen.insert(number)) {
            last = last.saturating_add(1);
            *id = format!("{letter}{last}");
        }
    }
    last
}
