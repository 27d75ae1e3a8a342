//! Names that are right by construction: user ids, session ids, spaces.
//!
//! Parsed once at the door; whoever holds one of these types need not check it again.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The longest user id, session id or space name, in bytes.
pub const MAX_BYTES: usize = 255;

/// Why a name was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing.
    #[error("the {what} is empty")]
    Empty {
        /// What was being named: `user id`, `session id`, `space name`.
        what: &'static str,
    },
    /// Over [`MAX_BYTES`].
    #[error("the {what} has {bytes} bytes; at most {MAX_BYTES} are allowed")]
    TooLong {
        /// What was being named.
        what: &'static str,
        /// Its length.
        bytes: usize,
    },
    /// Outside the characters that a session id is made of.
    #[error("the {what} holds `{}`, which is not allowed there", character.escape_default())]
    Character {
        /// What was being named.
        what: &'static str,
        /// The offender.
        character: char,
    },
}

fn check(what: &'static str, text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::Empty { what });
    }
    if text.len() > MAX_BYTES {
        return Err(Error::TooLong { what, bytes: text.len() });
    }
    match text.chars().find(|&c| !allowed(c)) {
        Some(character) => Err(Error::Character { what, character }),
        None => Ok(()),
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;

            fn try_from(text: String) -> Result<Self, Error> {
                check($what, &text, $allowed)?;
                Ok(Self(text))
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// Whom a profile is about: any text of 1 to [`MAX_BYTES`] bytes.
    ///
    /// Compared byte by byte: `alice` and `Alice` are two users, and so are the composed and the decomposed `é`.
    UserId,
    "user id",
    |_| true
);

name!(
    /// One conversation of a user: `A-Z a-z 0-9 - _`. [`SessionId::new`] makes them sort by time.
    SessionId,
    "session id",
    |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_'
);

name!(
    /// A separate set of users: a team, a tenant. Any text of 1 to [`MAX_BYTES`] bytes.
    Space,
    "space name",
    |_| true
);

impl SessionId {
    /// Makes an id that sorts by the time of opening and is unique by eight random hexadecimal digits:
    /// `20261121-091405-1f9a63c2`.
    #[must_use]
    pub fn new(opened: DateTime<Utc>, random: u32) -> Self {
        Self(format!("{}-{random:08x}", opened.format("%Y%m%d-%H%M%S")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_id_is_any_text_of_1_to_255_bytes() {
        for id in
            ["alice", "alice@example.com", "auth0|5f7c", "ユーザー", "../../etc", &"é".repeat(127)]
        {
            assert_eq!(id.parse::<UserId>().unwrap().as_str(), id);
        }
        assert_eq!("".parse::<UserId>(), Err(Error::Empty { what: "user id" }));
        assert_eq!(
            "é".repeat(128).parse::<UserId>(),
            Err(Error::TooLong { what: "user id", bytes: 256 })
        );
    }

    #[test]
    fn a_session_id_sorts_by_time_and_stays_inside_its_folder() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let earlier = SessionId::new(at("2026-11-21T09:14:05Z"), 7);
        assert_eq!(earlier.as_str(), "20261121-091405-00000007");
        assert!(earlier < SessionId::new(at("2026-11-21T09:14:06Z"), 0));
        assert!("../x".parse::<SessionId>().is_err());
    }
}
