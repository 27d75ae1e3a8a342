//! A file for each command.

use serde::Serialize;

use super::changes;
use super::fail::{Exit, Failure};
use super::screen::Screen;
use crate::agent::Saved;
use crate::error::Error;

pub(super) mod doctor;
pub(super) mod edit;
pub(super) mod erase;
pub(super) mod export;
pub(super) mod extract;
pub(super) mod forget;
pub(super) mod history;
pub(super) mod import;
pub(super) mod remember;
pub(super) mod sessions;
pub(super) mod show;
pub(super) mod transcript;
pub(super) mod undo;
pub(super) mod users;
pub(super) mod why;

/// Prints a value as JSON, for a program to read.
fn json(screen: &mut Screen, value: &impl Serialize) -> Result<Exit, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::failed)?;
    screen.raw(&format!("{text}\n"));
    Ok(Exit::Done)
}

/// Prints what a saved revision changed: `{"revision", "changes"}`, or a line for each change.
fn saved(screen: &mut Screen, as_json: bool, saved: &Saved) -> Result<Exit, Failure> {
    if as_json {
        let value = serde_json::json!({ "revision": saved.revision, "changes": saved.changes });
        return json(screen, &value);
    }
    screen.lines(changes::lines(&saved.changes));
    Ok(Exit::Done)
}

/// An error about a document that was handed in: the input is wrong, not what is stored.
fn of_input(error: Error) -> Failure {
    let is_input = matches!(error, Error::Profile { .. });
    let failure = Failure::from(error);
    if is_input { Failure { exit: Exit::Usage, ..failure } } else { failure }
}
