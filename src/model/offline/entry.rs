//! One thing that is known, and what becomes of it.

use super::pattern::pattern;
use super::words::normal;

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
    /// The user's words.
    pub(super) quote: String,
    sure: bool,
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

    pub(super) fn new(about: &str, text: &str, quote: &str, sure: bool) -> Self {
        Self { quote: shortened(quote), state: State::New, sure, ..Self::known("", about, text) }
    }

    pub(super) fn is_sure(&self) -> bool {
        self.sure
    }

    /// Makes a known item one that may be wrong.
    pub(super) fn hedged(self) -> Self {
        Self { sure: false, ..self }
    }

    pub(super) fn dated(self, date: &str) -> Self {
        Self { date: Some(date.to_owned()), ..self }
    }

    pub(super) fn is_there(&self) -> bool {
        self.state != State::Gone
    }

    /// Gives it another text; a known item keeps its id.
    pub(super) fn change(&mut self, text: &str, quote: &str, sure: bool) {
        text.clone_into(&mut self.text);
        self.quote = shortened(quote);
        self.sure = sure;
        if self.state != State::New {
            self.state = State::Changed;
        }
    }

    pub(super) fn confirm(&mut self) {
        if self.state == State::Known {
            self.state = State::Confirmed;
        }
    }

    pub(super) fn end(&mut self, quote: &str) {
        self.quote = shortened(quote);
        self.state = State::Gone;
    }

    pub(super) fn confidence(&self) -> &'static str {
        if self.sure { "high" } else { "medium" }
    }
}

/// Its beginning, up to a word's end.
pub(super) fn shortened(quote: &str) -> String {
    if quote.chars().count() <= MAX_QUOTE {
        return quote.to_owned();
    }
    let end = quote.char_indices().nth(MAX_QUOTE).map_or(quote.len(), |(at, _)| at);
    let start = quote.get(..end).unwrap_or(quote);
    start.rsplit_once(char::is_whitespace).map_or(start, |(start, _)| start).to_owned()
}

/// Facts of which only one can be true, by what they begin with.
const ONLY_ONE: [(&str, &[&str]); 7] = [
    ("name", &["name is "]),
    ("home", &["lives in "]),
    ("employer", &["works at ", "works for "]),
    ("birthday", &["birthday is "]),
    ("origin", &["is from "]),
    ("native language", &["native language is "]),
    ("marriage", &["is married", "is single", "is divorced", "is widowed", "is engaged"]),
];

/// What a fact rules out: two facts of one class cannot both be true.
pub(super) fn class(fact: &str) -> Option<String> {
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
    let one = ONLY_ONE.iter().find(|(_, leads)| leads.iter().any(|lead| fact.starts_with(lead)));
    one.map(|(class, _)| (*class).to_owned())
}
