//! Sessions that were not extracted: a terminal was closed, a process killed, a model out of reach.

use chrono::TimeDelta;

use super::extraction::{Outcome, Task};
use super::journal::{Call, Journal, Line, ends_extracted};
use super::{Agent, line};
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::model::{self, Event};
use crate::store::{Durability, Hold, Part};

/// A session with turns that are not in the profile, and that nobody has open.
#[derive(Debug)]
pub struct Pending {
    /// Which.
    pub session: SessionId,
    /// Its journal.
    pub journal: Journal,
    hold: Hold,
}

/// What became of a pending session.
#[derive(Debug)]
pub struct Recovered {
    /// Which.
    pub session: SessionId,
    /// What was learned, or why it is still pending.
    pub result: Result<Outcome>,
}

impl Pending {
    /// Whether it failed so often that only an explicit `acquaint extract` tries it again.
    #[must_use]
    pub fn gave_up(&self) -> bool {
        self.journal.gave_up()
    }
}

impl Agent {
    /// The user's pending sessions, oldest first, claimed for the caller. Those that are open elsewhere are left out. On the
    /// way, turns of extracted sessions that are older than `keep_days` are deleted.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pending(&self, user: &UserId) -> Result<Vec<Pending>> {
        self.idle(user, TimeDelta::zero()).await
    }

    /// The pending sessions in which nothing was said for so long; others may still be gone on with.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn idle(&self, user: &UserId, since: TimeDelta) -> Result<Vec<Pending>> {
        let mut pending = Vec::new();
        for key in self.keys(user).await? {
            let Part::Journal(session) = &key.part else {
                continue;
            };
            let Some(bytes) = self.store().get(&key).await? else {
                continue;
            };
            if ends_extracted(&bytes) {
                self.sweep(user, session, &bytes).await?;
                continue;
            }
            let Some(hold) = self.store().hold(&key).await? else {
                continue;
            };
            let journal = self.journal(user, session).await?;
            let idle = journal.last_turn().is_some_and(|last| self.now() - last >= since);
            if journal.is_pending() && idle {
                pending.push(Pending { session: session.clone(), journal, hold });
            }
        }
        Ok(pending)
    }

    /// Extracts a pending session. A failure is noted in its journal, and it stays pending.
    pub async fn recover(
        &self,
        user: &UserId,
        pending: Pending,
        mut on_event: impl FnMut(&Event) + Send,
    ) -> Recovered {
        let Pending { session, journal, hold } = pending;
        let result = self.recover_held(user, &session, &journal, &mut on_event).await;
        drop(hold);
        Recovered { session, result }
    }

    async fn recover_held(
        &self,
        user: &UserId,
        session: &SessionId,
        journal: &Journal,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Outcome> {
        let mut done = journal.extracted;
        // A crash between the profile and the journal's mark: the history knows better.
        let known = self.extracted_in_history(user, session).await?;
        if let Some((turns, revision)) = known.filter(|(turns, _)| *turns > done) {
            self.note_extracted(user, session, turns, revision, Vec::new()).await;
            done = turns;
        }
        self.extract(
            Task { user, session, turns: &journal.turns, done, known: None },
            &mut Vec::new(),
            on_event,
        )
        .await
    }

    /// How many turns of a session the history (or the profile itself) knows to be extracted.
    async fn extracted_in_history(
        &self,
        user: &UserId,
        session: &SessionId,
    ) -> Result<Option<(usize, u64)>> {
        let last = self.profile(user).await?.and_then(|profile| {
            let session = profile.last_change.and_then(|last| last.session)?;
            Some((session, profile.revision))
        });
        let logged = self
            .entries(user)
            .await?
            .into_iter()
            .filter_map(|entry| Some((entry.session?, entry.revision)));
        let of_session = logged.chain(last).filter(|(seen, _)| seen.id == session.as_str());
        Ok(of_session.map(|(seen, revision)| (seen.turns, revision)).max())
    }

    pub(crate) async fn journal(&self, user: &UserId, session: &SessionId) -> Result<Journal> {
        let lines = self.store().read(&self.key(user, Part::Journal(session.clone()))).await?;
        Ok(Journal::parse(&lines))
    }

    /// Marks turns as extracted. The mark need not reach the disk, and may even fail: without it the history tells the same.
    pub(crate) async fn note_extracted(
        &self,
        user: &UserId,
        session: &SessionId,
        turns: usize,
        revision: u64,
        calls: Vec<Call>,
    ) {
        let mark = Line::Extracted { at: self.now(), turns, revision, calls };
        let key = self.key(user, Part::Journal(session.clone()));
        drop(self.store().append(&key, &[line(&mark)], Durability::Later).await);
    }

    /// Notes why an extraction failed. A provider that is out of reach says nothing about the session, so it is not counted.
    pub(crate) async fn note_failure(&self, user: &UserId, session: &SessionId, error: &Error) {
        let counts = match error {
            Error::Declined { .. } | Error::NoUpdate { .. } => true,
            Error::Model(error) => {
                matches!(error, model::Error::Rejected { .. } | model::Error::TooLong { .. })
            }
            _ => false,
        };
        if counts {
            let failed = Line::Failed { at: self.now(), why: error.to_string() };
            let key = self.key(user, Part::Journal(session.clone()));
            // The session stays pending with or without this note, and the caller reports the error itself.
            drop(self.store().append(&key, &[line(&failed)], Durability::Later).await);
        }
    }

    /// Deletes an extracted session's turns when they are older than `keep_days`.
    async fn sweep(&self, user: &UserId, session: &SessionId, bytes: &[u8]) -> Result<()> {
        let lines: Vec<Vec<u8>> = bytes
            .rsplit(|&byte| byte == b'\n')
            .find(|line| !line.is_empty())
            .map(<[u8]>::to_vec)
            .into_iter()
            .collect();
        let Some(at) = Journal::parse(&lines).extracted_at else {
            return Ok(());
        };
        if self.now() - at > TimeDelta::days(i64::from(self.settings().keep_days)) {
            let key = self.key(user, Part::Journal(session.clone()));
            let Some(hold) = self.store().hold(&key).await? else {
                return Ok(());
            };
            self.store().delete(&key).await?;
            drop(hold);
        }
        Ok(())
    }

    /// How many sessions of a user wait for extraction, those open elsewhere included.
    pub(crate) async fn count_pending(&self, user: &UserId) -> Result<usize> {
        let mut count = 0;
        for key in self.keys(user).await? {
            if !matches!(key.part, Part::Journal(_)) {
                continue;
            }
            let Some(bytes) = self.store().get(&key).await? else {
                continue;
            };
            if ends_extracted(&bytes) {
                continue;
            }
            let lines: Vec<Vec<u8>> =
                bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
            count += usize::from(Journal::parse(&lines).is_pending());
        }
        Ok(count)
    }
}
