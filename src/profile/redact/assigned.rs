//! Secrets that are known by the name in front of them.

use regex::Captures;

use super::rules::Found;

pub(super) fn secret<'t>(_: &'static str, text: &'t str, found: &Captures<'t>) -> Found<'t> {
    let name = found.name("key")?.as_str().to_ascii_lowercase();
    let kind = kind(&name);
    if let Some(quoted) = ["a", "b", "c"].iter().find_map(|group| found.name(group)) {
        let random = kind != "token" || is_random(quoted.as_str());
        return (random && !is_placeholder(quoted.as_str())).then_some((kind, quoted));
    }
    let bare = found.name("bare")?;
    let value = bare.as_str().trim_end_matches(['.', ')', ']', '}', '!', '?']);
    let proves = match found.name("is")?.as_str().trim() {
        _ if is_placeholder(value) || value.contains("://") => false,
        _ if kind == "token" => is_random(value),
        "=" | ":=" | "=>" => true,
        ":" => has_form(value) || (kind == "password" && ends_line(text, bare.end())),
        _ => kind != "secret" && has_form(value),
    };
    proves.then_some((kind, bare))
}

fn kind(name: &str) -> &'static str {
    if name.starts_with("pass") || name.starts_with("pwd") {
        "password"
    } else if name.contains("key") {
        "api key"
    } else if name.starts_with("token") {
        "token"
    } else {
        "secret"
    }
}

/// What stands for a secret: a variable, a blank to fill in, a word about it.
fn is_placeholder(value: &str) -> bool {
    let about = [
        "none",
        "null",
        "true",
        "false",
        "required",
        "optional",
        "empty",
        "missing",
        "forgotten",
        "string",
    ];
    value.starts_with(['$', '<', '{', '*', '[', '…'])
        || value.starts_with("process.env")
        || value.starts_with("os.")
        || about.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Not a plain word.
fn has_form(value: &str) -> bool {
    value.chars().count() >= 4
        && value.chars().any(|c| !c.is_alphabetic() && !matches!(c, '-' | '…' | '.'))
}

fn is_random(value: &str) -> bool {
    let bytes = || value.bytes();
    value.len() >= 12
        && bytes().any(|b| b.is_ascii_digit())
        && bytes().any(|b| b.is_ascii_alphabetic())
}

fn ends_line(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    rest.lines().next().is_none_or(|rest| rest.trim().is_empty())
}
