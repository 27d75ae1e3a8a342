//! Answers questions about the user from what is known, and says so when nothing is.

use super::block::Memory;
use super::draft::Draft;
use super::entry::Entry;
use super::pattern::pattern;
use super::words::{capital, stems, to_you};

/// Answers a question; `None` when it is not about the user or what they told.
pub(super) fn answer(question: &str, known: &Draft, memory: &Memory) -> Option<String> {
    let everything = pattern!(
        r"\b(?:know|remember|recall|learned|learnt|memory|memories|got|stored|have|noted)\b.{0,20}\b(?:about|of|on) (?:me|us|myself)\b|^.{0,20}\bdo you (?:know|remember|recogni[sz]e|recall) me\b|\bwho (?:am i|i am)\b|\btell me about (?:me|myself)\b|\bwhat (?:do|can|did) you (?:remember|know|recall|learn)\W*$|\bwhat (?:did|have) i (?:told|tell)(?: you)?\W*$|\bdescribe me\b"
    );
    if everything.is_match(question) {
        return Some(all(known, memory));
    }
    let own = pattern!(r"\b(?:i|i'm|my|me|mine|we|our|us)\b").is_match(question);
    let recalls =
        pattern!(r"\b(?:remember|recall|decided?|decisions?|told you)\b").is_match(question);
    let leads = single(question);
    if let Some((leads, unknown)) = leads {
        return Some(one(question, known, leads, unknown));
    }
    let task = pattern!(
        r"^(?:(?:can|could|would|will) you|should (?:i|we)|how (?:do|can|should) (?:i|we))\b"
    );
    if !recalls && (!own || task.is_match(question)) {
        return None;
    }
    Some(search(question, known))
}

/// The user's name as they want to be called.
pub(super) fn name(known: &Draft) -> Option<String> {
    let called =
        known.preferences.iter().find(|entry| entry.about == "call_me" && entry.is_there());
    let named = || {
        let fact = known.facts.iter().filter(|entry| entry.is_there());
        fact.rev().find_map(|entry| entry.text.strip_prefix("Name is ")).map(str::to_owned)
    };
    called.map(|entry| entry.text.clone()).or_else(named)
}

type Leads = &'static [&'static str];

/// Questions that facts of one beginning answer, and what to say without one.
fn single(question: &str) -> Option<(Leads, &'static str)> {
    let kinds: [(&regex::Regex, Leads, &str); 5] = [
        (
            pattern!(r"\bmy (?:own |first |full )?name\b|\bam i called\b|\byou call me\b"),
            &["Name is "],
            "what your name is",
        ),
        (
            pattern!(
                r"\bwhere (?:do|am|did) (?:i|we) (?:live|living|based|move)|\bwhere i live\b|\bwhich (?:city|town|country) do i live"
            ),
            &["Lives "],
            "where you live",
        ),
        (
            pattern!(r"\bwhere (?:am|do) i (?:come )?from\b"),
            &["Is from ", "Grew up in ", "Was born in "],
            "where you are from",
        ),
        (
            pattern!(
                r"\bwhere do i work\b|\bwhat do i do\b|\bmy (?:job|profession|employer|occupation)\b|\bfor a living\b|\bwho do i work for\b"
            ),
            &["Works ", "Is a ", "Is an ", "Is the "],
            "what you do",
        ),
        (
            pattern!(r"\bhow old am i\b|\bmy age\b"),
            &["Is 1", "Is 2", "Is 3", "Is 4", "Is 5", "Is 6", "Is 7", "Is 8", "Is 9"],
            "how old you are",
        ),
    ];
    let found = kinds.into_iter().find(|(pattern, ..)| pattern.is_match(question));
    found.map(|(_, leads, unknown)| (leads, unknown))
}

fn one(question: &str, known: &Draft, leads: Leads, unknown: &str) -> String {
    if leads == ["Name is "]
        && let Some(name) = name(known)
    {
        return format!("Your name is {name}.");
    }
    let there = known.facts.iter().filter(|entry| entry.is_there());
    let found: Vec<String> = there
        .filter(|entry| leads.iter().any(|lead| entry.text.starts_with(lead)))
        .map(sentence)
        .collect();
    if !found.is_empty() {
        return found.join(" ");
    }
    let others = matching(question, known);
    if others.is_empty() { format!("I do not know {unknown}.") } else { others.join(" ") }
}

fn all(known: &Draft, memory: &Memory) -> String {
    let there = |entries: &[Entry]| -> Vec<String> {
        entries.iter().filter(|entry| entry.is_there()).map(line).collect()
    };
    let lists = [&known.facts, &known.preferences, &known.decisions].map(|entries| there(entries));
    if lists.iter().all(Vec::is_empty) && memory.summary.is_empty() {
        return "I do not know anything about you yet.".to_owned();
    }
    let sessions = memory.sessions.as_ref();
    let sessions = sessions.map(|n| format!(" (sessions so far: {n})")).unwrap_or_default();
    let text = format!("This is what I know about you{sessions}:");
    if lists.iter().all(Vec::is_empty) {
        return format!("{text} {}", memory.summary);
    }
    let titled = ["Facts", "Preferences", "Decisions"]
        .iter()
        .zip(lists)
        .filter(|(_, lines)| !lines.is_empty());
    let titled = titled.map(|(title, lines)| format!("**{title}**\n- {}", lines.join("\n- ")));
    [text].into_iter().chain(titled).collect::<Vec<_>>().join("\n\n")
}

/// An item in a list.
fn line(entry: &Entry) -> String {
    let perhaps = if entry.is_sure() { "" } else { "perhaps: " };
    let date = entry.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
    if entry.about.is_empty() {
        return format!("{perhaps}{}", entry.text);
    }
    format!("{perhaps}{}: {}{date}", entry.about.replace('_', " "), entry.text)
}

/// An item as a sentence.
fn sentence(entry: &Entry) -> String {
    let text = if entry.about.is_empty() {
        to_you(&entry.text)
    } else {
        let date =
            entry.date.as_ref().map(|date| format!(" (decided on {date})")).unwrap_or_default();
        format!("{}: {}{date}", entry.about.replace('_', " "), entry.text)
    };
    if entry.is_sure() {
        format!("{}.", capital(&text))
    } else {
        format!("Perhaps {text}; I am not sure of it.")
    }
}

fn search(question: &str, known: &Draft) -> String {
    let found = matching(question, known);
    if found.is_empty() {
        return "I do not know that: nothing that you told me says so.".to_owned();
    }
    if found.len() == 1 { found.concat() } else { format!("- {}", found.join("\n- ")) }
}

/// The items that share the most words with a question; of decisions all, when it asks for no topic.
fn matching(question: &str, known: &Draft) -> Vec<String> {
    let asks = [
        "remember", "know", "tell", "told", "say", "said", "think", "recall", "mention", "again",
        "last", "time", "ever", "am",
    ];
    let mut words = stems(question);
    words.retain(|word| !asks.contains(&word.as_str()));
    let decides = |word: &String| {
        word.starts_with("decid")
            || word.starts_with("decis")
            || word.starts_with("agre")
            || word.starts_with("settl")
    };
    let about_decisions = words.iter().any(decides);
    words.retain(|word| !decides(word));
    let preferences =
        if words.iter().any(|w| w.starts_with("prefer")) { &known.preferences[..] } else { &[] };
    words.retain(|word| !word.starts_with("prefer"));
    if words.is_empty() && !preferences.is_empty() {
        return preferences.iter().filter(|entry| entry.is_there()).map(sentence).collect();
    }
    let entries: Vec<&Entry> = if about_decisions {
        known.decisions.iter().collect()
    } else {
        known.facts.iter().chain(&known.preferences).chain(&known.decisions).collect()
    };
    let there = entries.into_iter().filter(|entry| entry.is_there());
    let scored: Vec<(usize, &Entry)> = there.map(|entry| (score(&words, entry), entry)).collect();
    let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    let wanted =
        |score: usize| (best > 0 && score == best) || (about_decisions && words.is_empty());
    let found = scored.into_iter().filter(|(score, _)| wanted(*score));
    found.map(|(_, entry)| sentence(entry)).collect()
}

/// How well an item answers: words like "name" or "like" count only beside a telling one, or where there is none.
fn score(words: &[String], entry: &Entry) -> usize {
    let weak = ["nam", "favourit", "us", "lik", "lov", "hav", "go", "typ", "kind", "best"];
    let text = stems(&format!("{} {}", entry.about.replace('_', " "), entry.text));
    let is_weak = |word: &&String| weak.contains(&word.as_str());
    let (weak, telling): (Vec<&String>, Vec<&String>) = words.iter().partition(is_weak);
    let found = |words: &[&String]| words.iter().filter(|word| text.contains(word)).count();
    match found(&telling) {
        0 if !telling.is_empty() => 0,
        telling => 2 * telling + found(&weak),
    }
}
