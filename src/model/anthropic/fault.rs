//! What went wrong with a call.
//!
//! Texts are taken here as they come; [`tidy`] makes them fit to be shown, once, where an error leaves the provider.

use std::error::Error as _;

use reqwest::StatusCode;
use serde_json::Value;

use super::retry::{self, Wish};
use crate::model::{ApiKey, BaseUrl, Error};

/// How much of what somebody else wrote is shown, in characters.
const SHOWN: usize = 200;

/// An error and what it means for the call.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) error: Error,
    /// Whether the next try may well succeed.
    pub(super) passing: bool,
    pub(super) wish: Wish,
}

impl Fault {
    /// A fault of which the server says nothing more than the error itself.
    pub(super) fn plain(error: Error) -> Self {
        let passing = match &error {
            Error::Unavailable { status, .. } => retry::is_passing(*status),
            other => other.retryable(),
        };
        Self { error, passing, wish: Wish::default() }
    }

    /// An answer with an error status.
    pub(super) fn refused(error: Error, wish: Wish) -> Self {
        let mut fault = Self::plain(error);
        fault.wish = wish;
        fault.passing = match fault.error {
            Error::Spending { .. } => false,
            _ => wish.retry.unwrap_or(fault.passing),
        };
        fault
    }

    /// No answer. Only a request that could not even be written down is not worth another try.
    pub(super) fn unreachable(url: &BaseUrl, error: &reqwest::Error) -> Self {
        Self { passing: !error.is_builder(), ..Self::plain(unreachable(url, causes(error))) }
    }

    /// Whether the server does not know how to follow a schema.
    pub(super) fn is_about_output_config(&self) -> bool {
        let Error::Rejected { status: 400, message, .. } = &self.error else {
            return false;
        };
        let message = message.to_ascii_lowercase();
        ["output_config", "output format", "structured output", "json_schema"]
            .iter()
            .any(|words| message.contains(words))
    }
}

/// An error for a server that cannot be reached.
pub(super) fn unreachable(url: &BaseUrl, message: String) -> Error {
    Error::Unreachable { url: url.to_string(), message }
}

/// What lies under an HTTP client's error. Its own outermost message only says that sending failed.
fn causes(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        let what = if error.is_connect() { "connection" } else { "answer" };
        return format!("no {what} in time");
    }
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    // The last one alone says it: `connection refused`, `dns error: …`.
    causes.pop().unwrap_or_else(|| "sending failed".to_owned())
}

/// What an error body says, in whichever form it comes.
#[derive(Debug, Default)]
pub(super) struct Complaint {
    kind: String,
    code: String,
    message: String,
    request_id: Option<String>,
}

impl Complaint {
    /// Reads Anthropic's form, similar JSON of others, an HTML page (its title) or plain words.
    pub(super) fn read(body: &str) -> Self {
        let Ok(json) = serde_json::from_str::<Value>(body) else {
            return Self { message: words(body), ..Self::default() };
        };
        let text = |pointer| json.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        Self {
            kind: text("/error/type").unwrap_or_default(),
            code: text("/error/details/error_code").unwrap_or_default(),
            message: text("/error/message")
                .or_else(|| text("/message"))
                .or_else(|| text("/error"))
                .unwrap_or_else(|| body.to_owned()),
            request_id: text("/request_id"),
        }
    }

    /// What there is to say of an answer that points elsewhere.
    pub(super) fn redirect(target: &str) -> Self {
        Self { message: format!("it redirects to `{target}`"), ..Self::default() }
    }

    /// The status that an error event inside a stream stands for.
    pub(super) fn status(&self) -> u16 {
        match self.kind.as_str() {
            "invalid_request_error" => 400,
            "authentication_error" => 401,
            "billing_error" => 402,
            "permission_error" => 403,
            "not_found_error" => 404,
            "conflict_error" => 409,
            "request_too_large" => 413,
            "rate_limit_error" => 429,
            "timeout_error" => 504,
            "overloaded_error" => 529,
            _ => 500,
        }
    }

    /// Sorts it by what a caller does about it.
    pub(super) fn into_error(self, status: u16, model: &str, header_id: Option<String>) -> Error {
        let request_id = header_id.or_else(|| self.request_id.clone());
        let is_spending = self.is_about_spending(status);
        let is_too_long = self.is_about_length(status);
        let message = match self.message {
            message if message.trim().is_empty() => reason(status),
            message => message,
        };
        match status {
            _ if is_spending => Error::Spending { message, request_id },
            _ if is_too_long => Error::TooLong { message, request_id },
            401 => Error::Credentials { message, request_id },
            // Without the type it may be a firewall on the way.
            403 if self.kind == "permission_error" => Error::Credentials { message, request_id },
            404 if message.contains("model:") => {
                Error::UnknownModel { model: model.to_owned(), message, request_id }
            }
            408 | 409 | 429 | 500.. => Error::Unavailable { status, message, request_id },
            _ => Error::Rejected { status, message, request_id },
        }
    }

    /// Reaching one's own limit is a 400, the tier's a 429 with a code, an empty account a 400 or 402.
    fn is_about_spending(&self, status: u16) -> bool {
        let code = self.code.as_str();
        let is_code = code.ends_with("spend_limit_reached") || code == "ramp_limit_exceeded";
        let message = self.message.to_ascii_lowercase();
        let is_said = ["spend limit", "spending limit", "credit balance", "api usage limits"]
            .iter()
            .any(|words| message.contains(words));
        match status {
            402 => true,
            400 | 403 | 429 => is_code || is_said || self.kind == "billing_error",
            _ => false,
        }
    }

    fn is_about_length(&self, status: u16) -> bool {
        let message = self.message.to_ascii_lowercase();
        let is_said = ["prompt is too long", "context window", "context limit"]
            .iter()
            .any(|words| message.contains(words));
        status == 413 || (status == 400 && is_said)
    }
}

fn reason(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason());
    known.unwrap_or("no reason given").to_lowercase()
}

/// The title of an HTML page, else the words of a text without its tags.
pub(super) fn words(text: &str) -> String {
    // ASCII lower case keeps the byte offsets.
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|tag| {
        let start = tag + lower.get(tag..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</title")?;
        text.get(start..end).filter(|title| !title.trim().is_empty())
    });
    match title {
        Some(title) => title.to_owned(),
        None if lower.trim_start().starts_with('<') => without_tags(text),
        None => text.to_owned(),
    }
}

fn without_tags(text: &str) -> String {
    let mut in_tag = false;
    let mut words = String::new();
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                words.push(' ');
            }
            c if !in_tag => words.push(c),
            _ => {}
        }
    }
    words
}

/// Makes a text of somebody else fit for a line of a terminal: no secret, nothing that steers the screen, not long.
pub(super) fn tidy(text: &str, key: &ApiKey) -> String {
    let text = key.scrub(text);
    let visible: String = text.chars().map(|c| if is_steering(c) { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Control characters, and the invisible ones that reorder or join text.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_html_page_is_known_by_its_title_or_its_words() {
        assert_eq!(words("<html><TITLE lang=en>502 Bad\nGateway</TITLE>x"), "502 Bad\nGateway");
        assert_eq!(words("<html><title></title><p>Log <b>in</b>"), "    Log  in ");
        assert_eq!(words("plain a < b"), "plain a < b");
        assert_eq!(words("İ<title>é</title>"), "é");
    }

    proptest! {
        #[test]
        fn a_tidy_text_is_one_short_line_without_the_key(
            before in ".{0,220}", after in ".{0,40}",
        ) {
            let key: ApiKey = "sk-ant-secret-0123456789".parse().unwrap();
            let text = tidy(&format!("{before}{}{after}", key.reveal()), &key);
            prop_assert!(text.chars().count() <= SHOWN + 1);
            prop_assert!(!text.chars().any(is_steering));
            prop_assert!(!text.contains("sk-ant-secret"));
        }
    }
}
