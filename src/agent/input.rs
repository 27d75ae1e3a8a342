//! What was typed at a prompt, to be recalled there: a document with an entry a line, oldest first.
//!
//! A line break in an entry is written `\n`, a backslash `\\`.

use super::Agent;
use crate::error::Result;
use crate::id::UserId;
use crate::profile::{cut, redact};
use crate::store::{Current, Next, Part};

/// How many entries are kept.
const LONGEST: usize = 1000;
/// A longer entry, in bytes, is a pasted text, which nobody looks for with the arrow keys.
const LONGEST_ENTRY: usize = 4_000;

impl Agent {
    /// What the user typed in earlier sessions, oldest first: at most 1,000 entries.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn input(&self, user: &UserId) -> Result<Vec<String>> {
        let document = self.store().get(&self.key(user, Part::Input)).await?;
        Ok(lines(document.as_deref()).iter().map(|line| decode(line)).collect())
    }

    /// Keeps what the user typed in a session, behind what is there by now. Secrets and what was forgotten are taken
    /// out, and with `keep_days` at 0 nothing is kept.
    ///
    /// # Errors
    /// As [`Agent::profile`].
    pub async fn keep_input(&self, user: &UserId, entries: &[String]) -> Result<()> {
        if entries.is_empty() || self.settings().keep_days == 0 {
            return Ok(());
        }
        let forgotten =
            self.profile(user).await?.map(|profile| profile.forgotten).unwrap_or_default();
        let kept = |entry: &String| {
            let entry = redact(entry);
            let entry = cut(&entry, &[], &forgotten).unwrap_or_else(|| entry.into_owned());
            encode(&entry)
        };
        let new: Vec<String> =
            entries.iter().filter(|entry| entry.len() <= LONGEST_ENTRY).map(kept).collect();
        let mut append = |current: Current<'_>| {
            let mut all = lines(current.document);
            all.extend(new.iter().cloned());
            all.dedup();
            let newest = all.split_off(all.len().saturating_sub(LONGEST));
            let document = newest.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
            Some(Next { document: Some(document.into_bytes()), entries: Vec::new() })
        };
        Ok(self.store().update(&self.key(user, Part::Input), &mut append).await?)
    }
}

fn lines(document: Option<&[u8]>) -> Vec<String> {
    let text = String::from_utf8_lossy(document.unwrap_or_default());
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// An entry as a line.
pub(super) fn encode(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\r', "").replace('\n', "\\n")
}

/// The entry of a line.
pub(super) fn decode(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_entry_is_one_line_and_comes_back_as_it_was(entry in "[a-z\\\\\n é]{0,20}") {
            let line = encode(&entry);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(decode(&line), entry);
        }
    }
}
