//! The one place where a profile changes.
//!
//! Everything happens inside the store's read-change-write: the newest document is read there, changed there, and its
//! revision counted there. The history entry goes with it. When the document is not what the last entry says, the missing
//! entry is written first (see `catchup`), so the history has no gaps.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::catchup::Missing;
use super::history::{self, Entry, Tail};
use super::load::Loaded;
use super::{Agent, line};
use crate::error::Result;
use crate::id::UserId;
use crate::profile::{self, By, Change, Extracted, LastChange, Profile};
use crate::store::{Current, Next, Part};

/// Who changes a profile, and on what occasion.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    pub(crate) by: By,
    pub(crate) at: DateTime<Utc>,
    pub(crate) session: Option<Extracted>,
    pub(crate) to: Option<u64>,
    /// Whether a missing profile is to be made again although its history exists.
    pub(crate) restore: bool,
    /// The profile as the caller saw it: if it is still the same, it is not parsed again.
    pub(crate) known: Option<Arc<Loaded>>,
}

impl Stamp {
    pub(crate) fn new(by: By, at: DateTime<Utc>) -> Self {
        Self { by, at, session: None, to: None, restore: false, known: None }
    }
}

/// What became of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The revision that was made.
    pub revision: u64,
    /// What changed, was evicted or was refused.
    pub changes: Vec<Change>,
}

/// How a commit ended.
pub(crate) enum Committed {
    Saved(Saved),
    Left,
    /// The turns were in the profile already, since this revision at the latest.
    AlreadyExtracted(u64),
}

/// What a change makes of a profile: `Some` of what it changed, or `None` to leave it as it is.
pub(crate) type Apply<'a> = &'a mut (dyn FnMut(&mut Profile) -> Option<Vec<Change>> + Send);

/// Why one attempt changed nothing.
enum Halt {
    Left,
    AlreadyExtracted(u64),
    /// The history lacks the entry for the document as it stands.
    Behind,
    /// There is a history but no document.
    Lost(u64),
    Unreadable(Vec<u8>, profile::Error),
}

impl Agent {
    /// The user's history, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn entries(&self, user: &UserId) -> Result<Vec<Entry>> {
        let lines = self.store().read(&self.key(user, Part::History)).await?;
        Ok(history::parse(&lines))
    }

    /// Applies a change to the newest profile and saves it as the next revision.
    pub(crate) async fn commit(
        &self,
        user: &UserId,
        stamp: &Stamp,
        change: Apply<'_>,
    ) -> Result<Committed> {
        let key = self.key(user, Part::Profile);
        let mut missing = None;
        loop {
            let mut outcome = Err(Halt::Left);
            let mut attempt = |current: Current<'_>| {
                let (next, saved) = match attempt(user, current, stamp, missing.as_ref(), change) {
                    Ok((next, saved)) => (Some(next), Ok(saved)),
                    Err(halt) => (None, Err(halt)),
                };
                outcome = saved;
                next
            };
            self.store().update(&key, &mut attempt).await?;
            match outcome {
                Ok(saved) => return Ok(Committed::Saved(saved)),
                Err(Halt::Left) => return Ok(Committed::Left),
                Err(Halt::AlreadyExtracted(revision)) => {
                    return Ok(Committed::AlreadyExtracted(revision));
                }
                Err(Halt::Behind) => missing = self.missing(user).await?,
                Err(Halt::Lost(revision)) => return Err(self.lost(user, revision)),
                Err(Halt::Unreadable(document, error)) => {
                    return Err(self.unreadable(user, &document, error).await?);
                }
            }
        }
    }
}

/// One read-change-write, pure but for what `change` captures.
fn attempt(
    user: &UserId,
    current: Current<'_>,
    stamp: &Stamp,
    missing: Option<&Missing>,
    change: Apply<'_>,
) -> Result<(Next, Saved), Halt> {
    let tail = current.entry.and_then(|entry| serde_json::from_slice::<Tail>(entry).ok());
    let mut profile = newest(user, current.document, tail.as_ref(), stamp)?;
    let missing = step(current.document, tail.as_ref(), missing)?;
    if let Some(wanted) = &stamp.session {
        let known = profile.last_change.as_ref().and_then(|last| last.session.as_ref());
        let logged = tail.as_ref().and_then(|tail| tail.session.as_ref());
        let mut seen = known.into_iter().chain(logged);
        if seen.any(|seen| seen.id == wanted.id && seen.turns >= wanted.turns) {
            return Err(Halt::AlreadyExtracted(profile.revision));
        }
    }
    let logged = tail.map_or(0, |tail| tail.revision);
    let base = profile.revision.max(missing.map_or(logged, |missing| missing.revision));
    if let Some((facts, decisions)) = missing.map(|missing| missing.last_ids) {
        profile.last_ids = (profile.last_ids.0.max(facts), profile.last_ids.1.max(decisions));
    }
    let changes = change(&mut profile).ok_or(Halt::Left)?;
    profile.revision = base.max(profile.revision) + 1;
    let earlier = missing.and_then(|missing| missing.entry.as_ref());
    Ok(record(profile, stamp, changes, earlier))
}

/// The newest profile; a new one when there is none and never was.
fn newest(
    user: &UserId,
    document: Option<&[u8]>,
    tail: Option<&Tail>,
    stamp: &Stamp,
) -> Result<Profile, Halt> {
    match (document, tail) {
        (None, Some(tail)) if !stamp.restore => Err(Halt::Lost(tail.revision)),
        (None, _) => Ok(Profile::new(user.as_str())),
        (Some(bytes), _) => match &stamp.known {
            Some(known) if known.bytes.as_deref() == Some(bytes) => Ok(known.profile.clone()),
            _ => Profile::parse(bytes, user.as_str())
                .map_err(|error| Halt::Unreadable(bytes.to_vec(), error)),
        },
    }
}

/// Whether document and history are in step; if not, what is missing, once that is worked out.
fn step<'a>(
    document: Option<&[u8]>,
    tail: Option<&Tail>,
    missing: Option<&'a Missing>,
) -> Result<Option<&'a Missing>, Halt> {
    let Some(digest) = document.map(history::digest) else {
        return Ok(None);
    };
    if tail.is_some_and(|tail| tail.digest == digest) {
        return Ok(None);
    }
    match missing.filter(|missing| missing.digest == digest) {
        Some(missing) => Ok(Some(missing)),
        None => Err(Halt::Behind),
    }
}

/// The document and its history entries, ready to be written.
fn record(
    mut profile: Profile,
    stamp: &Stamp,
    changes: Vec<Change>,
    earlier: Option<&Entry>,
) -> (Next, Saved) {
    let Stamp { by, at, to, .. } = *stamp;
    profile.last_change = Some(LastChange { by, at, session: stamp.session.clone() });
    let document = profile.to_json().into_bytes();
    let entry = Entry {
        revision: profile.revision,
        digest: history::digest(&document),
        at,
        by,
        session: stamp.session.clone(),
        to,
        sessions: profile.session_count,
        changes,
    };
    let entries = earlier.into_iter().map(line).chain([line(&entry)]).collect();
    let saved = Saved { revision: entry.revision, changes: entry.changes };
    (Next { document: Some(document), entries }, saved)
}
