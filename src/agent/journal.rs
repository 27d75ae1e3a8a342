//! The journal: the durable record of a session's turns, one JSON line each, written as they happen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::SessionId;
use crate::model::Usage;
use crate::profile::{Role, Turn};

/// After so many failures a session is no longer tried at every start, only by `acquaint extract`.
const AUTOMATIC_ATTEMPTS: usize = 3;

/// One line of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Line {
    /// The first line.
    Opened { at: DateTime<Utc>, session: SessionId },
    /// A message, with secrets redacted. What a reply cost stands beside it.
    Turn {
        #[serde(flatten)]
        turn: Turn,
        /// Why a reply did not end by itself: `interrupted`, `length`, `refusal`, `error`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stop: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<Call>,
    },
    /// The first `turns` turns are in the profile since `revision`.
    Extracted {
        at: DateTime<Utc>,
        turns: usize,
        revision: u64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<Call>,
    },
    /// An extraction failed; the turns stay pending.
    Failed { at: DateTime<Utc>, why: String },
}

/// One model call and what it used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The model that answered.
    pub model: String,
    /// What it used.
    pub usage: Usage,
}

/// A journal, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Journal {
    /// When the session was opened.
    pub opened: Option<DateTime<Utc>>,
    /// The turns, oldest first.
    pub turns: Vec<Turn>,
    /// How many of the turns are in the profile.
    pub extracted: usize,
    /// The revision that the last extraction made.
    pub revision: Option<u64>,
    /// When the last extraction was.
    pub extracted_at: Option<DateTime<Utc>>,
    /// Failed extractions since the last one that worked.
    pub failures: usize,
    /// Why the last of them failed.
    pub failure: Option<String>,
    /// The calls made for the session.
    pub calls: Vec<Call>,
    /// Lines that could not be read.
    pub unreadable: usize,
}

impl Journal {
    /// Reads the lines of a journal. A line that a crash cut off is no turn that anybody was told is kept: it is counted
    /// in [`Journal::unreadable`] and passed over.
    pub(crate) fn parse(lines: &[Vec<u8>]) -> Self {
        let mut journal = Self::default();
        for line in lines {
            match serde_json::from_slice(line) {
                Ok(line) => journal.push(line),
                Err(_) => journal.unreadable += 1,
            }
        }
        journal
    }

    fn push(&mut self, line: Line) {
        match line {
            Line::Opened { at, .. } => self.opened = Some(at),
            Line::Turn { turn, call, .. } => {
                self.turns.push(turn);
                self.calls.extend(call);
            }
            Line::Extracted { at, turns, revision, calls } => {
                self.extracted = turns;
                self.revision = Some(revision);
                self.extracted_at = Some(at);
                self.calls.extend(calls);
                self.failures = 0;
                self.failure = None;
            }
            Line::Failed { why, .. } => {
                self.failures += 1;
                self.failure = Some(why);
            }
        }
    }

    /// Whether the user said something that is not in the profile yet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.turns.iter().skip(self.extracted).any(|turn| turn.role == Role::User)
    }

    /// Whether its extraction failed so often that only an explicit `acquaint extract` tries it again.
    #[must_use]
    pub fn gave_up(&self) -> bool {
        self.failures >= AUTOMATIC_ATTEMPTS
    }

    /// When the last turn was said.
    #[must_use]
    pub fn last_turn(&self) -> Option<DateTime<Utc>> {
        self.turns.last().map(|turn| turn.at)
    }
}

/// Whether a journal's bytes end with the mark that everything in it is in the profile; cheap, for looking through many.
pub(crate) fn ends_extracted(bytes: &[u8]) -> bool {
    let whole = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let last = whole.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    last.starts_with(br#"{"type":"extracted""#)
}
