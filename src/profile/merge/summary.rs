//! The running summary: rewritten whole, sentence by sentence fit to keep.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Merge, hostile};
use crate::profile::change::Change;
use crate::profile::redact;
use crate::profile::text::{one_line, shorten};

/// Of a proposal over the cap, this many times the cap is looked at.
const WORTH_READING: usize = 5;

impl Merge<'_> {
    pub(super) fn summary(&mut self, proposed: &str) {
        let after = self.readable(proposed);
        let before = &self.profile.running_summary;
        if after.is_empty() || after == *before {
            return;
        }
        let before = std::mem::replace(&mut self.profile.running_summary, after.clone());
        self.changes.push(Change::Summary { before, after });
    }

    fn readable(&mut self, proposed: &str) -> String {
        let cap = self.caps.summary_chars;
        let end = proposed.char_indices().nth(cap.saturating_mul(WORTH_READING));
        let head = proposed.get(..end.map_or(proposed.len(), |(end, _)| end)).unwrap_or_default();
        let text = redact(&one_line(&redact(head))).into_owned();
        let sentences = text.split_sentence_bounds();
        let kept: String =
            sentences.filter(|sentence| !hostile::is_instruction(sentence)).collect();
        if kept.len() < text.len() || hostile::is_instruction(&kept) {
            self.refuse(
                "a sentence of the summary".to_owned(),
                "it reads as an instruction, not as something about the user",
            );
        }
        if hostile::is_instruction(&kept) {
            return String::new();
        }
        let kept = match self.forgotten.cut(&kept) {
            Some(cut) => {
                self.refuse("a sentence of the summary".to_owned(), "it was forgotten");
                cut
            }
            None => kept,
        };
        shorten(&kept, cap)
    }
}
