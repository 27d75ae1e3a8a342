//! Erasing a user: every trace, with proof.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Agent;
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::store::Part;

/// What was erased, counted before, and checked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Who was erased.
    pub user: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// What was deleted: where it was, and its size in bytes.
    pub deleted: Vec<Deleted>,
    /// What the store still lists of the user: always nothing, or there would be an error instead of a receipt.
    pub left: usize,
}

/// One deleted document or log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// Where it was.
    pub place: String,
    /// Its size.
    pub bytes: usize,
}

impl Agent {
    /// What [`Agent::erase`] would delete.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or when the store fails.
    pub async fn kept(&self, user: &UserId) -> Result<Vec<Deleted>> {
        self.must_know(user).await?;
        let mut kept = Vec::new();
        for key in self.keys(user).await? {
            let bytes = self.store().get(&key).await?.map_or(0, |bytes| bytes.len());
            kept.push(Deleted { place: self.store().place(&key), bytes });
        }
        Ok(kept)
    }

    /// Deletes everything that is kept of a user, looks again, and answers with a receipt.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`]; [`Error::Busy`] while a session of the user is open elsewhere (nothing is deleted then);
    /// [`Error::NotErased`] when somebody wrote meanwhile.
    pub async fn erase(&self, user: &UserId) -> Result<Receipt> {
        self.must_know(user).await?;
        let keys = self.keys(user).await?;
        let mut holds = Vec::new();
        for key in &keys {
            if let Part::Journal(session) = &key.part {
                let Some(hold) = self.store().hold(key).await? else {
                    return Err(Error::Busy { session: session.to_string() });
                };
                holds.push(hold);
            }
        }
        let mut deleted = Vec::new();
        for key in &keys {
            let bytes = self.store().get(key).await?.map_or(0, |bytes| bytes.len());
            if self.store().delete(key).await? {
                deleted.push(Deleted { place: self.store().place(key), bytes });
            }
        }
        drop(holds);
        // Once more, whether it was there or not: what a crash left in the user's folder goes with it.
        self.store().delete(&self.key(user, Part::Profile)).await?;
        match self.keys(user).await?.first() {
            Some(key) => {
                Err(Error::NotErased { place: self.store().place(key), user: user.to_string() })
            }
            None => Ok(Receipt { user: user.clone(), at: self.now(), deleted, left: 0 }),
        }
    }
}
