//! What the commands of a chat do.

use std::ops::ControlFlow;

use super::Conversation;
use crate::agent::{ItemKind, Saved};
use crate::cli::entry::{COMMANDS, Slash};
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::cli::{changes, cost, view};
use crate::error::Error;
use crate::profile::{Item, Profile};

impl Conversation<'_> {
    /// Does what a command says.
    pub(super) async fn command(&mut self, command: Slash) -> ControlFlow<Exit> {
        let done = match command {
            Slash::Memory => self.memory().await,
            Slash::Remember(text) => self.remember(&text).await,
            Slash::Forget(item) => self.forget(item).await,
            Slash::Why(item) => self.why(&item).await,
            Slash::Undo => self.undo().await,
            Slash::Cost => {
                let ledger = self.session.ledger();
                self.screen.aside(|screen| cost::print(screen, ledger));
                Ok(())
            }
            Slash::Help => {
                self.screen.aside(help);
                Ok(())
            }
            Slash::Save => return self.save().await,
            Slash::New => return self.begin_another().await,
        };
        if let Err(error) = done {
            let failure = self.explained(error);
            self.fail(&failure);
        }
        ControlFlow::Continue(())
    }

    async fn memory(&mut self) -> Result<(), Error> {
        let profile = self.agent.profile(&self.user).await?;
        let something = |profile: &Profile| {
            profile.items().next().is_some() || !profile.running_summary.is_empty()
        };
        match profile.filter(something) {
            Some(profile) => self.screen.aside(|screen| view::profile(screen, &profile)),
            None => self.screen.aside(|screen| screen.data("nothing is remembered yet")),
        }
        Ok(())
    }

    async fn remember(&mut self, text: &str) -> Result<(), Error> {
        let saved = self.agent.remember(&self.user, &ItemKind::Fact, text).await?;
        self.tell(&saved);
        Ok(())
    }

    async fn forget(&mut self, item: String) -> Result<(), Error> {
        // Forgetting looks through what is stored, so what was typed has to be there.
        self.keep_input().await;
        let forgotten = self.agent.forget(&self.user, &[item]).await?;
        for item in &forgotten.items {
            let named = match item {
                Item::Preference(_) => format!("preference {}", item.text()),
                Item::Fact(_) | Item::Decision(_) => {
                    format!("{} {}: {}", item.kind(), item.id(), item.text())
                }
            };
            let line = Line::from("  ").styled(Style::WARNING, "-").and(" ").and(&named);
            self.screen.note(line.and(" (forgotten)").hanging(4));
        }
        self.tell_frozen();
        Ok(())
    }

    async fn why(&mut self, item: &str) -> Result<(), Error> {
        let why = self.agent.why(&self.user, item).await?;
        self.screen.aside(|screen| view::why(screen, &why));
        Ok(())
    }

    async fn undo(&mut self) -> Result<(), Error> {
        let (back, saved) = self.agent.undo(&self.user, None).await?;
        let same = if saved.changes.is_empty() { "; nothing is different" } else { "" };
        self.screen.note(format!("back to revision {back}, as revision {}{same}", saved.revision));
        self.tell(&saved);
        Ok(())
    }

    fn tell(&mut self, saved: &Saved) {
        for line in changes::lines(&saved.changes) {
            self.screen.note(line);
        }
        self.tell_frozen();
    }

    /// Says, the first time, that this session goes on with the memory it began with.
    fn tell_frozen(&mut self) {
        if !std::mem::replace(&mut self.told_frozen, true) {
            self.screen.note(
                "the next session will know (`/new`); this one keeps the memory it began with",
            );
        }
    }

    /// An error in the words of a chat, where the hints name its own commands.
    fn explained(&self, error: Error) -> Failure {
        match error {
            Error::NoSuchItem { .. } => {
                Failure::failed(error).hint("`/memory` lists the items with their ids")
            }
            Error::NoSuchUser { .. } => Failure::failed(Unknown(self.user.to_string())),
            error => error.into(),
        }
    }
}

/// A command about memory where there is none.
#[derive(Debug, thiserror::Error)]
#[error("nothing is remembered of `{0}` yet")]
struct Unknown(String);

fn help(screen: &mut Screen) {
    let usage =
        |command: &str, argument: &str| format!("{command} {argument}").trim_end().to_owned();
    let width = COMMANDS.iter().map(|about| usage(about.command, about.argument).len()).max();
    let width = width.unwrap_or(0);
    for about in COMMANDS {
        let usage = format!("{:width$}", usage(about.command, about.argument));
        let line = Line::from("  ").styled(Style::CODE, &usage).and("  ").and(about.about);
        screen.data(line.hanging(width + 4));
    }
    screen.data("A line that ends in \\ goes on in the next one; Ctrl-C stops a reply.");
}
