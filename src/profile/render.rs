//! The memory block: what of a profile the model gets to see.

use chrono::{DateTime, Utc};

use super::document::Profile;

/// The memory block of a system prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The fenced text.
    pub text: String,
    /// Its size, as [`super::tokens`] estimates it.
    pub tokens: usize,
    /// Ids of the trusted items that the budget left no room for.
    pub left_out: Vec<String>,
}

/// Renders the memory block within a budget, fenced and escaped.
#[must_use]
pub fn render(_profile: &Profile, _budget: usize, _now: DateTime<Utc>) -> Block {
    unimplemented!()
}
