//! What secrets look like. Prefixes are those that the issuers document.

use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

use super::{assigned, card};

/// What a match's secret is called, and where it is; `None` when the match is none.
pub(super) type Found<'t> = Option<(&'static str, Match<'t>)>;

pub(super) struct Rule {
    /// What is put in the secret's place.
    pub(super) kind: &'static str,
    /// ASCII classes where it can be: they compile to small automata.
    pub(super) pattern: &'static str,
    /// Looks at a match once more, for what a pattern cannot say.
    pub(super) secret: for<'t> fn(&'static str, &'t str, &Captures<'t>) -> Found<'t>,
    /// The pattern, compiled when it first applies.
    pub(super) compiled: OnceLock<Option<Regex>>,
}

type Secret = for<'t> fn(&'static str, &'t str, &Captures<'t>) -> Found<'t>;

const fn rule(kind: &'static str, secret: Secret, pattern: &'static str) -> Rule {
    Rule { kind, pattern, secret, compiled: OnceLock::new() }
}

pub(super) static RULES: [Rule; 12] = [
    // First, so that no other rule takes a bite out of the block.
    rule(
        "private key",
        whole,
        r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\z)",
    ),
    // Anthropic, OpenAI, and those who imitate them.
    rule("api key", mixed, r"(?-u:\b)(?P<s>sk-[A-Za-z0-9_-]{16,})"),
    // AWS access key ids, Google, SendGrid, Groq, xAI.
    rule(
        "api key",
        whole,
        r"(?-u:\b)(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?-u:\b)|AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|(?:gsk_|xai-)[A-Za-z0-9]{20,})",
    ),
    // GitHub, GitLab, npm, PyPI, Hugging Face, DigitalOcean, Google.
    rule(
        "token",
        whole,
        r"(?-u:\b)(?:gh[opusr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas)-[A-Za-z0-9_.-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|hf_[A-Za-z0-9]{30,}|do[opr]_v1_[a-f0-9]{40,}|ya29\.[A-Za-z0-9_-]{20,})",
    ),
    // Slack tokens and webhooks.
    rule(
        "token",
        whole,
        r"(?-u:\b)(?:xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{16,})",
    ),
    // Stripe.
    rule(
        "api key",
        whole,
        r"(?-u:\b)(?:[srp]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})",
    ),
    // JSON Web Tokens: `{"` in base64, and two more parts.
    rule("token", whole, r"(?-u:\b)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    rule("token", mixed, r"(?i-u)\bbearer\s+(?P<s>[a-z0-9._~+/=-]{16,})"),
    rule(
        "token",
        named,
        r"(?i-u)\bauthorization[\x22']?\s*[:=]\s*[\x22']?(?:basic|token|digest|apikey|bearer)\s+(?P<s>[!#-&(-~]{6,})",
    ),
    rule("password", named, r"://[^\s/@:]*:(?P<s>[^\s/]+)@"),
    // `password=…`, `"api_key": "…"`, `AWS_SECRET_ACCESS_KEY: …`, `the passphrase is …`.
    rule(
        "secret",
        assigned::secret,
        r#"(?P<key>(?i-u:password|passwd|passphrase|passcode|pwd|secret|(?:api|access|secret|private|signing)[_ -]?key|token)(?i-u:[_ -]?id)?)["'`]?\s*(?P<is>=>|:=|[:=]|(?i-u:is)\s)\s*(?:"(?P<a>[^"\n]+)"|'(?P<b>[^'\n]+)'|`(?P<c>[^`\n]+)`|(?P<bare>[^\s"'`,;]{3,}))"#,
    ),
    rule(
        "card number",
        card::number,
        r"(?-u)[2-6][0-9]{3}(?:[0-9]{9,15}|[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{1,3}|[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{1,4}|[ -][0-9]{6}[ -][0-9]{4,5})",
    ),
];

fn whole<'t>(kind: &'static str, _: &'t str, found: &Captures<'t>) -> Found<'t> {
    Some((kind, found.get(0)?))
}

fn named<'t>(kind: &'static str, _: &'t str, found: &Captures<'t>) -> Found<'t> {
    Some((kind, found.name("s")?))
}

/// Letters and digits together: random, where words joined by dashes are not.
fn mixed<'t>(kind: &'static str, text: &'t str, found: &Captures<'t>) -> Found<'t> {
    named(kind, text, found).filter(|(_, secret)| {
        let bytes = || secret.as_str().bytes();
        bytes().any(|b| b.is_ascii_digit()) && bytes().any(|b| b.is_ascii_alphabetic())
    })
}
