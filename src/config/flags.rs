//! The flags that every command takes.

use super::Verbosity;

/// The flags that every command takes, as they were given. Credentials have no flag: a command line is public.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Flags {
    /// Where profiles live: a folder [env: `ACQUAINT_STORE`] [default: memory]
    #[arg(long, global = true, value_name = "URL")]
    pub store: Option<String>,
    /// A separate set of users: a team, a tenant [env: `ACQUAINT_SPACE`]
    #[arg(long, global = true, value_name = "NAME")]
    pub space: Option<String>,
    /// Who answers: anthropic or offline; without it the first one that has credentials [env: `ACQUAINT_PROVIDER`]
    #[arg(long, global = true, value_name = "NAME")]
    pub provider: Option<String>,
    /// The model that talks [env: `ACQUAINT_MODEL`] [default: claude-sonnet-5-5]
    #[arg(long, global = true, value_name = "ID")]
    pub model: Option<String>,
    /// The model that extracts [env: `ACQUAINT_EXTRACTION_MODEL`] [default: claude-haiku-5-5]
    #[arg(long, global = true, value_name = "ID")]
    pub extraction_model: Option<String>,
    /// A folder of prompts in place of the built-in ones [env: `ACQUAINT_PROMPTS`]
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
    pub(super) fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}
