//! Settings: flags over environment over `.env` over defaults, in one place, once.
//!
//! [`Settings::load`] is the only code that looks at the process's environment; everything else is handed parsed values.
//! It reads one file at most (`.env`) and nothing else: no network, no look at the store, no canonical paths, because it
//! runs before the first prompt of every chat.
//!
//! `.env` is taken from the working directory only, not from its parents. The default store, the folder `memory`, is
//! relative to the same place; and a file that somebody else left in a parent cannot lead a key to another server.

mod dotenv;
mod error;
mod flags;
mod source;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

pub use dotenv::Dotenv;
pub use error::Error;
pub use flags::Flags;

use crate::id::Space;
use crate::model::{self, ApiKey, BaseUrl};
use crate::profile::Caps;
use source::Source;

/// The store that is used when none is named: a folder below the working directory.
pub const STORE: &str = "memory";
/// The model that talks.
pub const MODEL: &str = "claude-sonnet-5-5";
/// The model that extracts: the cheapest one that follows a schema.
pub const EXTRACTION_MODEL: &str = "claude-haiku-5-5";
/// Days for which the turns of an extracted session are kept.
pub const KEEP_DAYS: u32 = 30;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Anthropic's Messages API.
    Anthropic,
    /// The rule engine that needs no key and no network.
    Offline,
}

impl Provider {
    /// Every provider, in the order in which one is chosen when none is named.
    pub const ALL: [Self; 2] = [Self::Anthropic, Self::Offline];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Anthropic => "anthropic",
            Self::Offline => "offline",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How to reach Anthropic's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anthropic {
    /// The key, if there is one.
    pub key: Option<ApiKey>,
    /// Where it is.
    pub base_url: BaseUrl,
}

/// Whether output is styled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Nowhere: `NO_COLOR` is set.
    Never,
    /// Nowhere, and the cursor cannot be moved either: `TERM` is `dumb`.
    Dumb,
    /// Everywhere: `CLICOLOR_FORCE` is set.
    Always,
}

/// How much is said beside the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbosity {
    /// Only what failed.
    Quiet,
    /// What a person wants to know.
    Normal,
    /// Also what helps to find a fault.
    Verbose,
}

/// Everything that can be set, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The store's URL, such as `memory`.
    pub store: String,
    /// The space; `None` is the default one.
    pub space: Option<Space>,
    /// Who answers.
    pub provider: Provider,
    /// The provider is `offline` because nobody named one and no credentials were found. Worth a line on stderr.
    pub fallback: bool,
    /// The model that talks.
    pub model: String,
    /// The model that extracts.
    pub extraction_model: String,
    /// A folder of prompts that replace the built-in ones.
    pub prompts: Option<PathBuf>,
    /// A file of prices that replace the built-in ones.
    pub prices: Option<PathBuf>,
    /// How much a profile may hold.
    pub caps: Caps,
    /// Days for which the turns of an extracted session are kept; 0 keeps none.
    pub keep_days: u32,
    /// How to reach Anthropic.
    pub anthropic: Anthropic,
    /// The editor's command line: `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
    /// Data is printed as JSON.
    pub json: bool,
    /// How much is said beside the data.
    pub verbosity: Verbosity,
    /// Whether output is styled.
    pub colour: Colour,
}

impl Settings {
    /// Reads the process's environment and the `.env` of the working directory.
    ///
    /// # Errors
    /// The first value that is wrong, or a `.env` that cannot be read.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the environment is read"
    )]
    pub fn load(flags: &Flags) -> Result<Self, Error> {
        let file = Dotenv::read(Path::new(".env"))?;
        Self::new(flags, &|name| std::env::var_os(name), &file)
    }

    /// Parses settings from flags, an environment and a `.env`, the first that names a value winning.
    ///
    /// A variable that is empty counts as not set. What concerns the terminal (`NO_COLOR`, `CLICOLOR_FORCE`, `TERM`,
    /// `VISUAL`, `EDITOR`) is not looked for in the `.env`.
    ///
    /// # Errors
    /// The first value that is wrong, naming the flag or variable and what is expected.
    pub fn new(
        flags: &Flags,
        environment: &dyn Fn(&str) -> Option<OsString>,
        file: &Dotenv,
    ) -> Result<Self, Error> {
        let source = Source { environment, file };
        let anthropic = Anthropic {
            key: source.key("ANTHROPIC_API_KEY")?,
            base_url: source.base_url("ANTHROPIC_BASE_URL", model::Anthropic::BASE_URL)?,
        };
        let named = source.provider(flags.provider.as_deref())?;
        let available = Provider::ALL
            .into_iter()
            .find(|provider| *provider != Provider::Anthropic || anthropic.key.is_some());
        let provider = named.or(available).unwrap_or(Provider::Offline);
        Ok(Self {
            store: source.text("--store", flags.store.as_deref(), "ACQUAINT_STORE", STORE)?,
            space: source.space(flags.space.as_deref())?,
            provider,
            fallback: named.is_none() && provider == Provider::Offline,
            model: source.text("--model", flags.model.as_deref(), "ACQUAINT_MODEL", MODEL)?,
            extraction_model: source.text(
                "--extraction-model",
                flags.extraction_model.as_deref(),
                "ACQUAINT_EXTRACTION_MODEL",
                EXTRACTION_MODEL,
            )?,
            prompts: source.path(
                "--prompts",
                flags.prompts.as_deref(),
                "ACQUAINT_PROMPTS",
                "a folder",
            )?,
            prices: source.path("", None, "ACQUAINT_PRICES", "a file")?,
            caps: source.caps()?,
            keep_days: source.number("ACQUAINT_KEEP_DAYS", KEEP_DAYS, 0..=36_500)?,
            anthropic,
            editor: source.editor(),
            json: flags.json,
            verbosity: flags.verbosity(),
            colour: source.colour(),
        })
    }
}

#[cfg(test)]
mod tests;
