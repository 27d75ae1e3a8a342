//! The one error of the library: what went wrong, which kind it is, and what to do.

use crate::{id, model, profile, store};

/// The result of anything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller does about an error: an exit status in the terminal, a status over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input is wrong; the same input will fail again.
    Usage,
    /// What was named does not exist.
    NotFound,
    /// Somebody else changed or holds what was to be changed.
    Conflict,
    /// What is stored cannot be read as it is.
    Damaged,
    /// The model or its provider failed.
    Upstream,
    /// The machine failed: disk, permissions.
    Internal,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that is not allowed.
    #[error(transparent)]
    Id(#[from] id::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The model failed.
    #[error(transparent)]
    Model(#[from] model::Error),
    /// A profile of a later version, or one handed in that is not a profile. Nothing was touched.
    #[error("cannot read the profile `{place}`")]
    Profile {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        #[source]
        source: profile::Error,
    },
    /// The stored profile is damaged and was set aside whole.
    #[error("the profile `{}` is damaged and was set aside as `{}`", .0.place, .0.aside)]
    Damaged(#[source] Box<Damaged>),
    /// There is a history but no profile: it was set aside, deleted or not copied along.
    #[error("the profile `{place}` is gone, but its history reaches to revision {revision}")]
    Lost {
        /// Where it should be.
        place: String,
        /// The newest revision that the history can bring back.
        revision: u64,
        /// Whose it is.
        user: String,
    },
    /// A message without text. Nothing was journalled or sent.
    #[error("the message is blank")]
    Blank,
    /// Nothing is kept of this user.
    #[error("there is no user `{user}`")]
    NoSuchUser {
        /// As given.
        user: String,
    },
    /// The user has no such item.
    #[error("`{user}` has no item `{item}`")]
    NoSuchItem {
        /// Whose.
        user: String,
        /// As given.
        item: String,
    },
    /// The user has no such session.
    #[error("`{user}` has no session `{session}`")]
    NoSuchSession {
        /// Whose.
        user: String,
        /// As given.
        session: String,
    },
    /// The history has no such revision.
    #[error("the history of `{user}` has no revision {revision}")]
    NoSuchRevision {
        /// Whose.
        user: String,
        /// As given.
        revision: u64,
    },
    /// Another process is in the middle of the session.
    #[error("session `{session}` is open in another process")]
    Busy {
        /// Which.
        session: String,
    },
    /// The profile changed while somebody edited an older revision of it.
    #[error("the profile moved from revision {expected} to {found} meanwhile")]
    Moved {
        /// What the caller had in hand.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// The user is here already, so an import would overwrite.
    #[error("there is a user `{user}` already")]
    Exists {
        /// Who.
        user: String,
    },
    /// A write by a person that the profile's rules do not allow.
    #[error("{what} was not taken over: {why}")]
    Refused {
        /// What was to be written.
        what: String,
        /// Which rule.
        why: String,
    },
    /// The extraction model declined.
    #[error("the model declined to extract the session: {why}")]
    Declined {
        /// What it said about it.
        why: String,
    },
    /// The extraction model's reply holds no update, also after one attempt to repair it.
    #[error("the extraction gave nothing to use: {what}")]
    NoUpdate {
        /// What it looks like.
        what: String,
    },
    /// A prompt or a price table of one's own cannot be read.
    #[error("cannot read `{place}`")]
    File {
        /// The file.
        place: String,
        /// What is wrong with it.
        #[source]
        source: std::io::Error,
    },
    /// A price table of one's own is not of its form.
    #[error("cannot use the price table `{place}`")]
    Prices {
        /// The file.
        place: String,
        /// What is wrong with it.
        #[source]
        source: model::BadPrices,
    },
    /// A file to import that is neither an export nor a profile.
    #[error("cannot import `{place}`: {what}")]
    Import {
        /// The file.
        place: String,
        /// What is wrong with it.
        what: String,
    },
    /// Something was written while the user was being erased.
    #[error("`{place}` was written while `{user}` was being erased")]
    NotErased {
        /// What is still there.
        place: String,
        /// Who was to be erased.
        user: String,
    },
}

/// A profile that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct Damaged {
    /// Where it was.
    pub place: String,
    /// Where it is now.
    pub aside: String,
    /// The newest revision that the history can bring back.
    pub last_good: Option<u64>,
    /// Whose it is.
    pub user: String,
    /// What is wrong with it. Not called `source`, since it is what this says and not its cause.
    pub problem: profile::Error,
}

impl Error {
    /// What a caller does about it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Id(_)
            | Self::Blank
            | Self::Refused { .. }
            | Self::File { .. }
            | Self::Prices { .. }
            | Self::Import { .. }
            | Self::Store(store::Error::UnknownBackend { .. }) => Kind::Usage,
            Self::NoSuchUser { .. }
            | Self::NoSuchItem { .. }
            | Self::NoSuchSession { .. }
            | Self::NoSuchRevision { .. } => Kind::NotFound,
            Self::Busy { .. }
            | Self::Moved { .. }
            | Self::Exists { .. }
            | Self::NotErased { .. } => Kind::Conflict,
            Self::Profile { .. } | Self::Damaged(_) | Self::Lost { .. } => Kind::Damaged,
            Self::Model(_) | Self::Declined { .. } | Self::NoUpdate { .. } => Kind::Upstream,
            Self::Store(_) => Kind::Internal,
        }
    }

    /// The message with those of its causes, on one line.
    #[must_use]
    pub fn chain(&self) -> String {
        let first: &dyn std::error::Error = self;
        let all = std::iter::successors(Some(first), |error| error.source());
        all.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }

    /// What to do about it, one sentence each; may be empty.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Damaged(damaged) => match damaged.last_good {
                Some(revision) => bring_back(&damaged.user, revision),
                None => format!(
                    "mend the file that was set aside, then `acquaint import` it `--as {0}`; until then `{0}` starts afresh",
                    damaged.user
                ),
            },
            Self::Lost { revision, user, .. } => bring_back(user, *revision),
            Self::Profile { source: profile::Error::Newer { .. }, .. } => {
                "install the newer acquaint that wrote it; the file was not touched".to_owned()
            }
            Self::NoSuchUser { .. } => "`acquaint users` lists everyone there is".to_owned(),
            Self::NoSuchItem { user, .. } => {
                format!("`acquaint show {user}` lists the items with their ids")
            }
            Self::NoSuchSession { user, .. } => {
                format!("`acquaint sessions {user}` lists the sessions kept")
            }
            Self::NoSuchRevision { user, .. } => {
                format!("`acquaint history {user}` lists the revisions")
            }
            Self::Busy { .. } => "end it there first".to_owned(),
            Self::Moved { .. } => "look at the newer profile and make the change again".to_owned(),
            Self::Exists { user } => {
                format!(
                    "import it under another name with `--as`, or `acquaint erase {user}` first"
                )
            }
            Self::NotErased { user, .. } => {
                format!("end what still writes, then `acquaint erase {user}` again")
            }
            Self::Declined { .. } | Self::NoUpdate { .. } => {
                "the session stays pending; try another model with `--extraction-model`".to_owned()
            }
            Self::Model(error) => return error.hint().into_iter().collect(),
            Self::Store(error) => return error.hint().into_iter().collect(),
            Self::Id(_)
            | Self::Blank
            | Self::Profile { .. }
            | Self::Refused { .. }
            | Self::File { .. }
            | Self::Prices { .. }
            | Self::Import { .. } => return Vec::new(),
        };
        vec![hint]
    }
}

fn bring_back(user: &str, revision: u64) -> String {
    format!(
        "`acquaint undo {user} --to {revision}` brings revision {revision} back; `acquaint erase {user}` starts afresh"
    )
}
