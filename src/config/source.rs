//! Where a value comes from, and how its text becomes a type.

use std::ffi::OsString;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use super::{Colour, Dotenv, Error, Provider};
use crate::id::Space;
use crate::model::{ApiKey, BaseUrl};
use crate::profile::Caps;

/// The environment, and the `.env` below it.
pub(super) struct Source<'a> {
    pub(super) environment: &'a dyn Fn(&str) -> Option<OsString>,
    pub(super) file: &'a Dotenv,
}

/// A value and what to call it in an error.
struct Given {
    name: String,
    text: String,
}

impl Given {
    fn refused(self, expected: impl Into<String>) -> Error {
        Error::Value { name: self.name, value: short(&self.text), expected: expected.into() }
    }
}

/// Keeps an error on one line of a terminal when a whole file was pasted into a variable.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl Source<'_> {
    fn variable(&self, name: &str) -> Result<Option<Given>, Error> {
        if let Some(value) = (self.environment)(name).filter(|value| !value.is_empty()) {
            let name = name.to_owned();
            return match value.into_string() {
                Ok(text) => Ok(Some(Given { name, text })),
                Err(_) => Err(Error::Encoding { name }),
            };
        }
        let text = self.file.get(name).filter(|text| !text.is_empty());
        Ok(text.map(|text| Given {
            name: format!("{name} in {}", self.file.path().display()),
            text: text.to_owned(),
        }))
    }

    fn given(
        &self,
        flag: &str,
        value: Option<&str>,
        variable: &str,
        expected: &'static str,
    ) -> Result<Option<Given>, Error> {
        match value {
            Some("") => Err(Error::Empty { name: flag.to_owned(), expected }),
            Some(text) => Ok(Some(Given { name: flag.to_owned(), text: text.to_owned() })),
            None => self.variable(variable),
        }
    }

    pub(super) fn text(
        &self,
        flag: &str,
        value: Option<&str>,
        variable: &str,
        default: &str,
    ) -> Result<String, Error> {
        let given = self.given(flag, value, variable, "a name")?;
        Ok(given.map_or_else(|| default.to_owned(), |given| given.text))
    }

    pub(super) fn path(
        &self,
        flag: &str,
        value: Option<&str>,
        variable: &str,
        expected: &'static str,
    ) -> Result<Option<PathBuf>, Error> {
        let given = self.given(flag, value, variable, expected)?;
        Ok(given.map(|given| given.text.into()))
    }

    pub(super) fn space(&self, flag: Option<&str>) -> Result<Option<Space>, Error> {
        let given = self.given("--space", flag, "ACQUAINT_SPACE", "a name")?;
        let parsed = given.map(|Given { name, text }| {
            Space::try_from(text).map_err(|source| Error::Space { name, source })
        });
        parsed.transpose()
    }

    pub(super) fn provider(&self, flag: Option<&str>) -> Result<Option<Provider>, Error> {
        let given = self.given("--provider", flag, "ACQUAINT_PROVIDER", "a name")?;
        let Some(Given { name, text }) = given else {
            return Ok(None);
        };
        let known = Provider::ALL.into_iter().find(|provider| provider.name() == text.trim());
        match known {
            Some(provider) => Ok(Some(provider)),
            None => Err(Error::Provider { name, value: short(&text) }),
        }
    }

    pub(super) fn key(&self, variable: &str) -> Result<Option<ApiKey>, Error> {
        let given = self.variable(variable)?.filter(|given| !given.text.trim().is_empty());
        let parsed = given
            .map(|Given { name, text }| text.parse().map_err(|source| Error::Key { name, source }));
        parsed.transpose()
    }

    pub(super) fn base_url(&self, variable: &str, default: &str) -> Result<BaseUrl, Error> {
        let (name, text) = match self.variable(variable)? {
            Some(Given { name, text }) => (name, text),
            None => (variable.to_owned(), default.to_owned()),
        };
        text.parse().map_err(|source| Error::Url { name, source })
    }

    pub(super) fn number<T>(
        &self,
        variable: &str,
        default: T,
        range: RangeInclusive<T>,
    ) -> Result<T, Error>
    where
        T: FromStr + PartialOrd + Display,
    {
        let Some(given) = self.variable(variable)? else {
            return Ok(default);
        };
        match given.text.trim().parse() {
            Ok(number) if range.contains(&number) => Ok(number),
            _ if !given.text.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(given.refused("a whole number"))
            }
            _ => {
                let (least, most) = (range.start(), range.end());
                Err(given.refused(format!("a whole number from {least} to {most}")))
            }
        }
    }

    pub(super) fn caps(&self) -> Result<Caps, Error> {
        /// Far above what fits a prompt; it only keeps a slip of the finger from being taken for a size.
        const MOST: usize = 1_000_000;
        let default = Caps::default();
        let any = |name, default| self.number(name, default, 0..=MOST);
        Ok(Caps {
            facts: any("ACQUAINT_MAX_FACTS", default.facts)?,
            decisions: any("ACQUAINT_MAX_DECISIONS", default.decisions)?,
            preferences: any("ACQUAINT_MAX_PREFERENCES", default.preferences)?,
            summary_chars: any("ACQUAINT_SUMMARY_CHARS", default.summary_chars)?,
            item_chars: self.number("ACQUAINT_ITEM_CHARS", default.item_chars, 1..=MOST)?,
            memory_tokens: any("ACQUAINT_MEMORY_TOKENS", default.memory_tokens)?,
        })
    }

    fn terminal(&self, name: &str) -> Option<String> {
        let value = (self.environment)(name).filter(|value| !value.is_empty())?;
        Some(value.to_string_lossy().into_owned())
    }

    pub(super) fn editor(&self) -> Option<String> {
        self.terminal("VISUAL").or_else(|| self.terminal("EDITOR"))
    }

    /// As <https://no-color.org> and <https://bixense.com/clicolors/> have it.
    pub(super) fn colour(&self) -> Colour {
        let forced = self.terminal("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let dumb = self.terminal("TERM").is_some_and(|value| value == "dumb");
        if dumb && !forced {
            Colour::Dumb
        } else if self.terminal("NO_COLOR").is_some() {
            Colour::Never
        } else if forced {
            Colour::Always
        } else {
            Colour::Auto
        }
    }
}
