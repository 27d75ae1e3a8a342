//! What came of one session.

use serde_json::Value;

use crate::agent::Recovered;
use crate::cli::changes::lines;
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::id::UserId;

/// Names the session, with what was learned from it under it.
pub(super) fn print(screen: &mut Screen, user: &UserId, recovered: &Recovered) {
    let name = Line::default().styled(Style::BOLD, user.as_str()).and("  session ");
    let name = name.and(recovered.session.as_str());
    match &recovered.result {
        Err(_) => screen.data(name.and(": failed")),
        Ok(outcome) if outcome.changes.is_empty() => screen.data(name.and(": nothing new")),
        Ok(outcome) => {
            screen.data(name);
            screen.lines(lines(&outcome.changes));
        }
    }
}

/// The same for a program.
pub(super) fn json(user: &UserId, Recovered { session, result }: &Recovered) -> Value {
    match result {
        Ok(outcome) => serde_json::json!({
            "user": user,
            "session": session,
            "revision": outcome.revision,
            "changes": outcome.changes,
        }),
        Err(error) => {
            serde_json::json!({ "user": user, "session": session, "error": error.chain() })
        }
    }
}
