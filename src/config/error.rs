//! Why settings were refused.

use std::path::PathBuf;

use super::Provider;
use crate::id;
use crate::model::{BadKey, BadUrl};

/// Why settings were refused. Each names the flag or variable at fault; none holds a credential.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The value is not of its form.
    #[error("{name} is `{value}`; {expected} is expected")]
    Value {
        /// The flag or variable, with the file that sets it: `ACQUAINT_MAX_FACTS in .env`.
        name: String,
        /// As it was given, shortened.
        value: String,
        /// What would be right: `a whole number`.
        expected: String,
    },
    /// A flag with an empty value. (An empty variable counts as not set.)
    #[error("{name} is empty; {expected} is expected")]
    Empty {
        /// The flag.
        name: String,
        /// What would be right.
        expected: &'static str,
    },
    /// No provider has that name.
    #[error("{name}: unknown provider `{value}`; known are {}", known())]
    Provider {
        /// The flag or variable.
        name: String,
        /// As it was given, shortened.
        value: String,
    },
    /// Not a space's name.
    #[error("{name} cannot be used")]
    Space {
        /// The flag or variable.
        name: String,
        /// What is wrong with it.
        #[source]
        source: id::Error,
    },
    /// Not an API key.
    #[error("{name} cannot be used")]
    Key {
        /// The variable.
        name: String,
        /// What is wrong with it.
        #[source]
        source: BadKey,
    },
    /// Not the address of an API.
    #[error("{name} cannot be used")]
    Url {
        /// The variable.
        name: String,
        /// What is wrong with it.
        #[source]
        source: BadUrl,
    },
    /// Bytes that are not text.
    #[error("{name} is not UTF-8 text")]
    Encoding {
        /// The variable.
        name: String,
    },
    /// The `.env` is malformed. What stands there is not shown: it may be a key.
    #[error("line {line} of `{}` is not of the form `NAME=value`, or its quotes do not match", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1; of a value over several lines, its first.
        line: usize,
    },
    /// The `.env` is there and cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

fn known() -> String {
    Provider::ALL.map(|provider| format!("`{provider}`")).join(", ")
}
