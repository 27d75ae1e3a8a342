//! The running summary: written from what is known, and merged from two.

use super::draft::Draft;
use super::entry::Entry;
use super::words::normal;

/// The longest summary, in characters.
const MAX_CHARS: usize = 500;

/// How many facts beside name, home and work, and how many decisions, a summary names.
const MAX_NAMED: usize = 4;

/// The summary after a session: the old one when nothing changed, else a new one made of what is known now.
pub(super) fn rewritten(old: &str, draft: &Draft) -> String {
    if draft.is_changed() { written(draft) } else { old.to_owned() }
}

fn written(draft: &Draft) -> String {
    let facts: Vec<&str> = texts(&draft.facts);
    let lead = |lead: &str| facts.iter().rev().find(|fact| fact.starts_with(lead)).copied();
    let called = draft.preferences.iter().find(|p| p.about == "call_me" && p.is_there());
    let name = called.map(|entry| entry.text.as_str());
    let name = name.or_else(|| lead("Name is ")?.strip_prefix("Name is ")).unwrap_or("The user");
    let main = [lead("Lives in "), lead("Works ")];
    let main: Vec<String> = main.iter().flatten().map(|fact| lowered(fact)).collect();
    let rest = facts
        .iter()
        .rev()
        .filter(|fact| !main.contains(&lowered(fact)) && !fact.starts_with("Name is "));
    let rest: Vec<String> = rest.take(MAX_NAMED).map(|fact| lowered(fact)).collect();
    let decided = draft.decisions.iter().rev().filter(|entry| entry.is_there()).take(MAX_NAMED);
    let decided: Vec<String> = decided.map(|d| format!("{}: {}", d.about, d.text)).collect();
    let wants = draft
        .preferences
        .iter()
        .rev()
        .filter(|p| p.is_there() && p.about != "call_me")
        .take(MAX_NAMED);
    let wants: Vec<String> =
        wants.map(|p| format!("{}: {}", p.about.replace('_', " "), p.text)).collect();

    let mut sentences = Vec::new();
    if !main.is_empty() {
        sentences.push(format!("{name} {}.", main.join(" and ")));
    } else if name != "The user" {
        sentences.push(format!("The user is {name}."));
    }
    for (label, parts) in [("Known", rest), ("Decided", decided), ("Prefers", wants)] {
        if !parts.is_empty() && sentences.len() < 3 {
            sentences.push(format!("{label}: {}.", parts.join("; ")));
        }
    }
    fitting(sentences.iter().map(String::as_str))
}

fn texts(entries: &[Entry]) -> Vec<&str> {
    let there = entries.iter().filter(|entry| entry.is_there());
    there.map(|entry| entry.text.as_str()).collect()
}

fn lowered(fact: &str) -> String {
    let mut chars = fact.chars();
    let first = chars.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(chars).collect()
}

/// One summary of two: every sentence of the newer one, then those of the other that add something, as far as they fit.
pub(super) fn merged(newer: &str, older: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    let both = sentences(newer).chain(sentences(older));
    let distinct = both.filter(|sentence| {
        let normal = normal(sentence);
        let known = normal.is_empty() || seen.iter().any(|other| other.contains(&normal));
        seen.push(normal);
        !known
    });
    fitting(distinct.take(MAX_CHARS))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let cut = text.char_indices().nth(8 * MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let text = text.get(..cut).unwrap_or(text);
    text.split_inclusive(['.', '!', '?', '。', '\n'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// As many sentences as fit; a first one that is too long alone is cut at a word.
fn fitting<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let needed =
            text.chars().count() + sentence.chars().count() + usize::from(!text.is_empty());
        if needed <= MAX_CHARS {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
        } else if text.is_empty() {
            let start: String = sentence.chars().take(MAX_CHARS - 1).collect();
            let start = start.rsplit_once(' ').map_or(start.as_str(), |(start, _)| start);
            text = format!("{start}…");
        }
    }
    text
}
