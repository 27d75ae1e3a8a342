//! The one place where a profile changes.
//!
//! Everything happens inside the store's read-change-write: the newest document is read there, changed there, and its
//! revision counted there. The history entry goes with it. When the document is not what the last entry says (a crash came
//! between the two, or somebody edited the file), the missing entry is written first, so the history has no gaps.

use chrono::{DateTime, Utc};

use super::history::{self, Entry, Tail};
use super::{Agent, line};
use crate::error::{Damaged, Error, Result};
use crate::id::UserId;
use crate::profile::{self, By, Change, Extracted, LastChange, Profile, diff};
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
}

/// What became of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The revision that was made.
    pub revision: u64,
    /// What changed, was evicted or was refused.
    pub changes: Vec<Change>,
}

/// A profile and the bytes it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) profile: Profile,
    pub(crate) bytes: Vec<u8>,
}

/// What a change makes of a profile: `Some` of what it changed, or `None` to leave it as it is.
pub(crate) type Apply<'a> = &'a mut (dyn FnMut(&mut Profile) -> Option<Vec<Change>> + Send);

/// How one attempt ended.
enum Attempt {
    Saved(Saved),
    Left,
    /// The turns are in the profile already.
    Done(u64),
    /// The history lacks the entry for the document as it stands.
    Behind,
    /// There is a history but no document.
    Lost(u64),
    Unreadable(Vec<u8>, profile::Error),
}

/// How a commit ended.
pub(crate) enum Committed {
    Saved(Saved),
    Left,
    /// The turns were in the profile already, since this revision at the latest.
    AlreadyExtracted(u64),
}

/// The entry that the history lacks for the document of that digest; `None` when nothing but its layout differs.
struct Missing {
    digest: String,
    revision: u64,
    entry: Option<Entry>,
}

impl Stamp {
    pub(crate) fn new(by: By, at: DateTime<Utc>) -> Self {
        Self { by, at, session: None, to: None, restore: false }
    }
}

impl Agent {
    pub(crate) async fn load(&self, user: &UserId) -> Result<Option<Loaded>> {
        let key = self.key(user, Part::Profile);
        let Some(bytes) = self.store().get(&key).await? else {
            return match self.entries(user).await?.last() {
                Some(entry) => Err(self.lost(user, entry.revision)),
                None => Ok(None),
            };
        };
        match Profile::parse(&bytes, user.as_str()) {
            Ok(profile) => Ok(Some(Loaded { profile, bytes })),
            Err(error) => Err(self.unreadable(user, bytes, error).await?),
        }
    }

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
            let mut attempt = Attempt::Left;
            self.store()
                .update(&key, &mut |current| {
                    let (next, outcome) =
                        try_change(user, current, stamp, missing.as_ref(), change);
                    attempt = outcome;
                    next
                })
                .await?;
            match attempt {
                Attempt::Saved(saved) => return Ok(Committed::Saved(saved)),
                Attempt::Left => return Ok(Committed::Left),
                Attempt::Done(revision) => return Ok(Committed::AlreadyExtracted(revision)),
                Attempt::Behind => missing = self.missing(user).await?,
                Attempt::Lost(revision) => return Err(self.lost(user, revision)),
                Attempt::Unreadable(bytes, error) => {
                    return Err(self.unreadable(user, bytes, error).await?);
                }
            }
        }
    }

    /// Works out what the history does not tell about the document as it stands.
    async fn missing(&self, user: &UserId) -> Result<Option<Missing>> {
        let Some(loaded) = self.load(user).await? else {
            return Ok(None);
        };
        let entries = self.entries(user).await?;
        let digest = history::digest(&loaded.bytes);
        if let Some(last) = entries.last().filter(|last| last.digest == digest) {
            // In step after all: what follows that entry is a line that nobody can read.
            return Ok(Some(Missing { digest, revision: last.revision, entry: None }));
        }
        let known = history::replay(&entries, user.as_str());
        let changes = diff(&known, &loaded.profile);
        let (last, now) = (entries.last().map(|entry| entry.revision), loaded.profile.revision);
        // Saved by us, but the crash came before the entry: the document says itself what made it.
        let ours = loaded
            .profile
            .last_change
            .filter(|_| last.is_none_or(|last| now == last + 1) && now > 0);
        let by_hand = LastChange { by: By::Hand, at: self.now(), session: None };
        let revision = match last {
            Some(last) if ours.is_none() => last.max(now) + 1,
            _ => now,
        };
        let silent = changes.is_empty() && ours.is_none();
        let LastChange { by, at, session } = ours.unwrap_or(by_hand);
        let sessions = loaded.profile.session_count;
        let entry = Entry {
            revision,
            digest: digest.clone(),
            at,
            by,
            session,
            to: None,
            sessions,
            changes,
        };
        let revision = if silent { now.max(last.unwrap_or(0)) } else { revision };
        Ok(Some(Missing { digest, revision, entry: (!silent).then_some(entry) }))
    }

    /// Records in the history what was changed by other means, without making a revision of our own.
    pub(crate) async fn settle(&self, user: &UserId) -> Result<()> {
        let Some(Missing { digest, entry: Some(entry), .. }) = self.missing(user).await? else {
            return Ok(());
        };
        let mut record = |current: Current<'_>| {
            let document = current.document.filter(|bytes| history::digest(bytes) == digest)?;
            Some(Next { document: Some(document.to_vec()), entries: vec![line(&entry)] })
        };
        Ok(self.store().update(&self.key(user, Part::Profile), &mut record).await?)
    }

    fn lost(&self, user: &UserId, revision: u64) -> Error {
        Error::Lost { place: self.place(user), revision, user: user.to_string() }
    }

    /// Turns a document that cannot be read into the error to show, setting a damaged one aside whole.
    async fn unreadable(
        &self,
        user: &UserId,
        bytes: Vec<u8>,
        source: profile::Error,
    ) -> Result<Error> {
        let place = self.place(user);
        if matches!(source, profile::Error::Newer { .. }) {
            return Ok(Error::Profile { place, source });
        }
        let stamp = format!("{}-{:010}", self.now().format("%Y%m%dT%H%M%SZ"), super::random());
        let aside = self.key(user, Part::Damaged(stamp));
        let copy =
            |_: Current<'_>| Some(Next { document: Some(bytes.clone()), entries: Vec::new() });
        self.store().update(&aside, &mut { copy }).await?;
        self.store()
            .update(&self.key(user, Part::Profile), &mut |current| {
                let untouched = current.document == Some(bytes.as_slice());
                untouched.then(|| Next { document: None, entries: Vec::new() })
            })
            .await?;
        let last_good = self.entries(user).await?.last().map(|entry| entry.revision);
        let aside = self.store().place(&aside);
        let user = user.to_string();
        Ok(Error::Damaged(Box::new(Damaged { place, aside, last_good, user, problem: source })))
    }
}

/// One read-change-write, pure but for what `change` captures.
fn try_change(
    user: &UserId,
    current: Current<'_>,
    stamp: &Stamp,
    missing: Option<&Missing>,
    change: Apply<'_>,
) -> (Option<Next>, Attempt) {
    let tail = current.entry.and_then(|entry| serde_json::from_slice::<Tail>(entry).ok());
    let mut entries = Vec::new();
    let mut base = tail.as_ref().map_or(0, |tail| tail.revision);
    let mut profile = match current.document {
        None if tail.is_some() && !stamp.restore => return (None, Attempt::Lost(base)),
        None => Profile::new(user.as_str()),
        Some(bytes) => {
            let digest = history::digest(bytes);
            if tail.as_ref().is_none_or(|tail| tail.digest != digest) {
                let Some(missing) = missing.filter(|missing| missing.digest == digest) else {
                    return match Profile::parse(bytes, user.as_str()) {
                        Ok(_) => (None, Attempt::Behind),
                        Err(error) => (None, Attempt::Unreadable(bytes.to_vec(), error)),
                    };
                };
                base = missing.revision;
                entries.extend(missing.entry.as_ref().map(line));
            }
            match Profile::parse(bytes, user.as_str()) {
                Ok(profile) => profile,
                Err(error) => return (None, Attempt::Unreadable(bytes.to_vec(), error)),
            }
        }
    };
    if let Some(wanted) = &stamp.session {
        let known = profile.last_change.as_ref().and_then(|last| last.session.as_ref());
        let logged = tail.as_ref().and_then(|tail| tail.session.as_ref());
        if known
            .into_iter()
            .chain(logged)
            .any(|seen| seen.id == wanted.id && seen.turns >= wanted.turns)
        {
            return (None, Attempt::Done(profile.revision));
        }
    }
    let Some(changes) = change(&mut profile) else {
        return (None, Attempt::Left);
    };
    let revision = base.max(profile.revision) + 1;
    profile.revision = revision;
    let Stamp { by, at, session, to, .. } = stamp.clone();
    profile.last_change = Some(LastChange { by, at, session: session.clone() });
    let document = profile.to_json().into_bytes();
    let digest = history::digest(&document);
    let sessions = profile.session_count;
    let entry = Entry { revision, digest, at, by, session, to, sessions, changes };
    entries.push(line(&entry));
    let saved = Saved { revision, changes: entry.changes };
    (Some(Next { document: Some(document), entries }), Attempt::Saved(saved))
}
