//! What is known while a session is gone through, and what of it is new.

use super::claim::Claim;
use super::extract::{
    Input, NewDecision, NewFact, RetiredFact, Update, UpdatedFact, UpdatedPreference,
};
use super::pattern::pattern;
use super::words::{normal, stems};

/// The most items that one session may propose.
const MAX_ITEMS: usize = 20;

/// The longest quote, in characters.
const MAX_QUOTE: usize = 200;

/// The state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// As it was known.
    Known,
    /// Known and said again.
    Confirmed,
    /// Known under this id, with another text.
    Changed,
    /// No longer true.
    Gone,
    /// Learned now.
    New,
}

/// A fact, a preference or a decision. `about` is empty, the key, or the topic.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) about: String,
    pub(super) text: String,
    pub(super) state: State,
    /// The day of a decision, where it is known.
    pub(super) date: Option<String>,
    quote: String,
    sure: bool,
}

/// The three kinds of items as they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) facts: Vec<Entry>,
    pub(super) preferences: Vec<Entry>,
    pub(super) decisions: Vec<Entry>,
}

impl Entry {
    pub(super) fn known(id: &str, about: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            about: about.to_owned(),
            text: text.to_owned(),
            state: State::Known,
            date: None,
            quote: String::new(),
            sure: true,
        }
    }

    fn new(about: &str, text: &str, quote: &str, sure: bool) -> Self {
        Self {
            quote: shortened(quote),
            state: State::New,
            sure,
            ..Self::known("", about, text)
        }
    }

    pub(super) fn is_sure(&self) -> bool {
        self.sure
    }

    /// Makes a known item one that may be wrong.
    pub(super) fn hedged(self) -> Self {
        Self {
            sure: false,
            ..self
        }
    }

    pub(super) fn dated(self, date: &str) -> Self {
        Self {
            date: Some(date.to_owned()),
            ..self
        }
    }

    pub(super) fn is_there(&self) -> bool {
        self.state != State::Gone
    }

    /// Gives it another text; a known item keeps its id.
    fn change(&mut self, text: &str, quote: &str, sure: bool) {
        text.clone_into(&mut self.text);
        self.quote = shortened(quote);
        self.sure = sure;
        if self.state != State::New {
            self.state = State::Changed;
        }
    }

    fn confirm(&mut self) {
        if self.state == State::Known {
            self.state = State::Confirmed;
        }
    }

    fn end(&mut self, quote: &str) {
        self.quote = shortened(quote);
        self.state = State::Gone;
    }

    fn confidence(&self) -> &'static str {
        if self.sure { "high" } else { "medium" }
    }
}

/// Its beginning, up to a word's end.
fn shortened(quote: &str) -> String {
    if quote.chars().count() <= MAX_QUOTE {
        return quote.to_owned();
    }
    let end = quote
        .char_indices()
        .nth(MAX_QUOTE)
        .map_or(quote.len(), |(at, _)| at);
    let start = quote.get(..end).unwrap_or(quote);
    start
        .rsplit_once(char::is_whitespace)
        .map_or(start, |(start, _)| start)
        .to_owned()
}

/// Facts of which only one can be true, by what they begin with.
const ONLY_ONE: [(&str, &[&str]); 7] = [
    ("name", &["name is "]),
    ("home", &["lives in "]),
    ("employer", &["works at ", "works for "]),
    ("birthday", &["birthday is "]),
    ("origin", &["is from "]),
    ("native language", &["native language is "]),
    (
        "marriage",
        &[
            "is married",
            "is single",
            "is divorced",
            "is widowed",
            "is engaged",
        ],
    ),
];

/// What a fact rules out: two facts of one class cannot both be true.
fn class(fact: &str) -> Option<String> {
    let fact = normal(fact);
    if let Some(found) =
        pattern!(r"^(?:likes|loves|enjoys|adores|hates|dislikes|detests) (.+)$").captures(&fact)
    {
        return Some(format!("opinion of {}", found.get(1)?.as_str()));
    }
    if pattern!(r"^is \d+ years old").is_match(&fact) {
        return Some("age".to_owned());
    }
    // "Lives in a small flat" goes along with "Lives in Porto".
    if pattern!(r"^lives in (?:an?|the|their|my) ").is_match(&fact) {
        return None;
    }
    let one = ONLY_ONE
        .iter()
        .find(|(_, leads)| leads.iter().any(|lead| fact.starts_with(lead)));
    one.map(|(class, _)| (*class).to_owned())
}

/// Adds a new entry unless there are as many as a session may propose.
fn add(entries: &mut Vec<Entry>, entry: Entry) {
    if entries
        .iter()
        .filter(|entry| entry.state == State::New)
        .count()
        < MAX_ITEMS
    {
        entries.push(entry);
    }
}

impl Draft {
    pub(super) fn new(input: &Input) -> Self {
        let text = |value: &serde_json::Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        Self {
            facts: input
                .facts
                .iter()
                .map(|f| Entry::known(&f.id, "", &f.fact))
                .collect(),
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
                let held = self
                    .preferences
                    .iter()
                    .find(|p| Some(normal(&p.text)) == over);
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
        match self
            .preferences
            .iter_mut()
            .find(|entry| normal(&entry.about) == normal(key))
        {
            Some(entry) if entry.is_there() && normal(&entry.text) == normal(value) => {
                entry.confirm();
                entry.quote = shortened(quote);
            }
            Some(entry) => {
                entry.state = if entry.state == State::New {
                    State::New
                } else {
                    State::Changed
                };
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
            None => add(
                &mut self.decisions,
                Entry::new(topic, decision, quote, sure),
            ),
        }
    }

    /// Ends what best matches the words. Unless `exactly`, a verb that says little may differ: "stopped using".
    fn gone(&mut self, words: &str, exactly: bool, quote: &str) -> bool {
        let all = stems(words);
        let little = [
            "prefer", "lik", "lov", "want", "us", "work", "job", "go", "hav", "drink", "own",
        ];
        let telling: Vec<String> = all
            .iter()
            .filter(|w| !little.contains(&w.as_str()))
            .cloned()
            .collect();
        let ended = self.end_matching(&all, quote);
        ended || (!exactly && self.end_matching(&telling, quote))
    }

    fn end_matching(&mut self, words: &[String], quote: &str) -> bool {
        let entries = self
            .facts
            .iter_mut()
            .chain(&mut self.preferences)
            .chain(&mut self.decisions);
        let matching = entries
            .filter(|entry| entry.is_there())
            .filter_map(|entry| {
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
        let entries = self
            .facts
            .iter_mut()
            .chain(&mut self.preferences)
            .chain(&mut self.decisions);
        let mut holding =
            entries.filter(|e| e.is_there() && format!(" {} ", normal(&e.text)).contains(&old));
        if let Some(entry) = holding.next() {
            let at = entry.text.to_lowercase().find(normal(from).as_str());
            let parts = at.and_then(|at| {
                Some((
                    entry.text.get(..at)?,
                    entry.text.get(at + normal(from).len()..)?,
                ))
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

    /// What changed, at most [`MAX_ITEMS`] items of it.
    pub(super) fn update(&self) -> Update {
        let mut left = MAX_ITEMS;
        let mut some = |entries: &[Entry], states: &[State]| -> Vec<Entry> {
            let chosen = entries.iter().filter(|entry| states.contains(&entry.state));
            let chosen: Vec<Entry> = chosen.take(left).cloned().collect();
            left -= chosen.len();
            chosen
        };
        let known = |entries: &[Entry]| -> Vec<Entry> {
            entries
                .iter()
                .filter(|entry| !entry.id.is_empty())
                .cloned()
                .collect()
        };
        let mut both = known(&self.facts);
        both.extend(known(&self.decisions));
        let changed = some(&both, &[State::Changed]);
        let gone = some(&both, &[State::Gone]);
        let confirmed = some(&both, &[State::Confirmed]);
        let preferences: Vec<Entry> = (self.preferences.iter())
            .filter(|entry| !entry.quote.is_empty())
            .cloned()
            .collect();
        let preferences = some(
            &preferences,
            &[State::New, State::Changed, State::Gone, State::Confirmed],
        );
        let decisions = some(&self.decisions, &[State::New]);
        let facts = some(&self.facts, &[State::New]);
        Update {
            running_summary: String::new(),
            updated_facts: changed.into_iter().map(UpdatedFact::from).collect(),
            retired_facts: gone.into_iter().map(RetiredFact::from).collect(),
            confirmed_facts: confirmed.into_iter().map(|entry| entry.id).collect(),
            updated_preferences: preferences
                .into_iter()
                .map(UpdatedPreference::from)
                .collect(),
            new_decisions: decisions.into_iter().map(NewDecision::from).collect(),
            new_facts: facts.into_iter().map(NewFact::from).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.preferences.is_empty() && self.decisions.is_empty()
    }

    /// Whether anything but a confirmation came up.
    pub(super) fn is_changed(&self) -> bool {
        let entries = self
            .facts
            .iter()
            .chain(&self.preferences)
            .chain(&self.decisions);
        let mut states = entries.map(|entry| entry.state);
        states.any(|state| !matches!(state, State::Known | State::Confirmed))
    }
}

impl From<Entry> for NewFact {
    fn from(entry: Entry) -> Self {
        Self {
            confidence: entry.confidence(),
            fact: entry.text,
            quote: entry.quote,
        }
    }
}

impl From<Entry> for UpdatedFact {
    fn from(entry: Entry) -> Self {
        Self {
            confidence: entry.confidence(),
            id: entry.id,
            fact: entry.text,
            quote: entry.quote,
        }
    }
}

impl From<Entry> for RetiredFact {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            quote: entry.quote,
        }
    }
}

impl From<Entry> for UpdatedPreference {
    fn from(entry: Entry) -> Self {
        let value = entry.is_there().then(|| entry.text.clone());
        Self {
            confidence: entry.confidence(),
            key: entry.about,
            value,
            quote: entry.quote,
        }
    }
}

impl From<Entry> for NewDecision {
    fn from(entry: Entry) -> Self {
        Self {
            confidence: entry.confidence(),
            topic: entry.about,
            decision: entry.text,
            quote: entry.quote,
        }
    }
}
