//! The flags that every command takes.

use super::Verbosity;

/// The flags that every command takes, as they were given. In parentheses the variable and the default.
///
/// Credentials have no flag: a command line is public.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Flags {
    /// Folder of the profiles (`ACQUAINT_STORE`; `memory`)
    #[arg(long, global = true, value_name = "URL")]
    pub store: Option<String>,
    /// A separate set of users, such as a team (`ACQUAINT_SPACE`)
    #[arg(long, global = true, value_name = "NAME")]
    pub space: Option<String>,
    /// `anthropic` or `offline` (`ACQUAINT_PROVIDER`; first with credentials)
    #[arg(long, global = true, value_name = "NAME")]
    pub provider: Option<String>,
    /// Model that talks (`ACQUAINT_MODEL`; `claude-sonnet-5-5`)
    #[arg(long, global = true, value_name = "ID")]
    pub model: Option<String>,
    /// Model that extracts (`ACQUAINT_EXTRACTION_MODEL`; `claude-haiku-5-5`)
    #[arg(long, global = true, value_name = "ID")]
    pub extraction_model: Option<String>,
    /// Folder of prompts in place of the built-in ones (`ACQUAINT_PROMPTS`)
    #[arg(long, global = true, value_name = "DIR")]
    pub prompts: Option<String>,
    /// Print data as JSON, where a command prints data
    #[arg(long, global = true)]
    pub json: bool,
    /// Say nothing but what failed
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say also what helps to find a fault
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

impl Flags {
    /// How much is to be said beside the data.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}
