//! Reads a clause: what it says about the user.

use super::pattern::pattern;
use super::rules::{DECISIONS, DENIALS, FACTS, RETIREMENTS, first};
use super::sentence::Clause;
use super::slots::{is_language, is_tool, key, slot};
use super::wish::preference;
use super::words::{capital, clean, is_name, normal, outside};

/// What a clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    /// Something true of the user, in the third person.
    Fact(String),
    /// How the user wants something.
    Preference { key: String, value: String },
    /// "I prefer coffee over tea": also replaces a preference for what it is preferred over.
    Preferred { key: String, value: String, over: Option<String> },
    /// Something settled.
    Decision { topic: String, decision: String },
    /// Something that holds no longer: what is known of these words. `exactly`: all of them must be known.
    Gone { words: String, exactly: bool },
    /// One thing in another's place.
    Switch { from: String, to: String },
}

/// What a clause may say, likeliest first; a [`Claim::Gone`] counts only if something known goes.
pub(super) fn claims(clause: &Clause<'_>) -> Vec<Claim> {
    let text = clause.text.as_ref();
    if is_secret(clause.quote) {
        return Vec::new();
    }
    let gone = first(&RETIREMENTS, text).map(|words| Claim::Gone { words, exactly: false });
    let denied = first(&DENIALS, text).map(|words| Claim::Gone { words, exactly: true });
    let taken_back = gone.is_some();
    let said = (!taken_back)
        .then(|| {
            switch(text)
                .or_else(|| preference(text))
                .or_else(|| decision(clause))
                .or_else(|| fact(text))
        })
        .flatten()
        .or_else(|| asked(clause).filter(|_| !taken_back));
    gone.into_iter().chain(denied).chain(said).collect()
}

/// Whether a text speaks of a password, a key or a card, or looks like one.
pub(super) fn is_secret(text: &str) -> bool {
    pattern!(
        r"\b(?:password|passwd|passphrase|passcode|pass ?word|api[- ]?key|secret key|access key|private key|secret|access token|auth token|bearer|token|pin|pin code|cvv|cvc|credit card|debit card|card number|ssn|social security|iban|seed phrase|account number)\b.{0,40}(?:\b(?:is|are|was)\b|'s|[:=])|\b(?:sk|pk|rk)[-_][a-z0-9_-]{8,}|\bgh[opsu]_\w{10,}|\bxox[a-z]-\w+|\bakia[0-9a-z]{12,}|\b(?:\d[ -]?){13,19}\b|-----begin|\beyj[\w-]{10,}\."
    )
    .is_match(text)
}

fn decision(clause: &Clause<'_>) -> Option<Claim> {
    let about = pattern!(
        r"^(?:for|as for|regarding|on) (?:the |our |my )?(.{1,60}?),? ((?:{i}|{i}'ll|let's) .+)$"
    );
    let about = about.captures(&clause.text);
    let about =
        about.as_ref().and_then(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
    let (about, text) =
        about.map_or((clause.topic, clause.text.as_ref()), |(about, text)| (Some(about), text));
    let decision = first(&DECISIONS, text)?;
    let split = pattern!(r"^(.+?) (?:for|as) (?:the |their |a |an )?(.+)$").captures(&decision);
    let parts = split.and_then(|found| {
        Some((found.get(1)?.as_str().to_owned(), found.get(2)?.as_str().to_owned()))
    });
    let (topic, decision) = match (about.and_then(clean), parts) {
        (Some(topic), _) => (topic, decision),
        (None, Some((what, topic))) => (topic, what),
        (None, None) => (topic(&decision)?, decision),
    };
    Some(Claim::Decision { topic: topic.to_lowercase(), decision })
}

/// What a decision is about that does not say so: the slot of what was chosen, or its first telling words.
fn topic(decision: &str) -> Option<String> {
    slot(decision)
        .map(|slot| slot.replace('_', " "))
        .or_else(|| key(decision).map(|key| key.replace('_', " ")))
}

fn switch(text: &str) -> Option<Claim> {
    let pattern = pattern!(
        r"^{i}(?:'ve| have)?{adv} (?:switched|migrated|moved|changed)(?: over)? from (.+?) to (.+)$"
    );
    let found = pattern.captures(text)?;
    let (from, to) = (clean(found.get(1)?.as_str())?, clean(found.get(2)?.as_str())?);
    let home = text.to_lowercase().contains("moved") && !is_tool(&to);
    (!home).then_some(Claim::Switch { from, to })
}

fn fact(text: &str) -> Option<Claim> {
    name(text).or_else(|| {
        let fact = first(&FACTS, text)?;
        plausible(&fact).map(Claim::Fact)
    })
}

fn name(text: &str) -> Option<Claim> {
    let told = pattern!(
        r"^my (?:full |first |real |given )?name(?:'s| is) (.+)$|^{am} called (.+)$|^my name (?:has changed|changed) to (.+)$"
    );
    let found = told
        .captures(text)
        .and_then(|found| found.iter().skip(1).flatten().next().map(|m| m.as_str()));
    // "I'm Ana": capitals only, and no word that says where someone is from or how they are.
    let plain = pattern!(r"^(?:i'm|i am) ((?-i:\p{Lu}\p{L}*(?:(?: |'|-)\p{Lu}\p{L}*){0,3}))(?:(?:,| \(| from | and ).*)?$")
        .captures(text);
    let other = pattern!(
        r"^(?:british|english|irish|scottish|spanish|portuguese|french|german|italian|dutch|polish|russian|american|canadian|mexican|brazilian|chinese|japanese|korean|indian|african|european|asian|swedish|danish|finnish|greek|turkish|catholic|muslim|jewish|hindu|buddhist|christian|vegan|vegetarian|ok|okay|fine|good|great|sorry|sure|done|back|here|ready|tired|busy|happy|sad|sick|lost|new|not|very|so|just|still|in|on|at|from|a|an|the|glad|hungry|curious|stuck|confused|married|single|retired|pregnant|utc|gmt|cet|going|working|building|learning)\b"
    );
    let plain = plain
        .and_then(|found| found.get(1))
        .map(|m| m.as_str())
        .filter(|name| !other.is_match(name));
    let name = clean(found.or(plain)?).filter(|name| is_name(name))?;
    Some(Claim::Fact(format!("Name is {name}")))
}

/// Turns down what only looks like a fact: "I'm a bit tired", "I have a question", "I like that idea".
fn plausible(fact: &str) -> Option<String> {
    let idle = pattern!(
        r"^(?:is (?:an? )(?:bit|little|lot|tad|while|mess|idiot|few|moment|minute|huge|step|beginner at this)\b|has (?:an? |one |two |three |\d+ )?(?:\w+ )?(?:questions?|problems?|ideas?|issues?|meetings?|feeling|doubts?|bugs?|headache|look|lot|few|bit|minutes?|moment|seconds?|requests?|tasks?|plan|suggestions?|hunch|point|deadline|call|appointment|errors?|favou?r|chance|reason|cold|time|day|thoughts?|couple|things?)\b|(?:wants|plans) to (?:know|ask|understand|see|hear|check|say|thank|talk|try|do|be|make sure|tell|go to bed|sleep|bed|need|have to|use (?:it|this|that)|start|finish|get|put|let|take|leave|eat|order)\b|(?:writing|is writing) (?:to|you|in)\b|(?:likes|loves|enjoys|hates|dislikes) (?:how|when|where|what|the (?:idea|way|answer|suggestion|sound|look)|being asked)\b|is going to the (?:point|bottom)\b|is (?:here|there)\b|lives in (?:hope|fear|the moment|denial)\b|works (?:on|in|with) (?:it|this|that|my|progress)\b|runs (?:into|out|late|the risk|a (?:test|check|command))|leads to\b|is making (?:sure|sense|progress)\b|is reading (?:the|your|about)\b|uses (?:to|up)\b|plays (?:a role|around)\b)"
    );
    let fact_text = normal(fact);
    if idle.is_match(&fact_text) {
        return None;
    }
    // Whoever moved to Postgres did not move house; whoever speaks Rust does not speak it.
    if let Some(place) = fact.strip_prefix("Lives in ").filter(|place| is_tool(place)) {
        return Some(format!("Uses {place}"));
    }
    let speaks = fact.strip_prefix("Speaks ").is_some_and(|what| !is_language(what));
    let age = fact.strip_prefix("Is ").and_then(|rest| rest.strip_suffix(" years old"));
    let too_old =
        age.is_some_and(|age| age.parse().is_ok_and(|age: u32| !(3..=120).contains(&age)));
    (!speaks && !too_old).then(|| fact.to_owned())
}

/// "Please remember that …": whatever it says.
fn asked(clause: &Clause<'_>) -> Option<Claim> {
    let text = clause.asked.then(|| clean(&clause.text))??;
    Some(Claim::Fact(capital(&outside(&text))))
}
