//! The history: what each revision of a profile changed, and why. One JSON line a revision, only ever appended to
//! (and scrubbed, when the user wants something forgotten).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::profile::{By, Change, Extracted, Item, Profile, apply};

/// What one revision changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The revision that it made.
    pub revision: u64,
    /// SHA-256 of the document that it made, the first 32 hexadecimal digits: an edit by other means shows by it.
    pub digest: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it comes from.
    pub by: By,
    /// The session that was extracted, and how many of its turns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Extracted>,
    /// The revision that an undo went back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u64>,
    /// Sessions extracted so far, this one included.
    pub sessions: u64,
    /// What changed, was evicted or was refused.
    pub changes: Vec<Change>,
}

/// What a writer needs of the last entry; read without building the changes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Tail {
    pub(crate) revision: u64,
    pub(crate) digest: String,
    #[serde(default)]
    pub(crate) session: Option<Extracted>,
}

/// The first 32 hexadecimal digits of the SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let head: [u8; 16] = std::array::from_fn(|index| hash.get(index).copied().unwrap_or_default());
    format!("{:032x}", u128::from_be_bytes(head))
}

/// The highest ids that any fact and any decision ever had.
pub(crate) fn last_ids(entries: &[Entry]) -> (u64, u64) {
    let items = entries.iter().flat_map(|entry| &entry.changes).filter_map(Change::item);
    items.fold((0, 0), |(facts, decisions), item| {
        let number = item.id().get(1..).and_then(|number| number.parse().ok()).unwrap_or(0);
        match item {
            Item::Fact(_) => (facts.max(number), decisions),
            Item::Decision(_) => (facts, decisions.max(number)),
            Item::Preference(_) => (facts, decisions),
        }
    })
}

/// Reads a history. Of entries with the same revision the last counts; a line that a crash cut off is passed over,
/// since the next writer records what it would have said.
pub(crate) fn parse(lines: &[Vec<u8>]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
    for entry in lines.iter().filter_map(|line| serde_json::from_slice::<Entry>(line).ok()) {
        while entries.pop_if(|earlier| earlier.revision >= entry.revision).is_some() {}
        entries.push(entry);
    }
    entries
}

/// Whether a line is an entry.
pub(crate) fn is_entry(line: &[u8]) -> bool {
    serde_json::from_slice::<Entry>(line).is_ok()
}

/// The profile as the entries leave it.
pub(crate) fn replay(entries: &[Entry], user: &str) -> Profile {
    let mut profile = Profile::new(user);
    for entry in entries {
        apply(&mut profile, &entry.changes);
        profile.revision = entry.revision;
        profile.session_count = entry.sessions;
        if entry.by == By::Extraction {
            profile.last_session = Some(entry.at);
        }
    }
    profile
}

impl Entry {
    /// The changes that concern an item.
    pub fn about<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Change> {
        self.changes.iter().filter(move |change| is_about(change, id))
    }
}

fn is_about(change: &Change, id: &str) -> bool {
    match change {
        Change::Forgotten { id: forgotten } => forgotten == id,
        _ => change.item().is_some_and(|item| item.id() == id),
    }
}
