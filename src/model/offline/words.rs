//! Small things about words: cleaning a value, comparing texts, changing the person.

use super::pattern::pattern;

/// The longest text of an item, in characters: what is longer is no plain statement.
const MAX_VALUE: usize = 160;

/// Words that say nothing about what a sentence is about.
const STOP: &str = " a an the of in on at to for with from by and or but as is are am was were be been do does did have has had \
    my our your their his her its me us them i we you he she it they this that these those what which who whom where when how \
    why not no so about any some there here than then too very can could will would should tell please s t d m re ve ll ";

/// A value taken from a sentence, cut where another thought begins and without filler at its end.
/// `None` when it is empty, too long, or only points at something said elsewhere.
pub(super) fn clean(value: &str) -> Option<String> {
    let thought = pattern!(
        r"(?:[,;:–—(]\s*| )(?:(?:because|since|but|when|while|which|who|although|though|unless|until|if|after|before|please|thanks|thank you|by the way|btw|whenever|as long as)\b|(?:and|so) (?:i|we|he|she|they|it|that|you|please|no|not|never|don't|do not)\b|so that\b)|\s[-–—]+\s|\s\("
    );
    let value = thought.find(value).map_or(value, |m| value.get(..m.start()).unwrap_or(value));
    let mut value = trim(value);
    let filler = pattern!(
        r"[\s,]+(?:now|currently|these days|nowadays|at the moment|right now|too|as well|any ?more|any longer|already|again|today|lately|haha|lol|ok|okay|right|actually|instead|of course|for now|from now on|myself|btw|please|yesterday|last (?:week|month|year|spring|summer|autumn|fall|winter)|(?:an?|one|two|three|four|five|ten|\d+) (?:days?|weeks?|months?|years?) ago)$"
    );
    while let Some(found) = filler.find(value) {
        value = trim(value.get(..found.start())?);
    }
    let pointing = pattern!(
        r"^(?:it|this|that|these|those|them|him|her|you|your|yours|something|anything|nothing|everything|someone|what|how|there|so|one|both|mine)\b"
    );
    let sound =
        !value.is_empty() && value.chars().count() <= MAX_VALUE && !pointing.is_match(value);
    sound.then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn trim(value: &str) -> &str {
    let emoji = |c: char| matches!(u32::from(c), 0x2190..=0x2bff | 0xfe0f | 0x200d | 0x1f000..);
    let noise = |c: char| c.is_whitespace() || ".,!?;:…\"“”‘’'()[]*_`~".contains(c) || emoji(c);
    value.trim_matches(noise)
}

/// Whether a value reads like a person's name.
pub(super) fn is_name(value: &str) -> bool {
    let odd = pattern!(
        r"^(?:not|no|a|an|the|my|very|so|later|back|when|if|at|on|tomorrow|today|maybe|anytime|any|crazy|old|in|by|now|going|important|secret|hard|long|short|spelled)\b"
    );
    let letters = |c: char| c.is_alphabetic() || c == '\u{301}' || " .'’-".contains(c);
    value.split(' ').count() <= 4 && value.chars().all(letters) && !odd.is_match(value)
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).collect()
}

/// The user's own view as seen from outside: `my worker` is `their worker`.
pub(super) fn outside(text: &str) -> String {
    swap(text, |word| match word {
        "my" | "our" | "My" | "Our" => Some("their"),
        "me" | "us" => Some("them"),
        "mine" | "ours" => Some("theirs"),
        "myself" | "ourselves" => Some("themselves"),
        "I" | "i" | "we" => Some("they"),
        "I'm" | "i'm" | "I’m" | "i’m" | "we're" | "we’re" => Some("they are"),
        "am" => Some("are"),
        _ => None,
    })
}

/// An item's text as said to the user: `Uses Rust for their worker` is `you use Rust for your worker`.
pub(super) fn to_you(text: &str) -> String {
    let text = swap(text, |word| match word {
        "their" => Some("your"),
        "them" | "they" => Some("you"),
        "theirs" => Some("yours"),
        "themselves" => Some("yourself"),
        _ => None,
    });
    let (first, rest) = text.split_once(' ').unwrap_or((text.as_str(), ""));
    let verb = match first {
        "Is" => "you are",
        "Has" => "you have",
        "Does" => "you do",
        "Was" => "you were",
        "Allergic" => "you are allergic",
        "Grew" => "you grew",
        "Founded" => "you founded",
        "Studies" => "you study",
        "Teaches" => "you teach",
        _ => return to_you_by_ending(first, rest),
    };
    format!("{verb} {rest}")
}

/// Verbs in `-s` that the rules make; other first words are the user's own things: `Dog is called Rex`.
fn to_you_by_ending(first: &str, rest: &str) -> String {
    let verbs = " Uses Lives Works Likes Loves Enjoys Adores Hates Dislikes Detests Speaks Plans Wants Runs Owns Manages Leads \
        Maintains Coaches Writes Plays Drives Collects Practises Practices Grows Brews Prefers Needs Deploys Hosts ";
    if verbs.contains(&format!(" {first} ")) {
        let verb =
            first.strip_suffix("es").filter(|v| v.ends_with("ch")).or(first.strip_suffix('s'));
        return format!("you {} {rest}", verb.unwrap_or(first).to_lowercase());
    }
    let owned = pattern!(r"^\S+(?: \S+)? (?:is|are|uses|runs|has) ");
    let all = format!("{first} {rest}");
    if owned.is_match(&all) {
        return format!(
            "your {}{}",
            first.to_lowercase(),
            all.get(first.len()..).unwrap_or_default()
        );
    }
    all.trim_end().to_owned()
}

/// `like` as `Likes`.
pub(super) fn third_person(verb: &str) -> String {
    let verb = capital(&verb.to_lowercase());
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if verb.ends_with("ch") || verb.ends_with("sh") => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

fn swap(text: &str, by: impl Fn(&str) -> Option<&'static str>) -> String {
    let words = text.split(' ').map(|word| by(word).unwrap_or(word));
    words.collect::<Vec<_>>().join(" ")
}

/// The form in which two texts are compared: lower case, plain apostrophes, no `The user` before it.
pub(super) fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace(['’', '‘', 'ʼ'], "'");
    let text = trim(&text);
    let subject = pattern!(r"^(?:the )?user(?:'s)? ");
    let text = subject.replace(text, "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a text is about: its words without the empty ones, without endings.
pub(super) fn stems(text: &str) -> Vec<String> {
    let text = normal(text).replace("favorite", "favourite").replace("color", "colour");
    let words = text.split(|c: char| !(c.is_alphanumeric() || "+#".contains(c)));
    let telling = words.filter(|word| !word.is_empty() && !STOP.contains(&format!(" {word} ")));
    telling.map(stem).collect()
}

fn stem(word: &str) -> String {
    let long = |stem: &&str| stem.chars().count() >= 3;
    let stem = ["ing", "ies", "es", "ed", "s", "e", "y"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(long));
    let stem = stem.unwrap_or(word);
    match word {
        "use" | "uses" | "using" | "used" => "us".to_owned(),
        _ => stem.to_owned(),
    }
}
