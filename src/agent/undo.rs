//! Going back to an earlier revision, as a new one.

use super::Agent;
use super::commit::{Committed, Saved, Stamp};
use super::history::{self, Entry};
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::profile::{By, Change, Profile, diff};

impl Agent {
    /// Makes the items and the summary of an earlier revision the newest again; without `to`, of the one before the last
    /// change (repeated, it goes further back). Also brings back a profile that was set aside or lost. What was forgotten stays
    /// forgotten, and sessions stay counted.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NoSuchRevision`], or when the store fails.
    pub async fn undo(&self, user: &UserId, to: Option<u64>) -> Result<(u64, Saved)> {
        self.must_know(user).await?;
        let (entries, current) = self.settled(user).await?;
        let to = match to {
            Some(to) => to,
            None if current.is_none() => entries.last().map_or(0, |entry| entry.revision),
            None => before_last(&entries),
        };
        let known = to == 0 || entries.iter().any(|entry| entry.revision == to);
        if entries.is_empty() || !known {
            return Err(Error::NoSuchRevision { user: user.to_string(), revision: to });
        }
        let last_ids = history::last_ids(&entries);
        let kept: Vec<Entry> = entries.into_iter().filter(|entry| entry.revision <= to).collect();
        let earlier = Profile { last_ids, ..history::replay(&kept, user.as_str()) };
        let stamp =
            Stamp { to: Some(to), restore: current.is_none(), ..Stamp::new(By::Undo, self.now()) };
        let mut back = |profile: &mut Profile| {
            let before = profile.clone();
            go_back(profile, &earlier);
            Some(diff(&before, profile))
        };
        match self.commit(user, &stamp, &mut back).await? {
            Committed::Saved(saved) => Ok((to, saved)),
            Committed::Left | Committed::AlreadyExtracted(_) => {
                Err(Error::NoSuchRevision { user: user.to_string(), revision: to })
            }
        }
    }

    /// The history with an entry for the profile as it stands, and the profile, if there is one.
    async fn settled(&self, user: &UserId) -> Result<(Vec<Entry>, Option<Profile>)> {
        let current = match self.profile(user).await {
            Err(Error::Lost { .. } | Error::Damaged(_)) => None,
            other => other?,
        };
        if current.is_some() {
            self.settle(user).await?;
        }
        Ok((self.entries(user).await?, current))
    }
}

/// The revision to go back to: the one before the last that changed anything, or, after an undo, before the one that it
/// went back to.
fn before_last(entries: &[Entry]) -> u64 {
    let reached = entries.last().map_or(0, |last| last.to.unwrap_or(last.revision));
    let mut earlier = entries.iter().rev().skip_while(|entry| entry.revision > reached);
    let changed = earlier.by_ref().find(|entry| entry.changes.iter().any(is_undone));
    let before = earlier.next().map(|entry| entry.revision);
    changed.and(before).unwrap_or(0)
}

/// Whether going back before the change makes a difference.
fn is_undone(change: &Change) -> bool {
    !matches!(change, Change::Refused { .. } | Change::Confirmed { .. })
}

fn go_back(profile: &mut Profile, earlier: &Profile) {
    profile.running_summary.clone_from(&earlier.running_summary);
    profile.key_facts.clone_from(&earlier.key_facts);
    profile.preferences.clone_from(&earlier.preferences);
    profile.recent_decisions.clone_from(&earlier.recent_decisions);
    profile.session_count = profile.session_count.max(earlier.session_count);
    profile.last_session = profile.last_session.max(earlier.last_session);
    profile.last_ids.0 = profile.last_ids.0.max(earlier.last_ids.0);
    profile.last_ids.1 = profile.last_ids.1.max(earlier.last_ids.1);
}
