//! Takes secrets out of a text before anything is stored.
//!
//! A secret is recognised by its form alone, so what has no form (a password in the middle of a sentence) is only found behind its name.
//! Nothing is compiled before the first call; a text without a secret costs one pass and is not copied.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

mod assigned;
mod card;
mod rules;

use rules::{RULES, Rule};

/// Says which rules may apply; `None` only if a pattern is wrong, which a test excludes.
static SET: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(RULES.iter().map(|rule| rule.pattern)).ok());

/// Replaces API keys, tokens, private keys, passwords in URLs and card numbers by `[redacted: KIND]`.
///
/// Kinds are `api key`, `token`, `private key`, `password`, `secret` and `card number`. Redacting twice is the same as once.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    let found = SET.as_ref().map(|set| set.matches(text));
    for at in found.iter().flatten() {
        let rule = RULES.get(at);
        let regex = rule
            .and_then(|rule| rule.compiled.get_or_init(|| Regex::new(rule.pattern).ok()).as_ref());
        if let Some(redacted) = rule.zip(regex).and_then(|(rule, regex)| apply(rule, regex, &out)) {
            out = Cow::Owned(redacted);
        }
    }
    out
}

/// The text with every secret of this rule replaced; `None` when there is none.
fn apply(rule: &Rule, regex: &Regex, text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for found in regex.captures_iter(text) {
        let Some((kind, secret)) = (rule.secret)(rule.kind, text, &found) else {
            continue;
        };
        if secret.as_str().starts_with("[redacted") {
            continue;
        }
        out.push_str(text.get(done..secret.start()).unwrap_or_default());
        out.extend(["[redacted: ", kind, "]"]);
        done = secret.end();
    }
    out.push_str(text.get(done..).unwrap_or_default());
    (done > 0).then_some(out)
}

#[cfg(test)]
mod tests;
