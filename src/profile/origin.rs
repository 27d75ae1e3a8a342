//! Where a revision comes from.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a revision comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A session was extracted.
    Extraction,
    /// `remember`, on the command line or in a chat.
    Remember,
    /// `forget`.
    Forget,
    /// `edit`: a person changed the document through acquaint.
    Edit,
    /// Somebody changed or placed the file by other means.
    Hand,
    /// `undo`.
    Undo,
    /// `import`.
    Import,
    /// A program wrote it.
    Program,
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Extraction => "extraction",
            Self::Remember => "remember",
            Self::Forget => "forget",
            Self::Edit => "edit",
            Self::Hand => "by hand",
            Self::Undo => "undo",
            Self::Import => "import",
            Self::Program => "program",
        })
    }
}

/// The first `turns` turns of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extracted {
    /// Its id.
    pub id: String,
    /// How many turns of it are in the profile.
    pub turns: usize,
}

/// What the document itself says about its last change, so that a crash before the history entry loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// Where it comes from.
    pub by: By,
    /// When.
    pub at: DateTime<Utc>,
    /// The session that was extracted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Extracted>,
}
