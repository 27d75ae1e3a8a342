//! Finds the update in what a model answered.
//!
//! Models are asked for one JSON object and mostly give it. Some fence it, talk around it, think aloud before it, write it
//! as Python would, or are cut off inside it. [`parse`] takes the object out of all that, and never half an item.
//!
//! The order matters: what is cut off is cut back to its last complete item *before* anything is repaired, since a repair
//! would close a half sentence and make it look whole.

use std::ops::Range;

use serde_json::Value;

mod cut;
mod scan;
mod token;

/// The members by which an update is recognised: the documented form and the tutorials' `new_decision`.
pub(super) const MEMBERS: [&str; 8] = [
    "running_summary",
    "new_facts",
    "updated_facts",
    "retired_facts",
    "confirmed_facts",
    "updated_preferences",
    "new_decisions",
    "new_decision",
];

/// The longest reply that is looked at, in bytes; the longest reply of any known model is below 1 MiB.
const MAX_BYTES: usize = 16 << 20;

/// The longest text that is repaired, in bytes: repairing takes some ten times its memory. An update has some 10 KiB.
const MAX_REPAIR: usize = 1 << 20;

/// How many open brackets of a broken-off reply are tried as the update's first.
const MAX_STARTS: usize = 4;

/// How many wrappers around an update are taken off: `[{"result": {…}}]` has two.
const MAX_WRAPPERS: usize = 3;

/// Why a reply gives no update.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoJson {
    /// White space at most, or nothing but a draft.
    #[error("the reply is empty")]
    Empty,
    /// Over [`MAX_BYTES`].
    #[error("the reply has {bytes} bytes; at most {MAX_BYTES} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Prose, HTML, or JSON of another form.
    #[error("the reply holds no update; it begins `{begins}`")]
    NoUpdate {
        /// Its first characters, on one line.
        begins: String,
    },
}

/// Takes the update out of a reply; `whole` tells whether the model came to its end by itself.
///
/// Of several objects the one with the most members of an update is taken, the last among equals; `{}` is an update
/// only when the reply says nothing else. A reply that is not `whole`, or whose brackets do not close, gives its complete
/// items. Of a repeated member the last counts. Takes time in proportion to the reply's length.
///
/// # Errors
/// [`NoJson`] when there is nothing of an update in it. JSON of another form counts as nothing, so that an error
/// message is never taken for "nothing new".
pub(crate) fn parse(text: &str, whole: bool) -> Result<Value, NoJson> {
    if text.len() > MAX_BYTES {
        return Err(NoJson::TooLong { bytes: text.len() });
    }
    let text = text.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if let Some(update) = serde_json::from_str(text).ok().and_then(unquoted).and_then(unwrapped) {
        return Ok(update);
    }
    let text = scan::without_drafts(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(NoJson::Empty);
    }
    top_level(text)
        .or_else(|| fences(text).rev().find_map(top_level))
        .or_else(|| last_start(text).and_then(top_level))
        .or_else(|| if whole { stretched(text) } else { None })
        .or_else(|| only_braces(text))
        .ok_or_else(|| no_update(text))
}

/// The best update among the top-level spans of a text and what is left open at its end.
fn top_level(text: &str) -> Option<Value> {
    let scan = scan::scan(text);
    let closed = scan.closed.iter().filter_map(|span| closed(text, span));
    let starts = scan.open.iter().filter_map(|&start| text.get(start..));
    let anchored = starts.clone().filter(|rest| scan::begins_with(rest, &MEMBERS));
    let open = anchored.chain(starts.take(1)).take(MAX_STARTS).filter_map(cut_off);
    best(closed.chain(open))
}

fn closed(text: &str, span: &Range<usize>) -> Option<Value> {
    let span = text.get(span.clone())?;
    MEMBERS.iter().any(|name| span.contains(name)).then_some(())?;
    let strict: Option<Value> = serde_json::from_str(span).ok();
    strict.or_else(|| repaired(span)).and_then(unwrapped)
}

fn cut_off(text: &str) -> Option<Value> {
    let complete = cut::complete_items(text, &MEMBERS)?;
    closed(&complete, &(0..complete.len()))
}

fn repaired(text: &str) -> Option<Value> {
    let repairable = text.len() <= MAX_REPAIR;
    let repaired = repairable.then(|| jsonrepair_rs::jsonrepair(text))?.ok()?;
    serde_json::from_str(&repaired).ok()
}

/// What each fence holds. One that is not closed reaches to the end.
fn fences(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let fenced: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
    fenced.into_iter()
}

/// The text from the last brace on that opens an update: what stands before may hold stray brackets and quotes.
fn last_start(text: &str) -> Option<&str> {
    let mut starts = text.rmatch_indices('{').filter_map(|(at, _)| text.get(at..));
    starts.find(|rest| scan::begins_with(rest, &MEMBERS))
}

/// From the first brace to the last: for a text whose quotes are so broken that its brackets cannot be told.
fn stretched(text: &str) -> Option<Value> {
    let (first, last) = (text.find('{')?, text.rfind('}')?);
    closed(text, &(first..last + 1))
}

/// `{}` with nothing around it but a fence.
fn only_braces(text: &str) -> Option<Value> {
    let inner = text.trim_start_matches("```json").trim_matches('`');
    let value: Value = serde_json::from_str(inner).ok()?;
    value.as_object()?.is_empty().then_some(value)
}

/// The one with the most members of an update, the last among equals.
fn best(values: impl Iterator<Item = Value>) -> Option<Value> {
    values.max_by_key(members)
}

fn members(value: &Value) -> usize {
    let has = |name: &&&str| value.get(name).is_some();
    MEMBERS.iter().filter(has).count()
}

/// A reply that is a JSON string is read as what the string holds.
fn unquoted(value: Value) -> Option<Value> {
    match value {
        Value::String(text) => serde_json::from_str(&text).ok(),
        value => Some(value),
    }
}

/// Takes an update out of the lists and objects around it.
fn unwrapped(value: Value) -> Option<Value> {
    unwrapped_within(value, MAX_WRAPPERS)
}

fn unwrapped_within(value: Value, wrappers: usize) -> Option<Value> {
    if members(&value) > 0 {
        return Some(value);
    }
    let wrappers = wrappers.checked_sub(1)?;
    let inner = |value| unwrapped_within(value, wrappers);
    match value {
        Value::Array(values) => best(values.into_iter().filter_map(inner)),
        Value::Object(object) => best(object.into_iter().filter_map(|(_, value)| inner(value))),
        _ => None,
    }
}

fn no_update(text: &str) -> NoJson {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    NoJson::NoUpdate { begins: words.join(" ").chars().take(60).collect() }
}

#[cfg(test)]
mod tests;
