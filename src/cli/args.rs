//! The command line. The doc comments here are what `--help` shows.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Flags;
use crate::id::{SessionId, UserId};

const EXAMPLES: &str = "\
Examples:
  acquaint                                   talk; it asks who you are
  acquaint chat --user alice                 talk as alice
  acquaint show alice                        what is remembered about her
  acquaint remember alice 'lives in Porto'   a fact that stays
  printf 'I prefer tea\\nexit\\n' | acquaint chat --user alice
                                             a whole session through a pipe

In parentheses: the variable that sets an option, in the environment or in `.env` of the working
directory, and its default. The key of Anthropic's API is set by ANTHROPIC_API_KEY only.

Exit status: 0 done; 1 it failed; 2 the command line or the input is wrong; 3 done, but a session
stays pending; 130 interrupted.";

/// An agent that gets to know each of its users; without a command it chats
#[derive(Debug, Parser)]
#[command(name = "acquaint", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do; without it, chat.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Cli {
    /// What to do: `acquaint` alone is `acquaint chat`.
    #[must_use]
    pub fn into_parts(self) -> (Flags, Command) {
        let chat = Command::Chat(Chat { user: None });
        (self.flags, self.command.unwrap_or(chat))
    }
}

/// What to do.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Talk; ends with `exit` or Ctrl-D, and then learns from what was said
    Chat(Chat),
    /// List everyone that something is kept about
    Users,
    /// Show a user's profile
    Show(Show),
    /// Edit a user's profile in `$VISUAL` or `$EDITOR`
    #[command(
        after_help = "The document is checked and saved as a new revision. A change made meanwhile is not overwritten."
    )]
    Edit(User),
    /// Remember a fact for good, or a preference or decision
    Remember(Remember),
    /// Forget items, and never learn them again
    Forget(Forget),
    /// Erase every trace of a user and print a receipt
    Erase(Erase),
    /// Show where an item comes from: the quote, the session, each change since
    Why(Why),
    /// List the revisions of a user's profile, newest first
    History(History),
    /// Bring back an earlier revision of a user's profile, as a new one
    Undo(Undo),
    /// List the sessions that are kept of a user
    Sessions(User),
    /// Show what was said in a session
    Transcript(Transcript),
    /// Learn from sessions that are still pending
    Extract(Extract),
    /// Write everything about users into a zip file
    Export(Export),
    /// Read a file that `export` wrote, or a single profile in JSON
    Import(Import),
    /// Check settings, credentials and the store, and say what to do
    Doctor,
    /// Print the JSON Schema of a profile
    Schema,
    /// Print a script that completes commands in a shell
    #[command(
        after_help = "Example:\n  acquaint completions bash > ~/.local/share/bash-completion/completions/acquaint"
    )]
    Completions(Completions),
}

/// Arguments of `chat`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Chat {
    /// Who is talking; without it you are asked
    #[arg(long, short, value_name = "ID")]
    pub user: Option<UserId>,
}

/// Arguments of the commands that need a user only.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct User {
    /// Whose
    pub user: UserId,
}

/// Arguments of `show`.
#[derive(Debug, PartialEq, Eq, Args)]
#[command(after_help = "With --json it prints the document as it is stored.")]
pub struct Show {
    /// Whose
    pub user: UserId,
    /// Print the system prompt that the next chat will send
    #[arg(long)]
    pub prompt: bool,
}

/// Arguments of `remember`.
#[derive(Debug, PartialEq, Eq, Args)]
#[command(after_help = "\
What you say yourself is pinned: no model changes or evicts it.

Examples:
  acquaint remember alice lives in Porto
  acquaint remember alice --preference language Portuguese
  acquaint remember alice --decision pricing 'usage-based, from May'")]
pub struct Remember {
    /// Whose
    pub user: UserId,
    /// What to remember; several words are one text
    #[arg(required = true)]
    pub text: Vec<String>,
    /// It is a preference, and this is what about
    #[arg(long, value_name = "KEY", conflicts_with = "decision")]
    pub preference: Option<String>,
    /// It is a decision, and this is what about
    #[arg(long, value_name = "TOPIC")]
    pub decision: Option<String>,
}

/// Arguments of `forget`.
#[derive(Debug, PartialEq, Eq, Args)]
#[command(after_help = "\
Examples:
  acquaint forget alice f3 d1 language
  acquaint forget alice --matching Porto")]
pub struct Forget {
    /// Whose
    pub user: UserId,
    /// Ids of facts and decisions, keys of preferences
    #[arg(value_name = "ITEM", required_unless_present = "matching", conflicts_with = "matching")]
    pub items: Vec<String>,
    /// Every item that holds this text
    #[arg(long, value_name = "TEXT")]
    pub matching: Option<String>,
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// Arguments of `erase`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Erase {
    /// Who
    pub user: UserId,
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// Arguments of `why`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Why {
    /// Whose
    pub user: UserId,
    /// The id of a fact or decision, or the key of a preference
    pub item: String,
}

/// Arguments of `history`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct History {
    /// Whose
    pub user: UserId,
    /// Show what each revision changed
    #[arg(long)]
    pub diff: bool,
}

/// Arguments of `undo`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Undo {
    /// Whose
    pub user: UserId,
    /// The revision to bring back; without it the one before the last
    #[arg(long, value_name = "REVISION")]
    pub to: Option<u64>,
}

/// Arguments of `transcript`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Transcript {
    /// Whose
    pub user: UserId,
    /// Which, as `acquaint sessions` lists it
    pub session: SessionId,
}

/// Arguments of `extract`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Extract {
    /// Whose; without it everyone's
    pub user: Option<UserId>,
}

/// Arguments of `export`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Export {
    /// Whose
    #[arg(value_name = "USER", required_unless_present = "all", conflicts_with = "all")]
    pub users: Vec<UserId>,
    /// Everyone
    #[arg(long)]
    pub all: bool,
    /// Where to; without it standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `import`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Import {
    /// A zip file of `export`, or a profile
    pub file: PathBuf,
    /// Keep it under this user instead of the one it names
    #[arg(long = "as", value_name = "USER")]
    pub user: Option<UserId>,
}

/// Arguments of `completions`.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests;
