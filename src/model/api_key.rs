//! The secret that a provider knows us by.

use std::fmt;
use std::str::FromStr;

/// A key shorter than this is a placeholder of a test or a local server; hiding it would garble ordinary text.
const SHORTEST_SECRET: usize = 8;

/// Why a text is not an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Nothing, or only blanks.
    #[error("the API key is empty")]
    Empty,
    /// A blank, a control character or a letter outside ASCII: no key has one and no HTTP header takes it.
    #[error("the API key holds a character that no key has; was it copied whole, and on its own?")]
    Character,
}

/// An API key. Neither its `Debug` form nor any error shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Takes the key out of a text that a server or a library wrote. One of fewer than eight characters is a placeholder and stays.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        if self.0.len() < SHORTEST_SECRET {
            return text.to_owned();
        }
        text.replace(&self.0, "[API key]")
    }
}

impl FromStr for ApiKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let key = text.trim();
        if key.is_empty() {
            return Err(BadKey::Empty);
        }
        if !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(BadKey::Character);
        }
        Ok(Self(key.to_owned()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_trimmed_and_must_fit_a_header() {
        assert_eq!("  sk-ant-1 \n".parse::<ApiKey>().unwrap().reveal(), "sk-ant-1");
        assert_eq!(" \n".parse::<ApiKey>(), Err(BadKey::Empty));
        for text in ["sk ant", "sk-\u{7}", "sk\nant", "schlüssel"] {
            assert_eq!(text.parse::<ApiKey>(), Err(BadKey::Character), "{text:?}");
        }
    }

    #[test]
    fn a_key_shows_neither_in_debug_nor_in_a_scrubbed_text() {
        let key: ApiKey = "sk-ant-secret".parse().unwrap();
        assert_eq!(format!("{key:?}"), "ApiKey(hidden)");
        assert_eq!(key.scrub("bad key sk-ant-secret!"), "bad key [API key]!");
    }
}
