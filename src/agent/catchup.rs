//! What the history does not tell about a document: a crash came between the two, or somebody edited the file.

use super::history::{self, Entry};
use super::load::Loaded;
use super::{Agent, line};
use crate::error::Result;
use crate::id::UserId;
use crate::profile::{By, LastChange, diff};
use crate::store::{Current, Next, Part};

/// The entry that the history lacks for the document of that digest.
pub(crate) struct Missing {
    pub(crate) digest: String,
    /// The revision that the document counts as.
    pub(crate) revision: u64,
    /// `None` when nothing but the document's layout differs.
    pub(crate) entry: Option<Entry>,
    /// The highest ids ever given, which an edit by hand may have lost.
    pub(crate) last_ids: (u64, u64),
}

impl Agent {
    /// Works out the entry that the history lacks; `None` when there is no document.
    pub(crate) async fn missing(&self, user: &UserId) -> Result<Option<Missing>> {
        let loaded = self.load(user).await?;
        let Some(bytes) = &loaded.bytes else {
            return Ok(None);
        };
        let digest = history::digest(bytes);
        let entries = self.entries(user).await?;
        let last_ids = history::last_ids(&entries);
        if let Some(last) = entries.last().filter(|last| last.digest == digest) {
            // In step after all: what follows that entry is a line that nobody can read.
            return Ok(Some(Missing { digest, revision: last.revision, entry: None, last_ids }));
        }
        let last = entries.last().map(|entry| entry.revision);
        let (revision, origin) = origin(&loaded, last);
        let changes = diff(&history::replay(&entries, user.as_str()), &loaded.profile);
        if changes.is_empty() && origin.is_none() {
            let revision = revision.saturating_sub(u64::from(last.is_some()));
            return Ok(Some(Missing { digest, revision, entry: None, last_ids }));
        }
        let by_hand = LastChange { by: By::Hand, at: self.now(), session: None };
        let LastChange { by, at, session } = origin.unwrap_or(by_hand);
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
        Ok(Some(Missing { digest, revision, entry: Some(entry), last_ids }))
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
}

/// The revision that a document counts as, and what made it if that was us: the crash came before the entry then.
fn origin(loaded: &Loaded, last: Option<u64>) -> (u64, Option<LastChange>) {
    let now = loaded.profile.revision;
    let ours = loaded.profile.last_change.clone();
    match last {
        None => (now, ours.filter(|_| now > 0)),
        Some(last) if now == last + 1 => (now, ours),
        Some(last) => (last.max(now) + 1, None),
    }
}
