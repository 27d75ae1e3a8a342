//! The chat: greets, notes statements, and answers questions about what is known.

use super::block::{self, Memory};
use super::claim::is_secret;
use super::draft::Draft;
use super::entry::{Entry, State};
use super::extract::learn;
use super::pattern::pattern;
use super::question;
use super::sentence::is_question;
use super::words::to_you;
use crate::model::{Message, Role};

/// What it says when it understands nothing.
pub(super) const LIMITS: &str = "I am the offline rule engine: I understand only a little plain English, note what you tell me \
    about yourself, and answer questions about it. With `ANTHROPIC_API_KEY` set, a real model answers.";

/// Answers the last message.
pub(super) fn answer(system: &str, messages: &[Message]) -> String {
    let memory = block::read(system);
    let Some((last, earlier)) = messages.split_last() else {
        return LIMITS.to_owned();
    };
    let text = last.text.trim();
    let known = || {
        let mut known = memory.items.clone();
        let own = earlier.iter().filter(|message| message.role == Role::User);
        own.for_each(|message| learn(&mut known, &message.text));
        known
    };
    if is_question(text) {
        let mut known = known();
        learn(&mut known, text);
        return question::answer(text, &known, &memory).unwrap_or_else(|| LIMITS.to_owned());
    }
    if let Some(reply) = courtesy(text, &memory, known) {
        return reply;
    }
    noted(text, memory.items)
}

/// Greetings, thanks and goodbyes.
fn courtesy(text: &str, memory: &Memory, known: impl Fn() -> Draft) -> Option<String> {
    let greeting = pattern!(
        r"^(?:hi|hello|hey|hiya|howdy|good (?:morning|evening|afternoon|day))(?: there| again)?[\s!.,:)]*$"
    );
    let thanks = pattern!(
        r"^(?:thanks|thank you|thx|cheers|great|cool|nice|perfect|ok|okay)(?: a lot| so much| very much)?[\s!.,:)]*$"
    );
    let bye = pattern!(
        r"^(?:bye|goodbye|good night|see you|see ya|cya)(?: later| tomorrow| soon)?[\s!.,:)]*$"
    );
    let name = || question::name(&known()).map(|name| format!(", {name}")).unwrap_or_default();
    if greeting.is_match(text) {
        let nothing = memory.items.is_empty() && known().is_empty();
        let more = if nothing {
            " I know nothing about you yet: tell me who you are."
        } else {
            " Good to see you again."
        };
        return Some(format!("Hello{}!{more}", name()));
    }
    if bye.is_match(text) {
        return Some(format!("Goodbye{}!", name()));
    }
    thanks.is_match(text).then(|| "You are welcome.".to_owned())
}

/// Says what a statement was understood as.
fn noted(text: &str, mut items: Draft) -> String {
    let secret = is_secret(text);
    learn(&mut items, text);
    let facts = items.facts.iter().filter_map(|fact| change(fact, &to_you(&fact.text)));
    let preferences = items.preferences.iter().filter_map(|item| {
        change(item, &format!("preference *{}*: {}", item.about.replace('_', " "), item.text))
    });
    let decisions = items
        .decisions
        .iter()
        .filter_map(|item| change(item, &format!("decision *{}*: {}", item.about, item.text)));
    let noted: Vec<String> = facts.chain(preferences).chain(decisions).collect();
    let secret =
        secret.then_some("I keep no passwords, keys or card numbers, so I leave that out.");
    match (noted.is_empty(), secret) {
        (true, None) => LIMITS.to_owned(),
        (true, Some(secret)) => secret.to_owned(),
        (false, secret) => {
            let noted = format!("Noted: {}.", noted.join("; "));
            secret.map_or(noted.clone(), |secret| format!("{noted} {secret}"))
        }
    }
}

fn change(entry: &Entry, said: &str) -> Option<String> {
    let perhaps = if entry.is_sure() { "" } else { "perhaps " };
    match entry.state {
        State::Known => None,
        State::New => Some(format!("{perhaps}{said}")),
        State::Changed => Some(format!("{perhaps}{said} (changed)")),
        State::Confirmed => Some(format!("{said}, as I knew")),
        State::Gone => Some(format!("no longer that {said}")),
    }
}
