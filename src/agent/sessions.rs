//! Who there is, and which sessions are kept.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::journal::Journal;
use super::{Agent, Entry};
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::profile::Profile;
use crate::store::{Part, Scope};

/// One line of `acquaint users`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UserSummary {
    /// The user.
    pub user: UserId,
    /// Sessions extracted so far.
    pub sessions: u64,
    /// When the last of them ended.
    pub last_session: Option<DateTime<Utc>>,
    /// Facts, preferences and decisions in the profile.
    pub items: usize,
    /// Sessions that wait for extraction.
    pub pending: usize,
    /// Why the profile cannot be read, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionState {
    /// Another process is in the middle of it.
    Open,
    /// It has turns that are not in the profile.
    Pending,
    /// All of it is in the profile.
    Extracted,
    /// It is in the profile, and its turns are no longer kept.
    Past,
}

/// One line of `acquaint sessions`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionSummary {
    /// The session.
    pub session: String,
    /// When it was opened.
    pub opened: Option<DateTime<Utc>>,
    /// Turns of the user and of the assistant that are kept.
    pub turns: usize,
    /// How far it is.
    pub state: SessionState,
    /// The revision that its extraction made.
    pub revision: Option<u64>,
    /// Why its extraction failed the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl Agent {
    /// Everyone there is in the space, sorted by id.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn users(&self) -> Result<Vec<UserId>> {
        let scope = Scope::Users(self.settings().space.clone());
        Ok(self.store().list(&scope).await?.into_iter().map(|key| key.user).collect())
    }

    /// The figures of one user. A profile that cannot be read is told in `problem`, not as an error.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn summary(&self, user: &UserId) -> Result<UserSummary> {
        let (profile, problem) = match self.profile(user).await {
            Ok(profile) => (profile.unwrap_or_else(|| Profile::new(user.as_str())), None),
            Err(Error::Store(error)) => return Err(error.into()),
            Err(error) => (Profile::new(user.as_str()), Some(error.chain())),
        };
        Ok(UserSummary {
            user: user.clone(),
            sessions: profile.session_count,
            last_session: profile.last_session,
            items: profile.key_facts.len()
                + profile.preferences.len()
                + profile.recent_decisions.len(),
            pending: self.count_pending(user).await?,
            problem,
        })
    }

    /// The user's sessions, oldest first: those whose turns are kept, and those that the history alone remembers.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or when the store fails.
    pub async fn sessions(&self, user: &UserId) -> Result<Vec<SessionSummary>> {
        self.must_know(user).await?;
        let mut sessions: BTreeMap<String, SessionSummary> = self
            .entries(user)
            .await?
            .iter()
            .filter_map(past)
            .map(|past| (past.session.clone(), past))
            .collect();
        for key in self.keys(user).await? {
            let Part::Journal(session) = &key.part else {
                continue;
            };
            let journal = self.journal(user, session).await?;
            let open = journal.is_pending() && self.store().hold(&key).await?.is_none();
            let state = match (journal.is_pending(), open) {
                (true, true) => SessionState::Open,
                (true, false) => SessionState::Pending,
                (false, _) => SessionState::Extracted,
            };
            let summary = SessionSummary {
                session: session.to_string(),
                opened: journal.opened,
                turns: journal.turns.len(),
                state,
                revision: journal.revision,
                failure: journal.failure,
            };
            sessions.insert(session.to_string(), summary);
        }
        let mut sessions: Vec<SessionSummary> = sessions.into_values().collect();
        // Of those opened in the same second, the one that was extracted first was first.
        sessions.sort_by_key(|session| {
            (session.opened, session.revision.unwrap_or(u64::MAX), session.session.clone())
        });
        Ok(sessions)
    }

    /// The turns of one session.
    ///
    /// # Errors
    /// [`Error::NoSuchSession`] when its turns are not kept, or when the store fails.
    pub async fn transcript(&self, user: &UserId, session: &SessionId) -> Result<Journal> {
        let journal = self.journal(user, session).await?;
        if journal.turns.is_empty() {
            return Err(Error::NoSuchSession {
                user: user.to_string(),
                session: session.to_string(),
            });
        }
        Ok(journal)
    }

    /// The user's history, oldest first.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or when the store fails.
    pub async fn history(&self, user: &UserId) -> Result<Vec<Entry>> {
        self.must_know(user).await?;
        self.entries(user).await
    }
}

fn past(entry: &Entry) -> Option<SessionSummary> {
    let session = entry.session.as_ref()?;
    Some(SessionSummary {
        session: session.id.clone(),
        opened: Some(entry.at),
        turns: 0,
        state: SessionState::Past,
        revision: Some(entry.revision),
        failure: None,
    })
}
