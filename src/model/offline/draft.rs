//! What is known while a session is gone through, and what of it is new.

use super::claim::Claim;
use super::entry::{Entry, State, class, shortened};
use super::extract::Input;
use super::words::{normal, stems};

/// The most items that one session may propose.
pub(super) const MAX_ITEMS: usize = 20;

/// The three kinds of items as they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) facts: Vec<Entry>,
    pub(super) preferences: Vec<Entry>,
    pub(super) decisions: Vec<Entry>,
}

/// Adds a new entry unless there are as many as a session may propose.
fn add(entries: &mut Vec<Entry>, entry: Entry) {
    if entries.iter().filter(|entry| entry.state == State::New).count() < MAX_ITEMS {
        entries.push(entry);
    }
}

impl Draft {
    pub(super) fn new(input: &Input) -> Self {
        let text = |value: &serde_json::Value| {
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        };
        Self {
            facts: input.facts.iter().map(|f| Entry::known(&f.id, "", &f.fact)).collect(),
            preferences: (input.preferences.iter())
                .map(|p| Entry::known("", &p.key, &text(&p.value)))
                .collect(),
            decisions: (input.decisions.iter())
                .map(|d| Entry::known(&d.id, &d.topic, &d.decision))
                .collect(),
        }
    }

    /// Takes a claim over; whether it had anything to say to what is known.
    pub(super) fn take(&mut self, claim: Claim, quote: &str, sure: bool) -> bool {
        match claim {
            Claim::Fact(fact) => self.fact(&fact, quote, sure),
            Claim::Preference { key, value } => self.preference(&key, &value, quote, sure),
            Claim::Preferred { key, value, over } => {
                let over = over.map(|over| normal(&over));
                let held = self.preferences.iter().find(|p| Some(normal(&p.text)) == over);
                let key = held.map_or(key, |held| held.about.clone());
                self.preference(&key, &value, quote, sure);
            }
            Claim::Decision { topic, decision } => self.decision(&topic, &decision, quote, sure),
            Claim::Gone { words, exactly } => return self.gone(&words, exactly, quote),
            Claim::Switch { from, to } => self.switch(&from, &to, quote, sure),
        }
        true
    }

    fn fact(&mut self, fact: &str, quote: &str, sure: bool) {
        let (text, class) = (normal(fact), class(fact));
        let mut there = self.facts.iter_mut().filter(|entry| entry.is_there());
        let related = there.find(|entry| {
            let known = normal(&entry.text);
            let more =
                known.starts_with(&format!("{text} ")) || text.starts_with(&format!("{known} "));
            known == text || more || (class.is_some() && self::class(&known) == class)
        });
        match related {
            None => add(&mut self.facts, Entry::new("", fact, quote, sure)),
            Some(entry) => {
                let known = normal(&entry.text);
                if known == text
                    || known.starts_with(&format!("{text} "))
                    || known.starts_with(&format!("{text}, "))
                {
                    entry.confirm();
                } else {
                    entry.change(fact, quote, sure);
                }
            }
        }
    }

    fn preference(&mut self, key: &str, value: &str, quote: &str, sure: bool) {
        match self.preferences.iter_mut().find(|entry| normal(&entry.about) == normal(key)) {
            Some(entry) if entry.is_there() && normal(&entry.text) == normal(value) => {
                entry.confirm();
                entry.quote = shortened(quote);
            }
            Some(entry) => {
                entry.state = if entry.state == State::New { State::New } else { State::Changed };
                entry.change(value, quote, sure);
            }
            None => add(&mut self.preferences, Entry::new(key, value, quote, sure)),
        }
    }

    fn decision(&mut self, topic: &str, decision: &str, quote: &str, sure: bool) {
        let mut there = self.decisions.iter_mut().filter(|entry| entry.is_there());
        match there.find(|entry| normal(&entry.about) == normal(topic)) {
            Some(entry) if normal(&entry.text) == normal(decision) => entry.confirm(),
            Some(entry) => entry.change(decision, quote, sure),
            None => add(&mut self.decisions, Entry::new(topic, decision, quote, sure)),
        }
    }

    /// Ends what best matches the words. Unless `exactly`, a verb that says little may differ: "stopped using".
    fn gone(&mut self, words: &str, exactly: bool, quote: &str) -> bool {
        let all = stems(words);
        let little =
            ["prefer", "lik", "lov", "want", "us", "work", "job", "go", "hav", "drink", "own"];
        let telling: Vec<String> =
            all.iter().filter(|w| !little.contains(&w.as_str())).cloned().collect();
        let ended = self.end_matching(&all, quote);
        ended || (!exactly && self.end_matching(&telling, quote))
    }

    fn end_matching(&mut self, words: &[String], quote: &str) -> bool {
        let entries = self.facts.iter_mut().chain(&mut self.preferences).chain(&mut self.decisions);
        let matching = entries.filter(|entry| entry.is_there()).filter_map(|entry| {
            let known = stems(&format!("{} {}", entry.about.replace('_', " "), entry.text));
            let all = !words.is_empty() && words.iter().all(|word| known.contains(word));
            all.then_some((known.len(), entry))
        });
        let best = matching.min_by_key(|(length, _)| *length);
        best.map(|(_, entry)| entry.end(quote)).is_some()
    }

    fn switch(&mut self, from: &str, to: &str, quote: &str, sure: bool) {
        let (what, _) = to.split_once(" for ").unwrap_or((to, ""));
        let old = format!(" {} ", normal(from));
        let entries = self.facts.iter_mut().chain(&mut self.preferences).chain(&mut self.decisions);
        let mut holding =
            entries.filter(|e| e.is_there() && format!(" {} ", normal(&e.text)).contains(&old));
        if let Some(entry) = holding.next() {
            let at = entry.text.to_lowercase().find(normal(from).as_str());
            let parts = at.and_then(|at| {
                Some((entry.text.get(..at)?, entry.text.get(at + normal(from).len()..)?))
            });
            let text = parts.map_or_else(
                || format!("Uses {to}"),
                |(before, after)| format!("{before}{what}{after}"),
            );
            entry.change(&text, quote, sure);
        } else {
            self.fact(&format!("Uses {to}"), quote, sure);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.preferences.is_empty() && self.decisions.is_empty()
    }

    /// Whether anything but a confirmation came up.
    pub(super) fn is_changed(&self) -> bool {
        let entries = self.facts.iter().chain(&self.preferences).chain(&self.decisions);
        let mut states = entries.map(|entry| entry.state);
        states.any(|state| !matches!(state, State::Known | State::Confirmed))
    }
}
