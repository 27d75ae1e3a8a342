//! What a text must be to get into a profile.

use super::{Merge, hostile};
use crate::profile::item::id_number;
use crate::profile::redact;
use crate::profile::text::{one_line, shorten};

/// Of a text that is far over its cap, this many times the cap is looked at.
const WORTH_READING: usize = 20;

impl Merge<'_> {
    /// The text as it will be stored; otherwise a refusal is noted.
    pub(super) fn admit(&mut self, kind: &str, text: &str) -> Option<String> {
        let line = self.line(text);
        let short = shorten(&line, self.caps.item_chars);
        let what = || format!("{kind} \"{short}\"");
        if short.is_empty() {
            self.refuse(kind.to_owned(), "it is empty");
        } else if is_only_secret(&line) {
            self.refuse(kind.to_owned(), "it is nothing but a secret");
        } else if hostile::is_instruction(&line) {
            self.refuse(what(), "it reads as an instruction, not as something about the user");
        } else if let Some(id) = self.forgotten.in_text(&line).map(str::to_owned) {
            self.refuse_forgotten(kind, &id);
        } else {
            return Some(short);
        }
        None
    }

    /// The refusal does not repeat what was forgotten.
    pub(super) fn refuse_forgotten(&mut self, kind: &str, id: &str) {
        let why = if self.is_person() {
            "it was forgotten; remove its entry under `forgotten` to allow it again"
        } else {
            "it was forgotten"
        };
        // A preference's key could be what the user does not want to see again.
        let numbered = ['f', 'd'].iter().any(|&letter| id_number(id, letter).is_some());
        let id = if numbered { format!(" forgotten as {id}") } else { String::new() };
        self.refuse(format!("{kind}{id}"), why);
    }

    /// A quote as it may be stored: without secrets, within the cap, and only when it holds nothing forgotten.
    pub(super) fn quote(&self, quote: &str) -> Option<String> {
        let line = self.line(quote);
        let known = line.is_empty() || self.forgotten.in_text(&line).is_some();
        (!known).then(|| shorten(&line, self.caps.item_chars))
    }

    /// A text for a message.
    pub(super) fn short(&self, text: &str) -> String {
        shorten(&self.line(text), self.caps.item_chars.min(80))
    }

    /// The text without secrets, in one line.
    fn line(&self, text: &str) -> String {
        let worth = self.caps.item_chars.saturating_mul(WORTH_READING).max(4_000);
        let end = text.char_indices().nth(worth).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or(text);
        // Once more after joining lines, and dropping what hid between two halves of a key.
        redact(&one_line(&redact(text))).into_owned()
    }
}

fn is_only_secret(line: &str) -> bool {
    let Some((before, rest)) = line.split_once("[redacted: ") else {
        return false;
    };
    let after = rest.split_once(']').map_or("", |(_, after)| after);
    !before.chars().chain(after.chars()).any(char::is_alphanumeric)
}
