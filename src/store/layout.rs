//! Where each key has its file, relative to the store, and which key a file belongs to.
//!
//! ```text
//! alice.json                            the profile
//! alice.json.damaged-20261121T091405Z   one that could not be read, set aside
//! alice/history.jsonl                   its history
//! alice/input                           what was typed at the prompt
//! alice/sessions/<session>.jsonl        a journal
//! @team/alice.json …                    the same in the space `team`
//! ```
//!
//! Beside these a user's folder holds *side files*: `.tmp` while a document is being written, `.hold` while a key is held.

use super::path::{decode, decode_stamp, encode, encode_stamp};
use super::{Key, Part};
use crate::id::{Space, UserId};

/// What a file in a user's folder is to its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The document or log itself.
    Kept,
    /// A document that was being written; left behind only by a crash.
    Temporary,
    /// The side file of a claim.
    Hold,
}

/// The folder of a space, with a closing slash; empty for the default one.
pub(super) fn space(space: Option<&Space>) -> String {
    space.map_or_else(String::new, |space| format!("@{}/", encode(space.as_str())))
}

/// The folder of a user.
pub(super) fn user(space_name: Option<&Space>, user: &UserId) -> String {
    space(space_name) + &encode(user.as_str())
}

/// The file of a key.
pub(super) fn file(key: &Key) -> String {
    let user = user(key.space.as_ref(), &key.user);
    match &key.part {
        Part::Profile => user + ".json",
        Part::Damaged(stamp) => format!("{user}.json.damaged-{}", encode_stamp(stamp)),
        Part::History => user + "/history.jsonl",
        Part::Input => user + "/input",
        Part::Journal(_) => side(key, "jsonl"),
    }
}

/// The file in which a key's next document is written.
pub(super) fn temporary(key: &Key) -> String {
    side(key, "tmp")
}

/// The file that is locked while a key is held.
pub(super) fn hold(key: &Key) -> String {
    side(key, "hold")
}

fn side(key: &Key, ending: &str) -> String {
    let stem = match &key.part {
        Part::Profile => "profile".to_owned(),
        Part::Damaged(stamp) => format!("damaged-{}", encode_stamp(stamp)),
        Part::History => "history".to_owned(),
        Part::Input => "input".to_owned(),
        Part::Journal(session) => format!("sessions/{}", encode(session.as_str())),
    };
    let user = user(key.space.as_ref(), &key.user);
    format!("{user}/{stem}.{ending}")
}

/// Whose folder this is, given relative to its space.
pub(super) fn parse_user(folder: &str) -> Option<UserId> {
    decode(folder)?.parse().ok()
}

/// Which space has this folder, given relative to the store.
pub(super) fn parse_space(folder: &str) -> Option<Space> {
    decode(folder.strip_prefix('@')?)?.parse().ok()
}

/// Whose profile or damaged profile this file is, given relative to its space.
pub(super) fn parse_beside(file: &str) -> Option<(UserId, Part)> {
    let (name, ending) = file.split_once(".json")?;
    let part = match ending {
        "" => Part::Profile,
        _ => Part::Damaged(decode_stamp(ending.strip_prefix(".damaged-")?)?),
    };
    Some((parse_user(name)?, part))
}

/// What this file is, given relative to its user's folder.
pub(super) fn parse_inside(file: &str) -> Option<(Part, Role)> {
    if file == "input" {
        return Some((Part::Input, Role::Kept));
    }
    let (stem, ending) = file.rsplit_once('.')?;
    let part = parse_stem(stem)?;
    let role = match (ending, &part) {
        ("tmp", _) => Role::Temporary,
        ("hold", _) => Role::Hold,
        ("jsonl", Part::History | Part::Journal(_)) => Role::Kept,
        _ => return None,
    };
    Some((part, role))
}

fn parse_stem(stem: &str) -> Option<Part> {
    if let Some(session) = stem.strip_prefix("sessions/") {
        return Some(Part::Journal(decode(session)?.parse().ok()?));
    }
    match stem {
        "profile" => Some(Part::Profile),
        "history" => Some(Part::History),
        "input" => Some(Part::Input),
        _ => decode_stamp(stem.strip_prefix("damaged-")?).map(Part::Damaged),
    }
}
