//! What a person (or a program) writes into a profile directly: a remembered item, an edited document.

use super::Agent;
use super::commit::{Committed, Saved, Stamp};
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::profile::{
    By, Change, Confidence, DecisionProposal, Evidence, FactProposal, PreferenceProposal, Profile,
    Update, diff, merge,
};

/// Which kind of item is to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A fact.
    Fact,
    /// The preference of that key.
    Preference(String),
    /// A decision on that topic.
    Decision(String),
}

impl Agent {
    /// Adds a pinned item.
    ///
    /// # Errors
    /// [`Error::Refused`] when it was forgotten, is empty, or the cap is full of pinned items; nothing is saved then.
    pub async fn remember(&self, user: &UserId, kind: &Kind, text: &str) -> Result<Saved> {
        let update = update(kind, text);
        let stamp = Stamp::new(By::Remember, self.now());
        let mut refused = None;
        let mut apply = |profile: &mut Profile| {
            let changes = merge(profile, &update, Evidence::Person, self.caps(), stamp.at);
            refused = changes.iter().find_map(refusal);
            refused.is_none().then_some(changes)
        };
        match (self.commit(user, &stamp, &mut apply).await?, refused) {
            (Committed::Saved(saved), _) => Ok(saved),
            (_, Some(error)) => Err(error),
            (Committed::Left | Committed::AlreadyExtracted(_), None) => Err(Error::Refused {
                what: format!("`{text}`"),
                why: "there is nothing in it".to_owned(),
            }),
        }
    }

    /// The document as it stands, to be edited by a person.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or as [`Agent::profile`].
    pub async fn document(&self, user: &UserId) -> Result<Vec<u8>> {
        let bytes = self.load(user).await?.bytes.clone();
        bytes.ok_or_else(|| Error::NoSuchUser { user: user.to_string() })
    }

    /// Saves an edited document as a new revision.
    ///
    /// # Errors
    /// [`Error::Profile`] when it cannot be read, [`Error::Moved`] when the profile is no longer the one that was edited,
    /// [`Error::Refused`] when it holds a value that was forgotten. Nothing is saved then.
    pub async fn edit(&self, user: &UserId, original: &[u8], edited: &[u8]) -> Result<Saved> {
        let place = "the edited document".to_owned();
        let new = Profile::parse(edited, user.as_str())
            .map_err(|source| Error::Profile { place, source })?;
        if let Some(what) = new.revived().into_iter().next() {
            let why =
                "it was forgotten; remove its entry under `forgotten` to allow it again".to_owned();
            return Err(Error::Refused { what, why });
        }
        let expected =
            Profile::parse(original, user.as_str()).map_or(0, |profile| profile.revision);
        self.settle(user).await?;
        let stamp = Stamp::new(By::Edit, self.now());
        let mut found = None;
        let mut apply = |profile: &mut Profile| {
            if profile.to_json().as_bytes() != canonical(original, user).as_bytes() {
                found = Some(profile.revision);
                return None;
            }
            let changes = diff(profile, &new);
            let counted = (profile.revision, profile.last_ids);
            *profile = new.clone();
            profile.revision = counted.0;
            profile.last_ids = (counted.1.0.max(new.last_ids.0), counted.1.1.max(new.last_ids.1));
            Some(changes)
        };
        match self.commit(user, &stamp, &mut apply).await? {
            Committed::Saved(saved) => Ok(saved),
            Committed::Left | Committed::AlreadyExtracted(_) => {
                Err(Error::Moved { expected, found: found.unwrap_or(expected) })
            }
        }
    }
}

fn canonical(document: &[u8], user: &UserId) -> String {
    Profile::parse(document, user.as_str())
        .map_or_else(|_| String::new(), |profile| profile.to_json())
}

fn update(kind: &Kind, text: &str) -> Update {
    let confidence = Confidence::High;
    let text = text.to_owned();
    match kind.clone() {
        Kind::Fact => {
            let fact = FactProposal { fact: text, confidence, quote: None };
            Update { new_facts: vec![fact], ..Update::default() }
        }
        Kind::Preference(key) => {
            let preference =
                PreferenceProposal { key, value: text.into(), confidence, quote: None };
            Update { updated_preferences: vec![preference], ..Update::default() }
        }
        Kind::Decision(topic) => {
            let decision = DecisionProposal { topic, decision: text, confidence, quote: None };
            Update { new_decisions: vec![decision], ..Update::default() }
        }
    }
}

fn refusal(change: &Change) -> Option<Error> {
    match change {
        Change::Refused { what, why } => {
            Some(Error::Refused { what: what.clone(), why: why.clone() })
        }
        _ => None,
    }
}
