//! The mark that keeps a forgotten value from being learned again.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One forgotten value. The value itself is not kept, only the SHA-256 of its normalised form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The id that the item had when it was forgotten.
    pub id: String,
    /// SHA-256 of the normalised value, in hexadecimal.
    pub value: String,
    /// When it was forgotten.
    pub at: DateTime<Utc>,
}
