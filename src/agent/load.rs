//! Reading a profile, and what happens when it cannot be read.

use std::sync::Arc;

use super::Agent;
use crate::error::{Damaged, Error, Result};
use crate::id::UserId;
use crate::profile::{self, Profile};
use crate::store::{Current, Next, Part};

/// A profile as it was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The document; `None` when there is none (yet).
    pub(crate) bytes: Option<Vec<u8>>,
    /// What it says; a new profile when there is none.
    pub(crate) profile: Profile,
}

impl Agent {
    pub(crate) async fn load(&self, user: &UserId) -> Result<Arc<Loaded>> {
        let bytes = self.store().get(&self.key(user, Part::Profile)).await?;
        self.read(user, bytes).await
    }

    /// As [`Agent::load`], without parsing again what has not changed since `known` was loaded.
    pub(crate) async fn load_again(
        &self,
        user: &UserId,
        known: &Arc<Loaded>,
    ) -> Result<Arc<Loaded>> {
        let bytes = self.store().get(&self.key(user, Part::Profile)).await?;
        if bytes.is_some() && bytes == known.bytes {
            return Ok(Arc::clone(known));
        }
        self.read(user, bytes).await
    }

    async fn read(&self, user: &UserId, bytes: Option<Vec<u8>>) -> Result<Arc<Loaded>> {
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => match self.entries(user).await?.last().map(|entry| entry.revision) {
                None => {
                    return Ok(Arc::new(Loaded { bytes, profile: Profile::new(user.as_str()) }));
                }
                // Somebody may have saved the first revision since we looked.
                Some(revision) => {
                    let now = self.store().get(&self.key(user, Part::Profile)).await?;
                    now.ok_or_else(|| self.lost(user, revision))?
                }
            },
        };
        match Profile::parse(&bytes, user.as_str()) {
            Ok(profile) => Ok(Arc::new(Loaded { bytes: Some(bytes), profile })),
            Err(error) => Err(self.unreadable(user, &bytes, error).await?),
        }
    }

    pub(crate) fn lost(&self, user: &UserId, revision: u64) -> Error {
        Error::Lost { place: self.place(user), revision, user: user.to_string() }
    }

    /// Turns a document that cannot be read into the error to show, setting a damaged one aside whole.
    pub(crate) async fn unreadable(
        &self,
        user: &UserId,
        document: &[u8],
        problem: profile::Error,
    ) -> Result<Error> {
        let place = self.place(user);
        if matches!(problem, profile::Error::Newer { .. }) {
            return Ok(Error::Profile { place, source: problem });
        }
        let aside = self.set_document_aside(user, document).await?;
        let last_good = self.entries(user).await?.last().map(|entry| entry.revision);
        let user = user.to_string();
        Ok(Error::Damaged(Box::new(Damaged { place, aside, last_good, user, problem })))
    }

    /// Copies the document to a name of its own, and then takes it away from its place if it is still the same.
    async fn set_document_aside(&self, user: &UserId, document: &[u8]) -> Result<String> {
        let stamp = format!("{}-{:010}", self.now().format("%Y%m%dT%H%M%SZ"), super::random());
        let aside = self.key(user, Part::Damaged(stamp));
        let mut copy =
            |_: Current<'_>| Some(Next { document: Some(document.to_vec()), entries: Vec::new() });
        self.store().update(&aside, &mut copy).await?;
        let mut remove = |current: Current<'_>| {
            let same = current.document == Some(document);
            same.then(|| Next { document: None, entries: Vec::new() })
        };
        self.store().update(&self.key(user, Part::Profile), &mut remove).await?;
        Ok(self.store().place(&aside))
    }
}
