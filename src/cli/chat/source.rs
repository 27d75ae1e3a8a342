//! Where a chat's lines come from: a person at a terminal, or a pipe.

use std::io::{self, IsTerminal};

use super::waiting::interrupted;
use crate::cli::fail::Failure;
use crate::cli::input::{Input, Lines, Prompt};
use crate::cli::screen::Screen;

/// Standard input.
pub(super) enum Source {
    Terminal(Box<Prompt>),
    Pipe(Lines),
}

impl Source {
    pub(super) fn standard() -> Result<Self, Failure> {
        if io::stdin().is_terminal() {
            let prompt = Prompt::new().map_err(Failure::failed)?;
            return Ok(Self::Terminal(Box::new(prompt)));
        }
        Ok(Self::Pipe(Lines::new(io::stdin())))
    }

    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal(_))
    }

    /// The next line of the conversation. At a terminal this blocks the thread.
    pub(super) async fn next(&mut self, prompt: &str) -> Result<Input, Failure> {
        let input = match self {
            Self::Terminal(terminal) => terminal.read(prompt),
            Self::Pipe(lines) => tokio::select! {
                biased;
                () = interrupted() => Ok(Input::Interrupted),
                input = lines.next() => input,
            },
        };
        input.map_err(|error| Failure::failed(Unread(error)))
    }

    /// The answer to a question of ours.
    pub(super) async fn ask(
        &mut self,
        question: &str,
        screen: &mut Screen,
    ) -> Result<Input, Failure> {
        match self {
            Self::Terminal(terminal) => terminal
                .ask(&format!("{question} "))
                .map_err(|error| Failure::failed(Unread(error))),
            Self::Pipe(_) => {
                screen.note(question);
                self.next("").await
            }
        }
    }

    /// Lets the arrow keys recall what was typed in earlier sessions.
    pub(super) fn recall(&mut self, entries: &[String]) -> Result<(), Failure> {
        match self {
            Self::Terminal(terminal) => terminal.recall(entries).map_err(Failure::failed),
            Self::Pipe(_) => Ok(()),
        }
    }

    /// What was typed since this was last asked; nothing of a pipe.
    pub(super) fn take_typed(&mut self) -> Vec<String> {
        match self {
            Self::Terminal(terminal) => terminal.take_typed(),
            Self::Pipe(_) => Vec::new(),
        }
    }

    /// Whether Ctrl-C was pressed where nothing had been typed.
    pub(super) fn was_blank(&self) -> bool {
        matches!(self, Self::Terminal(terminal) if terminal.was_blank())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("cannot read what is said")]
struct Unread(#[source] io::Error);
