//! A session's turns, made ready to find quotes in.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::pasted::segments;
use super::{Role, Turn};
use crate::profile::item::Confidence;
use crate::profile::redact;
use crate::profile::text::{comparable, is_unspaced};

/// A word counts two, a character of a script without spaces one: two words, or four such characters, prove something.
const PROOF: usize = 4;

/// Longer quotes are cut: no item keeps that much.
const MAX_QUOTE_BYTES: usize = 200_000;

/// What the user said in a session.
pub(in crate::profile) struct Heard {
    turns: Vec<Said>,
}

struct Said {
    at: DateTime<Utc>,
    /// The words that the user wrote, each with a space on both sides.
    own: String,
    /// These and the pasted ones, in their order.
    all: String,
}

/// Where a quote was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::profile) struct Grounding {
    /// The time of the turn.
    pub(in crate::profile) at: DateTime<Utc>,
    /// The most that an item with this quote can be trusted: `low` for what stands in a pasted part, `medium` for a short answer.
    pub(in crate::profile) ceiling: Confidence,
}

impl Heard {
    pub(in crate::profile) fn new(turns: &[Turn]) -> Self {
        let said = turns.iter().filter(|turn| turn.role == Role::User).map(|turn| {
            let content = plain(&turn.content);
            let segments = segments(&content);
            let own = segments.iter().filter(|(pasted, _)| !pasted).map(|(_, text)| padded(text));
            Said {
                at: turn.at,
                // No word holds a control character: nothing is found across the gap.
                own: own.collect::<Vec<_>>().join("\u{1}"),
                all: padded(&content),
            }
        });
        Self { turns: said.collect() }
    }

    /// When the user last said something.
    pub(in crate::profile) fn last(&self) -> Option<DateTime<Utc>> {
        self.turns.iter().map(|said| said.at).max()
    }

    /// The first turn that holds the quote, best where it is trusted most.
    pub(in crate::profile) fn find(&self, quote: &str) -> Option<Grounding> {
        let parts = parts(quote);
        let weights: Vec<usize> = parts.iter().map(|part| weight(part)).collect();
        let total: usize = weights.iter().sum();
        if total == 0 {
            return None;
        }
        let proves = weights.iter().any(|&weight| weight >= PROOF);
        let grounded = |said: &Said| {
            let ceiling = if !holds(&said.all, &parts) {
                return None;
            } else if !proves {
                // A short answer: (nearly) all of the turn.
                (holds(&said.own, &parts) && total * 5 >= weight(&said.all) * 4)
                    .then_some(Confidence::Medium)?
            } else if holds(&said.own, &parts) {
                Confidence::High
            } else {
                Confidence::Low
            };
            Some(Grounding { at: said.at, ceiling })
        };
        let found = self.turns.iter().filter_map(grounded);
        found.reduce(|best, next| if next.ceiling > best.ceiling { next } else { best })
    }
}

/// The text as it would be stored, without the escapes of HTML: both sides of the comparison may have either.
fn plain(text: &str) -> Cow<'_, str> {
    let text = redact(text);
    if !text.contains('&') {
        return text;
    }
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let unescaped = escapes
        .iter()
        .fold(text.into_owned(), |text, (escape, character)| text.replace(escape, character));
    Cow::Owned(unescaped)
}

fn padded(text: &str) -> String {
    format!(" {} ", comparable(text))
}

/// The parts of a quote between its ellipses, each as padded words.
fn parts(quote: &str) -> Vec<String> {
    let end = (0..=quote.len().min(MAX_QUOTE_BYTES)).rev().find(|&at| quote.is_char_boundary(at));
    let quote = plain(quote.get(..end.unwrap_or(0)).unwrap_or_default());
    quote
        .replace('…', "...")
        .split("...")
        .map(padded)
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

fn weight(padded: &str) -> usize {
    padded
        .split(' ')
        .map(|word| match word.chars().next() {
            Some(c) if is_unspaced(c) => 1,
            Some(_) if word.chars().any(char::is_alphanumeric) => 2,
            _ => 0,
        })
        .sum()
}

fn holds(text: &str, parts: &[String]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            // The space after a part is the one before the next.
            rest = rest.get(at + part.len() - 1..).unwrap_or_default();
            true
        }
        None => false,
    })
}
