//! Reads the memory block of a system prompt back.

use super::draft::Draft;
use super::entry::Entry;

/// What the memory block says.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    pub(super) sessions: Option<String>,
    pub(super) summary: String,
    pub(super) items: Draft,
}

/// Reads the last memory block of a system prompt; without one nothing is known.
pub(super) fn read(system: &str) -> Memory {
    let mut memory = Memory::default();
    let Some((_, block)) = system.rsplit_once("<memory>") else {
        return memory;
    };
    let block = block.split_once("</memory>").map_or(block, |(block, _)| block);
    let mut section = "";
    for line in block.lines() {
        let line = unescaped(line.trim_end());
        if let Some(item) = line.strip_prefix("- ") {
            add(&mut memory.items, section, item);
        } else if let Some(sessions) = line.strip_prefix("Sessions so far: ") {
            memory.sessions = Some(sessions.trim_end_matches('.').to_owned());
        } else if let Some(summary) = line.strip_prefix("Summary: ") {
            summary.clone_into(&mut memory.summary);
        } else {
            section = match line.as_str() {
                "Facts:" => "facts",
                "Preferences:" => "preferences",
                "Decisions:" => "decisions",
                _ => "",
            };
        }
    }
    memory
}

fn add(items: &mut Draft, section: &str, item: &str) {
    let hedged = item.strip_prefix("perhaps: ");
    let item = hedged.unwrap_or(item);
    let (about, text) = item.split_once(": ").unwrap_or((item, ""));
    let (list, entry) = match section {
        "facts" => (&mut items.facts, Entry::known("known", "", item)),
        "preferences" => (&mut items.preferences, Entry::known("known", about, text)),
        "decisions" => (&mut items.decisions, decision(about, text)),
        _ => return,
    };
    list.push(if hedged.is_some() { entry.hedged() } else { entry });
}

/// `2026-11-20 pricing` is a day and a topic.
fn decision(about: &str, text: &str) -> Entry {
    let day = |word: &str| word.len() == 10 && word.starts_with(|c: char| c.is_ascii_digit());
    match about.split_once(' ').filter(|(date, _)| day(date)) {
        Some((date, topic)) => Entry::known("known", topic, text).dated(date),
        None => Entry::known("known", about, text),
    }
}

fn unescaped(line: &str) -> String {
    line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
