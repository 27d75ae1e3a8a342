//! The mark that keeps a forgotten value from being learned again.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use unicode_segmentation::UnicodeSegmentation as _;

use super::text::comparable;

/// One forgotten value. The value itself is not kept, only the SHA-256 of its normalised words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The id that the item had when it was forgotten.
    pub id: String,
    /// SHA-256, in hexadecimal, of the value's words: normalised, without punctuation, joined by one space.
    pub value: String,
    /// How many words the value has: so many in a row, inside any text, are compared with it. 0 for a single common word, which
    /// would be found everywhere: only a text that is nothing else is the same.
    #[serde(default)]
    pub words: usize,
    /// When it was forgotten.
    pub at: DateTime<Utc>,
    /// Members that this version does not know, kept as they are.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Words that open a statement about the user and say nothing themselves: dropped from a forgotten value, so that the same statement about
/// `I`, `Alice` or `the user` is found as well.
const OPENING: [&str; 22] = [
    "a", "am", "an", "are", "i", "i'm", "is", "my", "she", "he", "the", "their", "they", "user",
    "user's", "was", "has", "have", "his", "her", "that", "be",
];

impl Tombstone {
    /// Marks a value; `None` for one without a word.
    pub(super) fn new(id: &str, value: &str, at: DateTime<Utc>) -> Option<Self> {
        let words = comparable(value);
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        let opening = words.iter().take_while(|word| OPENING.contains(word)).count();
        let kept = match words.get(opening..) {
            Some(rest) if rest.len() >= 2 => rest,
            _ => words.as_slice(),
        };
        let common = kept.len() == 1 && !is_name(value);
        (!kept.is_empty()).then(|| Self {
            id: id.to_owned(),
            value: hash(kept),
            words: if common { 0 } else { kept.len() },
            at,
            other: Map::new(),
        })
    }
}

/// Whether a single word is one that stands for somebody or something: a name, a number, an address.
fn is_name(value: &str) -> bool {
    value.chars().any(|c| c.is_uppercase() || c.is_numeric() || c == '@')
}

fn hash(words: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            hasher.update(b" ");
        }
        hasher.update(word.as_bytes());
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut out, byte| {
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16));
        }
        out
    })
}

/// All that was forgotten, ready to be looked for.
pub(super) struct Forgotten {
    /// By hash: the id, and the number of words.
    ids: HashMap<String, (String, usize)>,
    lengths: BTreeSet<usize>,
}

impl Forgotten {
    pub(super) fn new(tombstones: &[Tombstone]) -> Self {
        let ids = tombstones.iter().map(|tombstone| {
            (tombstone.value.to_ascii_lowercase(), (tombstone.id.clone(), tombstone.words))
        });
        Self {
            ids: ids.collect(),
            lengths: tombstones.iter().map(|tombstone| tombstone.words).collect(),
        }
    }

    /// The id under which the first forgotten value in `text` was forgotten.
    pub(super) fn in_text(&self, text: &str) -> Option<&str> {
        if self.ids.is_empty() {
            return None;
        }
        let words = comparable(text);
        let words: Vec<&str> = words.split(' ').collect();
        self.runs(&words).next().map(|(_, _, id)| id)
    }

    /// `text` without the sentences that hold a forgotten value; `None` when none does.
    pub(super) fn cut(&self, text: &str) -> Option<String> {
        if self.ids.is_empty() {
            return None;
        }
        let sentences: Vec<&str> = text.split_sentence_bounds().collect();
        let folded: Vec<String> = sentences.iter().map(|sentence| comparable(sentence)).collect();
        let (mut words, mut homes) = (Vec::new(), Vec::new());
        for (home, sentence) in folded.iter().enumerate() {
            for word in sentence.split(' ').filter(|word| !word.is_empty()) {
                words.push(word);
                homes.push(home);
            }
        }
        let mut bad = BTreeSet::new();
        for (start, length, _) in self.runs(&words) {
            bad.extend(homes.iter().skip(start).take(length).copied());
        }
        let kept = sentences.iter().enumerate().filter(|(home, _)| !bad.contains(home));
        (!bad.is_empty())
            .then(|| kept.map(|(_, sentence)| *sentence).collect::<String>().trim().to_owned())
    }

    /// Start, length and id of every run of words that was forgotten.
    fn runs<'s: 'w, 'w>(
        &'s self,
        words: &'w [&'w str],
    ) -> impl Iterator<Item = (usize, usize, &'s str)> + 'w {
        self.lengths.iter().flat_map(move |&length| {
            let whole = length == 0;
            let window = if whole { words.len() } else { length };
            let usable = window > 0 && (!whole || window == 1);
            words.windows(window.max(1)).enumerate().filter(move |_| usable).filter_map(
                move |(start, run)| {
                    let (id, words) = self.ids.get(&hash(run))?;
                    (*words == length).then_some((start, run.len(), id.as_str()))
                },
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Forgotten, Tombstone};

    fn forgotten(values: &[&str]) -> Forgotten {
        let stones = values
            .iter()
            .filter_map(|value| Tombstone::new("f1", value, chrono::DateTime::UNIX_EPOCH));
        Forgotten::new(&stones.collect::<Vec<_>>())
    }

    #[test]
    fn a_value_is_found_however_it_is_written_and_wherever_it_stands() {
        let forgotten = forgotten(&["Is allergic to nuts.", "猫が好き", "Porto", "dark"]);
        for text in [
            "allergic to nuts",
            "Alice is ALLERGIC to\u{200b} nuts!",
            "（ａｌｌｅｒｇｉｃ to nuts）",
            "I am allergic to nuts—badly",
            "彼女は猫が好きです",
            "moved to Porto in May",
            "dark",
        ] {
            assert_eq!(forgotten.in_text(text), Some("f1"), "{text}");
        }
        for text in ["allergic to peanuts", "nuts", "likes dark chocolate", "猫", "Portos", ""] {
            assert_eq!(forgotten.in_text(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_sentences_that_tell_it_are_cut() {
        let forgotten = forgotten(&["allergic to nuts"]);
        assert_eq!(
            forgotten.cut("She codes. She is allergic to nuts. She sings.").as_deref(),
            Some("She codes. She sings.")
        );
        assert_eq!(forgotten.cut("Allergic. To nuts. Sings.").as_deref(), Some("Sings."));
        assert_eq!(forgotten.cut("She codes."), None);
    }
}
