//! Forgetting: out of the profile, and out of what was recorded about it.

use chrono::{DateTime, Timelike as _, Utc};

use super::change::{Change, remove};
use super::document::{Profile, shown};
use super::item::{Decision, Item, Preference};
use super::tombstone::{Forgotten, Tombstone};

impl Profile {
    /// Removes an item (`f3`, `d1`, a preference's key) and leaves tombstones; the sentences of the summary and the quotes
    /// of other items that hold its value go as well. `None` when there is no such item.
    ///
    /// Other items that hold the value stay: [`Profile::revived`] names them.
    pub fn forget(&mut self, id: &str, now: DateTime<Utc>) -> Option<Item> {
        let item = self.item(id)?;
        remove(self, item.id());
        for tombstone in tombstones(&item, now.with_nanosecond(0).unwrap_or(now)) {
            self.bury(tombstone);
        }
        let forgotten = Forgotten::new(&self.forgotten);
        if let Some(summary) = forgotten.cut(&self.running_summary) {
            self.running_summary = summary;
        }
        let facts = self.key_facts.iter_mut().map(|fact| &mut fact.meta);
        let preferences = self.preferences.iter_mut().map(|preference| &mut preference.meta);
        let decisions = self.recent_decisions.iter_mut().map(|decision| &mut decision.meta);
        for meta in facts.chain(preferences).chain(decisions) {
            meta.quote.take_if(|quote| forgotten.in_text(quote).is_some());
        }
        Some(item)
    }

    /// Ids of the items that hold a forgotten value: what a person wrote into the document by hand, or what says the same as an
    /// item that was just forgotten.
    #[must_use]
    pub fn revived(&self) -> Vec<String> {
        let forgotten = Forgotten::new(&self.forgotten);
        self.items()
            .filter(|item| holds(&forgotten, item))
            .map(|item| item.id().to_owned())
            .collect()
    }

    /// Every item: facts, preferences, decisions.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let facts = self.key_facts.iter().cloned().map(Item::Fact);
        let preferences = self.preferences.iter().cloned().map(Item::Preference);
        let decisions = self.recent_decisions.iter().cloned().map(Item::Decision);
        facts.chain(preferences).chain(decisions)
    }

    fn bury(&mut self, tombstone: Tombstone) {
        match self.forgotten.iter_mut().find(|known| known.value == tombstone.value) {
            Some(known) => known.words = known.words.max(tombstone.words),
            None => self.forgotten.push(tombstone),
        }
    }
}

/// A fact's text; a preference's key with its value, and its value alone; a decision with its topic, and alone. A value that says nothing by
/// itself (`yes`, `true`, `42`) is only forgotten together with its key or topic.
fn tombstones(item: &Item, now: DateTime<Utc>) -> Vec<Tombstone> {
    let alone = match item {
        Item::Preference(Preference { value, .. }) if value.is_string() => Some(shown(value)),
        Item::Fact(_) | Item::Preference(_) => None,
        Item::Decision(Decision { decision, .. }) => Some(decision.clone()),
    };
    let says_something = |text: &String| {
        let nothing = ["yes", "no", "true", "false", "on", "off", "ok", "none", "always", "never"];
        let word = text.trim().trim_end_matches('.');
        text.chars().any(char::is_alphabetic)
            && !nothing.iter().any(|n| word.eq_ignore_ascii_case(n))
    };
    let values = [Some(item.text()), alone.filter(says_something)];
    let values = values.iter().flatten();
    values.filter_map(|value| Tombstone::new(item.id(), value, now)).collect()
}

fn holds(forgotten: &Forgotten, item: &Item) -> bool {
    let value = match item {
        Item::Preference(preference) => shown(&preference.value),
        Item::Decision(decision) => decision.decision.clone(),
        Item::Fact(_) => String::new(),
    };
    [item.text(), value].iter().any(|text| forgotten.in_text(text).is_some())
}

/// Takes a forgotten value out of recorded changes: what concerns the item `id`, or holds one of the forgotten values, becomes one
/// [`Change::Forgotten`]; of summaries the sentences go that hold one, and of other items the quotes.
///
/// `tombstones` are those of the profile after [`Profile::forget`].
pub fn scrub(changes: &mut Vec<Change>, id: &str, tombstones: &[Tombstone]) {
    let forgotten = Forgotten::new(tombstones);
    for change in changes.iter_mut() {
        scrub_one(change, id, &forgotten);
    }
    changes.dedup_by(|one, other| one == other && matches!(one, Change::Forgotten { .. }));
}

fn scrub_one(change: &mut Change, id: &str, forgotten: &Forgotten) {
    let gone = match change {
        Change::Added { item } | Change::Removed { item } | Change::Evicted { item, .. } => {
            scrub_item(item, id, forgotten)
        }
        Change::Retired { item, quote } => {
            quote.take_if(|quote| forgotten.in_text(quote).is_some());
            scrub_item(item, id, forgotten)
        }
        Change::Updated { before, after } | Change::Confirmed { before, after } => {
            let (before, after) =
                (scrub_item(before, id, forgotten), scrub_item(after, id, forgotten));
            before.or(after)
        }
        Change::Summary { before, after } => {
            for text in [before, after] {
                if let Some(cut) = forgotten.cut(text) {
                    *text = cut;
                }
            }
            None
        }
        Change::Refused { what, .. } => forgotten.in_text(what).map(str::to_owned),
        Change::Forgotten { .. } => None,
    };
    if let Some(id) = gone {
        *change = Change::Forgotten { id };
    }
}

/// The id of an item that must go; of one that may stay, a quote that must not.
fn scrub_item(item: &mut Item, id: &str, forgotten: &Forgotten) -> Option<String> {
    if item.id() == id || holds(forgotten, item) {
        return Some(item.id().to_owned());
    }
    let quote = &mut item.meta_mut().quote;
    quote.take_if(|quote| forgotten.in_text(quote).is_some());
    None
}
