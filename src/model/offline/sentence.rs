//! Cuts a message into clauses that each say one thing about the user.

use std::borrow::Cow;

use super::own::own_words;
use super::pattern::pattern;

/// The longest clause that is looked at, in bytes.
const MAX_CLAUSE: usize = 600;

/// One thing said.
#[derive(Debug, Clone)]
pub(super) struct Clause<'a> {
    /// As the user wrote it.
    pub(super) quote: &'a str,
    /// The same without openers, and with its subject where it had been left out.
    pub(super) text: Cow<'a, str>,
    /// Whether it was said without "I think" or "maybe".
    pub(super) sure: bool,
    /// Whether the user asked to remember it.
    pub(super) asked: bool,
    /// What it is about, where "for pricing, …" says so.
    pub(super) topic: Option<&'a str>,
}

/// The clauses of a message that state something: no questions, no "if I lived there", nothing reported of others.
pub(super) fn clauses(message: &str) -> Vec<Clause<'_>> {
    let sentences = own_words(message).into_iter().flat_map(sentences);
    sentences.flat_map(statements).collect()
}

/// Whether the last sentence of a message is a question.
pub(super) fn is_question(message: &str) -> bool {
    let sentences = own_words(message).into_iter().flat_map(sentences);
    let worded = sentences.filter(|sentence| sentence.chars().any(char::is_alphanumeric));
    let last = worded.reduce(|_, next| next);
    last.is_some_and(|s| s.ends_with(['?', '？']) || asks(strip_openers(s).0))
}

fn asks(text: &str) -> bool {
    let asking = pattern!(
        r"^(?:what|what's|whats|where|where's|who|who's|whose|why|how|how's|when|which|do|does|did|is|are|was|were|am|can|could|would|will|should|shall|may|have i|have we|has|tell me|show me|list|remind me|any idea|guess)\b"
    );
    let wish = pattern!(
        r"^(?:can|could|would|will) you (?:please )?(?:always|never|call me|keep|answer|reply|respond|speak|remember|use|write)\b"
    );
    asking.is_match(text) && !wish.is_match(text)
}

fn sentences(part: &str) -> Vec<&str> {
    let abbreviation = pattern!(
        r"(?:^|[\s(])(?:\p{L}|e\.g|i\.e|dr|mr|mrs|ms|st|vs|etc|prof|jr|sr|approx|inc|no|mt|ft|\d+)\.$"
    );
    let mut sentences = Vec::new();
    let mut from = 0;
    for end in pattern!(r"[.!?…;]+[\)”\x22]?(?:\s+|$)|[。！？]").find_iter(part) {
        let text = part.get(from..end.end()).unwrap_or_default().trim();
        let tail =
            text.char_indices().rev().nth(12).and_then(|(at, _)| text.get(at..)).unwrap_or(text);
        if end.as_str().trim_end() == "." && end.end() < part.len() && abbreviation.is_match(tail) {
            continue;
        }
        sentences.push(text);
        from = end.end();
    }
    sentences.extend(part.get(from..).map(str::trim).filter(|rest| !rest.is_empty()));
    sentences
}

/// The clauses of a sentence that may be believed.
fn statements(sentence: &str) -> Vec<Clause<'_>> {
    let sentence = sentence.trim_start_matches(['-', '*', '•', '·', ' ']);
    let (start, _) = strip_openers(sentence);
    let unreal = pattern!(
        r"^(?:if (?:i|we|my|our|only)|suppose|supposing|imagine|pretend|assume|assuming|let's say|let us say|what if|hypothetically|as if|say (?:i|we|my)|in a world|once upon)\b"
    );
    let task = pattern!(
        r"^(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:write|draft|compose|translate|summari[sz]e|rewrite|generate|create|act|roleplay|role-play|make up|invent|complete the|continue the|repeat after)\b"
    );
    let in_style = pattern!(r"\b(?:write|draft|compose)(?: to me| back)? in \w+");
    if unreal.is_match(start) || (task.is_match(start) && !in_style.is_match(start)) {
        return Vec::new();
    }
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    let (mut topic, mut own) = (None, false);
    let mut parts = parts(sentence).into_iter().peekable();
    while let Some(part) = parts.next() {
        if reports(part) {
            break;
        }
        let clause = clause(part, own);
        own |= pattern!(r"^(?:i|i'm|we|we're)\b").is_match(&clause.text);
        if asks(&clause.text) {
            return clauses;
        }
        let about =
            pattern!(r"^(?:for|as for|regarding|about|on|concerning) (?:the |our |my )?(.{1,60})$");
        if let Some(found) = about.captures(part).filter(|_| parts.peek().is_some()) {
            topic = found.get(1).map(|m| m.as_str().trim_end_matches([',', ':', ' ']));
            continue;
        }
        clauses.push(Clause { topic, ..clause });
    }
    // "I live in Porto, right?" asks; "I live in Porto, what is there to see?" has returned above.
    if sentence.ends_with(['?', '？']) && !wishes(sentence) {
        clauses.clear();
    }
    clauses
}

fn wishes(sentence: &str) -> bool {
    pattern!(r"\b(?:can|could|would|will) you (?:please )?(?:always|never|call me|keep|answer|reply|respond|speak|remember|use)\b").is_match(sentence)
}

/// Whether a clause gives what somebody else said.
fn reports(part: &str) -> bool {
    let own = pattern!(r"^(?:and |but |so |well,? |yes,? |as )*(?:i|we|i've|we've)\b");
    let verb = pattern!(
        r"\b(?:said|says|told|tells|thinks|claims|claimed|wrote|writes|asked|asks|mentioned|believes|insists)\b"
    );
    verb.is_match(part) && !own.is_match(part)
}

/// Cuts a sentence before each subject that a comma or a conjunction introduces.
fn parts(sentence: &str) -> Vec<&str> {
    let seam = pattern!(
        r"(?:\s*[,;:–—]\s*(?:(?:and|but|so|also|plus|because|since|while|though|although|then|now) ){0,2}| (?:(?:and|but|so|also|plus|because|while|though|although|then|now) ){1,2}| - )(i|i'm|i've|i'll|i'd|we|we're|we've|we'll|my|our|let's|please|call me|actually|remember|always|never|you can|what|what's|how|where|who|why|when|which|can you|could you|do you|would you|is there|are there|should i|should we)\b"
    );
    let verb = pattern!(
        r",? (?:and|but) (?:also |now |currently )?(live|work|use|love|like|hate|prefer|speak|have|study|play|drive|own|am|moved|decided|enjoy|run|teach)\b"
    );
    let mut seams: Vec<(usize, usize)> = Vec::new();
    for found in seam.captures_iter(sentence).chain(verb.captures_iter(sentence)) {
        if let (Some(all), Some(subject)) = (found.get(0), found.get(1)) {
            seams.push((all.start(), subject.start()));
        }
    }
    seams.sort_unstable();
    let mut parts = Vec::new();
    let mut from = 0;
    for (end, next) in seams {
        if end >= from {
            parts.extend(sentence.get(from..end));
            from = next;
        }
    }
    parts.extend(sentence.get(from..));
    parts
}

fn clause(part: &str, own: bool) -> Clause<'_> {
    let quote = part.trim().trim_end_matches(['.', '!', '?', ',', ';', ':', ' ']);
    let quote = quote.get(..quote.floor_char_boundary(MAX_CLAUSE)).unwrap_or(quote);
    let (text, marks) = strip_openers(quote);
    let bare = pattern!(
        r"^(?:live|work|use|love|like|hate|prefer|speak|have|study|play|drive|own|am|moved|decided|enjoy|run|teach)\b"
    );
    let text = if own && bare.is_match(text) { format!("I {text}").into() } else { text.into() };
    Clause { quote, text, sure: marks.sure, asked: marks.asked, topic: None }
}

#[derive(Debug, Clone, Copy)]
struct Marks {
    sure: bool,
    asked: bool,
}

/// Takes greetings, connectives, hedges and "please remember that" off the front.
fn strip_openers(text: &str) -> (&str, Marks) {
    let opener = pattern!(
        r"^(?:(?:hi|hello|hey|hiya|howdy|good morning|good evening|good afternoon)(?: there| again| everyone| all)?|well|ok|okay|so|oh|ah|hm+|yes|yeah|yep|sure|right|great|cool|nice|perfect|thanks(?: a lot)?|thank you|and|but|also|plus|actually|btw|by the way|fyi|honestly|basically|anyway|now|currently|for the record|just so you know|you know|as you know|as i said|like i said|in fact|to be honest|tbh|these days|nowadays|at the moment|personally|generally|usually|correction|update|sorry|i mean|finally|today|yesterday|last (?:week|month|year|night)|this (?:week|month|year|morning)|recently|because|since|while|though|although|then|however|it's true that|the thing is|(?:just )?to let you know|i(?:'ve| have)? (?:already )?(?:told|mentioned)(?: to)? you(?: before| already)?(?: that)?|i(?:'ve)? said(?: that)?|you should know(?: that)?|i(?:'d| would) like you to know(?: that)?)(?:[\s,:!.–—-]+|$)|^no[,.!]+\s*"
    );
    let hedge = pattern!(
        r"^(?:i think|i guess|i believe|i suppose|maybe|perhaps|probably|possibly|i'm not sure,? but)(?: that)?[\s,]+"
    );
    let remember = pattern!(
        r"^(?:please |pls )?(?:(?:can|could|would) you )?(?:please )?(?:remember|keep in mind|don't forget|do not forget|note|make a note|bear in mind|memori[sz]e|save)(?:( that\b| this:|\s*:)[\s,]*|[\s,]+)"
    );
    let mut marks = Marks { sure: true, asked: false };
    let mut text = text.trim_start();
    loop {
        let end = if let Some(found) = opener.find(text) {
            found.end()
        } else if let Some(found) = hedge.find(text) {
            marks.sure = false;
            found.end()
        } else if let Some(found) = remember.captures(text) {
            marks.asked |= found.get(1).is_some();
            found.get(0).map_or(0, |all| all.end())
        } else {
            return (text, marks);
        };
        match text.get(end..) {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => return (text, marks),
        }
    }
}
