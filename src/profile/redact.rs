//! Takes secrets out of a text before anything is stored.

use std::borrow::Cow;

/// Replaces API keys, tokens, private keys, passwords in URLs and card numbers by `[redacted: KIND]`.
#[must_use]
pub fn redact(_text: &str) -> Cow<'_, str> {
    unimplemented!()
}
