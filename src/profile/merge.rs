//! Applies an update to the newest profile, under caps, tombstones and grounding.

use chrono::{DateTime, Utc};

use super::caps::Caps;
use super::change::Change;
use super::document::Profile;
use super::ground::Turn;
use super::update::Update;

/// What an update rests on.
#[derive(Debug, Clone, Copy)]
pub enum Evidence<'a> {
    /// A session: an item counts as known when its quote is found in a turn of the user among these.
    Session {
        /// The session's id, noted on what it teaches.
        id: &'a str,
        /// The turns that were extracted.
        turns: &'a [Turn],
    },
    /// A person who says so: no quote needed, and what is added is pinned.
    Person,
    /// A program that was given the right to write (`PATCH`): no quote needed, not pinned.
    Program,
}

/// Applies `update` and tells, in order, everything that changed, was evicted or was refused.
///
/// Merging the same update twice changes nothing the second time but `confirmed`. The caller counts revisions and sessions.
pub fn merge(
    _profile: &mut Profile,
    _update: &Update,
    _evidence: Evidence<'_>,
    _caps: &Caps,
    _now: DateTime<Utc>,
) -> Vec<Change> {
    unimplemented!()
}

impl Profile {
    /// Removes an item (`f3`, `d1`, a preference's key) and leaves a tombstone. `None` when there is no such item.
    pub fn forget(&mut self, _id: &str, _now: DateTime<Utc>) -> Option<super::Item> {
        unimplemented!()
    }

    /// The item of that id.
    #[must_use]
    pub fn item(&self, _id: &str) -> Option<super::Item> {
        unimplemented!()
    }
}
