//! Finds a quote in what the user said.
//!
//! A quote counts when its words stand in a row in one turn of the user, whatever their case, width, typography and punctuation. An
//! ellipsis splits it into parts that must come in this order. A quote of less than two words proves nothing, unless it is (nearly) the whole turn, as the answer
//! to a question is; then the item is at most `medium`. What stands only in a part that the user pasted is not the user's own word, and what the assistant said is never
//! looked at.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

mod heard;
mod pasted;

pub(super) use heard::Heard;

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

/// The turn of the user that holds a quote.
#[must_use]
pub fn quoted_turn<'a>(quote: &str, turns: &'a [Turn]) -> Option<&'a Turn> {
    let grounding = Heard::new(turns).find(quote)?;
    let of_user = |turn: &&Turn| turn.role == Role::User && turn.at == grounding.at;
    turns
        .iter()
        .filter(of_user)
        .find(|turn| Heard::new(std::slice::from_ref(*turn)).find(quote).is_some())
}
