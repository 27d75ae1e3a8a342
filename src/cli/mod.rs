//! The terminal: what a person types, and what is printed.
//!
//! The parts: [`args`] is the command line; [`screen`] prints, [`markdown`] renders replies on the way there, [`spinner`]
//! fills the waiting; [`input`] reads lines, [`entry`] says what they mean; [`fail`] turns errors into messages and exit
//! statuses.
//!
//! This module talks to the agent only: it never reaches around it to a store or a model.

pub mod args;
pub mod changes;
mod chat;
mod commands;
mod confirm;
mod cost;
pub mod entry;
pub mod fail;
pub mod harmless;
pub mod input;
pub mod markdown;
mod notice;
mod private;
pub mod screen;
pub mod spinner;
pub mod style;
pub mod table;
mod view;
mod wrap;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

use crate::agent::Agent;
use crate::config::{Colour, Flags, Settings};
use crate::open::open;
use args::{Cli, Command};
use fail::{Exit, Failure};
use screen::Screen;

/// Does what a command line says, and tells how it went.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let (flags, command) = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.into_parts(),
        Err(error) => return usage(&error),
    };
    let mut screen = Screen::standard(Colour::Never, flags.verbosity());
    let done = match command {
        Command::Schema => {
            screen.raw(crate::profile::SCHEMA);
            Ok(Exit::Done)
        }
        Command::Completions(args) => {
            screen.raw(&completions(args.shell));
            Ok(Exit::Done)
        }
        command => perform(command, &flags, &mut screen),
    };
    let exit = done.unwrap_or_else(|failure| {
        failure.report(&mut screen);
        failure.exit
    });
    match screen.finish() {
        Ok(()) => exit,
        Err(error) => {
            Failure::failed(Unwritten(error)).report(&mut screen);
            Exit::Failed
        }
    }
}

/// Standard output could not take all data.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
struct Unwritten(#[source] std::io::Error);

/// What a command works with.
pub(crate) struct Context<'a> {
    pub(crate) agent: Agent,
    pub(crate) settings: &'a Settings,
    pub(crate) screen: &'a mut Screen,
}

/// Does a command that needs settings.
fn perform(command: Command, flags: &Flags, screen: &mut Screen) -> Result<Exit, Failure> {
    let settings = Settings::load(flags).map_err(Failure::usage)?;
    *screen = Screen::standard(settings.colour, settings.verbosity);
    if let Some(key) = &settings.anthropic.key {
        screen.hide(key);
    }
    let context = Context { agent: open(&settings)?, settings: &settings, screen };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Failure::failed)?.block_on(dispatch(command, context))
}

async fn dispatch(command: Command, context: Context<'_>) -> Result<Exit, Failure> {
    match command {
        Command::Chat(args) => chat::run(context, args).await,
        Command::Users => commands::users::run(context).await,
        Command::Show(args) => commands::show::run(context, args).await,
        Command::Edit(args) => commands::edit::run(context, args).await,
        Command::Remember(args) => commands::remember::run(context, args).await,
        Command::Forget(args) => commands::forget::run(context, args).await,
        Command::Erase(args) => commands::erase::run(context, args).await,
        Command::Why(args) => commands::why::run(context, args).await,
        Command::History(args) => commands::history::run(context, args).await,
        Command::Undo(args) => commands::undo::run(context, args).await,
        Command::Sessions(args) => commands::sessions::run(context, args).await,
        Command::Transcript(args) => commands::transcript::run(context, args).await,
        Command::Extract(args) => commands::extract::run(context, args).await,
        Command::Export(args) => commands::export::run(context, args).await,
        Command::Import(args) => commands::import::run(context, args).await,
        Command::Doctor => commands::doctor::run(context).await,
        Command::Schema | Command::Completions(_) => Ok(Exit::Done),
    }
}

/// Prints what clap has to say: help to standard output, errors to standard error.
fn usage(error: &clap::Error) -> Exit {
    let printed = error.print();
    let closed = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    match (error.use_stderr(), printed) {
        (true, _) => Exit::Usage,
        (false, Err(error)) if !closed(&error) => Exit::Failed,
        (false, _) => Exit::Done,
    }
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "acquaint", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
