//! Preferences: slots that hold one value each.

use serde_json::Value;

use super::Merge;
use crate::profile::change::{Change, put};
use crate::profile::document::shown;
use crate::profile::item::{Item, Preference, id_number};
use crate::profile::redact;
use crate::profile::text::comparable;
use crate::profile::update::PreferenceProposal;

/// A document holds no value deeper than 64, and a value is some levels deep in it.
const MAX_DEPTH: usize = 16;

impl Merge<'_> {
    pub(super) fn preference(&mut self, proposal: &PreferenceProposal) {
        if proposal.value.is_null() {
            return self.unset(proposal);
        }
        let Some(key) = self.key(&proposal.key) else {
            return;
        };
        let Some(value) = self.value(&key, &proposal.value) else {
            return;
        };
        let support = self.support(proposal.confidence, proposal.quote.as_deref());
        let words = comparable(&key);
        let mut known = self.profile.preferences.iter();
        let before = known.find(|known| comparable(&known.key) == words).cloned();
        if let Some(before) = before.as_ref().filter(|before| same(&before.value, &value)) {
            self.settled("preference", &words, &support);
            return self.again(Item::Preference(before.clone()), &support);
        }
        let what = format!("preference \"{key}: {}\"", shown(&value));
        let protected = before.as_ref().and_then(|known| self.protected(&known.meta, &support));
        if let Some(why) = protected {
            return self.refuse(what, why);
        }
        if self.settled("preference", &words, &support) {
            return self.refuse(what, "this update set it already");
        }
        let after = Preference {
            key: before.as_ref().map_or(key, |known| known.key.clone()),
            value,
            meta: self.meta(&support),
            other: before.as_ref().map(|known| known.other.clone()).unwrap_or_default(),
        };
        self.set(before, after, what);
    }

    fn set(&mut self, before: Option<Preference>, after: Preference, what: String) {
        let pinned = self.profile.preferences.iter().filter(|known| known.meta.pinned).count();
        if before.is_none() && self.is_full(pinned, self.caps.preferences) {
            return self.refuse_full(what, "preferences", pinned);
        }
        let after = Item::Preference(after);
        put(self.profile, after.clone());
        self.changes.push(match before.map(Item::Preference) {
            Some(before) => Change::Updated { before, after },
            None => Change::Added { item: after },
        });
    }

    fn unset(&mut self, proposal: &PreferenceProposal) {
        if let Some(item @ Item::Preference(_)) = self.profile.item(&proposal.key) {
            return self.take_back(item, proposal.quote.as_deref());
        }
        let key = self.short(&proposal.key);
        self.refuse(format!("preference \"{key}\""), "it is not set");
    }

    fn key(&mut self, key: &str) -> Option<String> {
        let key = self.admit("preference", key)?;
        let id = ['f', 'd'].iter().any(|&letter| id_number(&key, letter).is_some());
        if id {
            self.refuse(format!("preference \"{key}\""), "its key looks like the id of an item");
            return None;
        }
        Some(key)
    }

    fn value(&mut self, key: &str, value: &Value) -> Option<Value> {
        let value = match value {
            Value::String(text) => self.admit("preference", text)?.into(),
            other => self.structure(key, other)?,
        };
        // The key and the value together may be what was forgotten.
        let whole = format!("{key}: {}", shown(&value));
        if let Some(id) = self.forgotten.in_text(&whole).map(str::to_owned) {
            self.refuse_forgotten("preference", &id);
            return None;
        }
        Some(value)
    }

    /// A number, a list, an object: as it is, or not at all.
    fn structure(&mut self, key: &str, value: &Value) -> Option<Value> {
        let json = shown(value);
        let cap = self.caps.item_chars;
        if json.chars().count() > cap {
            let what = format!("preference \"{key}\"");
            self.refuse(what, &format!("its value has more than {cap} characters"));
            return None;
        }
        if depth(value) > MAX_DEPTH {
            let what = format!("preference \"{key}\"");
            self.refuse(what, &format!("its value is nested more than {MAX_DEPTH} deep"));
            return None;
        }
        if redact(&json) != json {
            self.refuse(format!("preference \"{key}\""), "its value holds a secret");
            return None;
        }
        self.admit("preference", &json)?;
        Some(value.clone())
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => comparable(one) == comparable(other),
        _ => one == other,
    }
}
