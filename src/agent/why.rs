//! Why an item is there: its words, its turn, its session, and each change since.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Agent;
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::profile::{By, Change, Item, Turn, quoted_turn};

/// Where an item comes from and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// The item as it is, or as it last was.
    pub item: Item,
    /// Whether it is still in the profile.
    pub current: bool,
    /// The turn that was quoted, while its session's turns are kept.
    pub turn: Option<Turn>,
    /// Every change of it, oldest first.
    pub changes: Vec<Step>,
}

/// One change of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The revision that made it.
    pub revision: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it comes from.
    pub by: By,
    /// The session, if one was extracted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// What changed.
    pub change: Change,
}

impl Agent {
    /// Explains an item, also one that is no longer in the profile.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NoSuchItem`], or as [`Agent::profile`].
    pub async fn why(&self, user: &UserId, id: &str) -> Result<Why> {
        self.must_know(user).await?;
        let current = self.profile(user).await?.and_then(|profile| profile.item(id));
        let entries = self.entries(user).await?;
        let changes: Vec<Step> = entries
            .iter()
            .flat_map(|entry| {
                entry.about(id).map(|change| Step {
                    revision: entry.revision,
                    at: entry.at,
                    by: entry.by,
                    session: entry.session.as_ref().map(|session| session.id.clone()),
                    change: change.clone(),
                })
            })
            .collect();
        let last = changes.iter().rev().find_map(|step| step.change.item().cloned());
        let known = current.is_some();
        let Some(item) = current.or(last) else {
            return Err(Error::NoSuchItem { user: user.to_string(), item: id.to_owned() });
        };
        let turn = self.turn_of(user, &item).await?;
        Ok(Why { item, current: known, turn, changes })
    }

    async fn turn_of(&self, user: &UserId, item: &Item) -> Result<Option<Turn>> {
        let meta = item.meta();
        let (Some(session), Some(quote)) = (&meta.session, &meta.quote) else {
            return Ok(None);
        };
        let Ok(session) = session.parse::<SessionId>() else {
            return Ok(None);
        };
        let journal = self.journal(user, &session).await?;
        Ok(quoted_turn(quote, &journal.turns).cloned())
    }
}
