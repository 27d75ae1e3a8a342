//! The names under which things are kept.

use crate::id::{SessionId, Space, UserId};

/// One document or log of one user.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The space; `None` is the default one.
    pub space: Option<Space>,
    /// Whose it is.
    pub user: UserId,
    /// Which of the user's things.
    pub part: Part,
}

/// What is kept of a user.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The profile: a document.
    Profile,
    /// A profile that could not be read, set aside whole under the time (`20261121T091405Z`) at which that was noticed: a document.
    Damaged(String),
    /// The profile's history: a log, and the log of [`Part::Profile`].
    History,
    /// What the user typed at the prompt: a document of lines.
    Input,
    /// A session's journal: a log.
    Journal(SessionId),
}

impl Key {
    /// Names one thing of a user.
    #[must_use]
    pub fn new(space: Option<&Space>, user: &UserId, part: Part) -> Self {
        Self { space: space.cloned(), user: user.clone(), part }
    }

    /// The log that belongs to a document: the history to the profile, none to any other.
    #[must_use]
    pub fn log(&self) -> Option<Self> {
        matches!(self.part, Part::Profile).then(|| Self { part: Part::History, ..self.clone() })
    }
}

/// What [`super::Store::list`] lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everyone in a space: the profile's key of each user of whom anything is kept (there may be no profile yet).
    Users(Option<Space>),
    /// Every key of one user.
    User(Option<Space>, UserId),
}
