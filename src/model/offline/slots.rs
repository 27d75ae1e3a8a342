//! Which preference a word belongs to, so that a new value replaces the old one.

use super::pattern::pattern;
use super::words::{clean, normal, stems};

/// Words and the slot they fill: whoever prefers coffee no longer prefers tea.
const SLOTS: &[(&str, &str)] = &[
    ("drink", "tea|coffee|espresso|cappuccino|decaf|matcha|juice|beer|wine|soda|cola|lemonade"),
    ("theme", "dark mode|light mode|dark theme|light theme|dark themes|light themes"),
    (
        "answer_style",
        "short|briefly|concisely|in detail|shorter|brief|concise|terse|succinct|detailed|verbose|thorough|longer|\
         bullet points|bullets|to the point|step by step|plain text|one sentence|\
         simple words",
    ),
    ("tone", "formal|informal|casual|friendly|professional|humorous"),
    (
        "language",
        "english|spanish|french|german|portuguese|italian|dutch|polish|russian|ukrainian|\
         czech|swedish|norwegian|danish|finnish|greek|turkish|arabic|hebrew|hindi|bengali|\
         urdu|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai|indonesian|\
         romanian|hungarian|catalan|esperanto|latin|swahili",
    ),
    ("units", "metric|imperial|celsius|fahrenheit|kilometres|kilometers|miles|si units"),
    ("time_format", "24-hour|12-hour|24 hour|12 hour|24h|12h"),
    ("indentation", "tabs|spaces"),
    (
        "editor",
        "vim|neovim|emacs|vs code|vscode|visual studio code|helix|zed|intellij|nano|\
         sublime",
    ),
    ("operating_system", "linux|windows|macos|ubuntu|debian|fedora|arch"),
    (
        "programming_language",
        "rust|python|java|javascript|typescript|golang|go|c++|c#|kotlin|swift|ruby|php|\
         scala|haskell|elixir|zig|perl|julia",
    ),
    (
        "database",
        "postgres|postgresql|mysql|mariadb|sqlite|mongodb|mongo|redis|dynamodb|cassandra|\
         clickhouse",
    ),
    (
        "hosting",
        "aws|azure|gcp|heroku|fly|fly.io|vercel|netlify|hetzner|digitalocean|cloudflare|\
         kubernetes",
    ),
    ("seat", "window seat|window seats|aisle seat|aisle seats"),
    ("time_of_day", "morning|mornings|evening|evenings|afternoon|afternoons|night|nights"),
    ("contact", "email|e-mail|emails|phone|slack|texts|text messages|sms|calls|phone calls"),
    ("transport", "train|trains|car|plane|bike|bus|the train|by train"),
    ("payment", "cash|card|paypal|bank transfer"),
];

/// The slot of a value, where one of its words or pairs of words is known.
pub(super) fn slot(value: &str) -> Option<&'static str> {
    let value = format!(" {} ", normal(value).replace([',', '.'], " "));
    let has = |word: &str| value.contains(&format!(" {word} "));
    let named = SLOTS.iter().find(|(_, words)| words.split('|').any(has));
    named.map(|(slot, _)| *slot)
}

/// Whether a value is a tool rather than a place.
pub(super) fn is_tool(value: &str) -> bool {
    let tools =
        ["editor", "operating_system", "programming_language", "database", "hosting", "theme"];
    let more = " github gitlab docker git slack notion figma jira terraform react vue svelte angular django rails axum tokio \
        microservices serverless monorepo ";
    slot(value).is_some_and(|slot| tools.contains(&slot))
        || more.contains(&format!(" {} ", normal(value)))
}

/// Whether a value names a language that people speak.
pub(super) fn is_language(value: &str) -> bool {
    slot(value) == Some("language")
}

/// A key made of the first telling words of a text: `use emoji` is `use_emoji`.
pub(super) fn key(text: &str) -> Option<String> {
    let text = normal(text).replace("favorite", "favourite").replace("color", "colour");
    let words = text.split(|c: char| !c.is_alphanumeric());
    let telling = words.filter(|word| !word.is_empty() && !stems(word).is_empty());
    let words: Vec<&str> = telling.take(3).collect();
    (!words.is_empty()).then(|| words.join("_"))
}

/// The key and value of "I prefer X over Y". Two unknown things share a key whichever of them is preferred; one alone
/// goes by its last word, so that an aisle seat replaces a window seat.
pub(super) fn preferred(value: &str, over: Option<&str>) -> Option<(String, String)> {
    let value = clean(value)?;
    // "I prefer my coffee black" says how, not what.
    if let Some(found) = pattern!(r"^(?:my|our) (\w+) (.+)$").captures(&value) {
        return Some((key(found.get(1)?.as_str())?, found.get(2)?.as_str().to_owned()));
    }
    let over = over.and_then(clean);
    let slot = slot(&value).or_else(|| over.as_deref().and_then(slot));
    let key = match (slot, &over) {
        (Some(slot), _) => slot.to_owned(),
        (None, Some(over)) => {
            let mut pair = [self::key(&value)?, self::key(over)?];
            pair.sort();
            pair.join("_or_")
        }
        (None, None) => format!("prefers_{}", self::key(normal(&value).split(' ').next_back()?)?),
    };
    Some((key, value))
}
