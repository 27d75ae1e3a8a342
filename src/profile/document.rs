//! The profile document: reading it leniently, writing it in one stable form.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::item::{Decision, Fact, Preference};
use super::tombstone::Tombstone;

mod number;
mod read;
mod source;
mod write;

pub(super) use number::shown;

/// The version of the profile's form that this program writes.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of a profile as it is saved.
pub const SCHEMA: &str = include_str!("schema.json");

/// Everything that is remembered about one user.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Whom it is about.
    pub user_id: String,
    /// Two or three sentences, rewritten with every session.
    pub running_summary: String,
    /// What is true of the user, in the order in which it was learned.
    pub key_facts: Vec<Fact>,
    /// How the user wants things; a JSON object in the document.
    pub preferences: Vec<Preference>,
    /// What the user settled, oldest first.
    pub recent_decisions: Vec<Decision>,
    /// Sessions that were extracted.
    pub session_count: u64,
    /// When the last of them ended.
    pub last_session: Option<DateTime<Utc>>,
    /// How often this profile was saved; 0 before the first time.
    pub revision: u64,
    /// Values that must not be learned again.
    pub forgotten: Vec<Tombstone>,
    /// The highest numbers given so far to a fact and to a decision; ids are never given twice.
    pub last_ids: (u64, u64),
    /// Members that this version does not know, kept as they are.
    pub other: Map<String, Value>,
}

/// Why a document could not be read as a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not JSON, or not of the profile's form.
    #[error("line {line}, column {column}: {what}")]
    Damaged {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// It was written by a later version of this program.
    #[error("its schema version is {found}; this program knows up to {SCHEMA_VERSION}")]
    Newer {
        /// The version it names.
        found: u64,
    },
}

impl Profile {
    /// A profile that knows nothing yet.
    #[must_use]
    pub fn new(user_id: &str) -> Self {
        Self { user_id: user_id.to_owned(), ..Self::default() }
    }

    /// Reads a document: as saved, as the tutorials write it, or as a person edited it.
    ///
    /// Every member may be missing or `null`. A bare text among the facts or decisions and a bare value among the preferences were written
    /// by hand: they count as pinned and `high`. An item without an id of the right form, or with one that is taken, gets a new one.
    /// Times are RFC 3339, Python's `isoformat` without an offset (taken as UTC) or a day; they are kept to the second. A
    /// decision's date that is no day (`last week`) is kept as `date_said`. The `user_id` inside does not count, a file may have
    /// been copied: the argument does. A byte order mark is skipped.
    ///
    /// # Errors
    /// [`Error::Newer`] when the document says so, whatever else it holds; else [`Error::Damaged`] with the place: broken JSON, a member twice,
    /// nesting beyond 64, or a known member of the wrong type.
    pub fn parse(json: &[u8], user_id: &str) -> Result<Self, Error> {
        read::profile(json, user_id)
    }

    /// The document in its stable order, pretty-printed, with a final line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        write::profile(self)
    }

    /// Whether there is nothing in it to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.running_summary.is_empty()
            && self.key_facts.is_empty()
            && self.preferences.is_empty()
            && self.recent_decisions.is_empty()
    }
}
