//! Where a provider's API is.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// Why a text is not the address of an API.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    /// Not a URL at all.
    #[error("`{url}` is not a URL: {why}")]
    Form {
        /// The text.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// A URL, but not one of an API.
    #[error("the address of an API begins with `http://` or `https://`, not with `{0}:`")]
    Scheme(String),
    /// A user name, a password, a query or a fragment.
    #[error("the address of an API has no `@`, `?` or `#`")]
    Parts,
}

/// The address that an API's paths are put after, such as `https://api.anthropic.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    pub(super) fn join(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    pub(super) fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

impl FromStr for BaseUrl {
    type Err = BadUrl;

    fn from_str(text: &str) -> Result<Self, BadUrl> {
        // What stands before an `@` may be a password, which no error may show.
        if text.contains(['@', '?', '#']) {
            return Err(BadUrl::Parts);
        }
        let url = Url::parse(text.trim()).map_err(|error| BadUrl::Form {
            url: text.escape_debug().to_string(),
            why: error.to_string(),
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadUrl::Scheme(url.scheme().to_owned()));
        }
        Ok(Self(url))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_put_after_the_address_with_one_slash() {
        for text in ["https://h.example/a", "https://h.example/a/", " https://h.example/a// "] {
            let url: BaseUrl = text.parse().unwrap();
            assert_eq!(url.join("/v1/messages"), "https://h.example/a/v1/messages");
        }
    }

    #[test]
    fn what_is_not_the_address_of_an_api_is_refused() {
        let refusal = |text: &str| text.parse::<BaseUrl>().unwrap_err();
        assert!(matches!(refusal("api.example"), BadUrl::Form { .. }));
        assert!(matches!(refusal(""), BadUrl::Form { .. }));
        assert_eq!(refusal("file:///etc"), BadUrl::Scheme("file".into()));
        assert_eq!(refusal("https://me:secret@h.example"), BadUrl::Parts);
        assert_eq!(refusal("https://h.example/?a=b"), BadUrl::Parts);
    }

    #[test]
    fn the_loopback_is_known_by_name_and_number() {
        let is_loopback = |text: &str| text.parse::<BaseUrl>().unwrap().is_loopback();
        assert!(is_loopback("http://localhost:1"));
        assert!(is_loopback("http://127.9.9.9:1"));
        assert!(is_loopback("http://[::1]:1"));
        assert!(!is_loopback("https://api.anthropic.com"));
        assert!(!is_loopback("https://localhost.example"));
    }
}
