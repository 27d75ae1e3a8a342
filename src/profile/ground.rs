//! Finds a quote in what the user said.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who speaks in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The user.
    User,
    /// The model.
    Assistant,
}

/// One message of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// By whom.
    pub role: Role,
    /// The message.
    pub content: String,
}
