//! Asking before something goes for good.

use std::io::IsTerminal;

use super::fail::{Exit, Failure};
use super::input::{Input, Prompt};
use super::screen::Screen;

/// What a person answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Go on.
    Yes,
    /// Leave everything as it is.
    No,
    /// Ctrl-C, which is a no.
    Interrupted,
}

impl Answer {
    /// The status to leave with when nothing was done because of it.
    pub(super) fn exit(self) -> Exit {
        match self {
            Self::Yes | Self::No => Exit::Failed,
            Self::Interrupted => Exit::Interrupted,
        }
    }
}

/// Whether there is somebody to ask.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal()
}

/// Asks `question [y/N]`; `default` is what Enter alone means.
pub(super) fn ask(screen: &mut Screen, question: &str, default: Answer) -> Result<Answer, Failure> {
    let choice = if default == Answer::Yes { "[Y/n]" } else { "[y/N]" };
    let mut prompt = Prompt::new().map_err(Failure::failed)?;
    loop {
        return Ok(
            match prompt.ask(&format!("{question} {choice} ")).map_err(Failure::failed)? {
                Input::Line(line) => match line.trim().to_lowercase().as_str() {
                    "" => default,
                    "y" | "yes" => Answer::Yes,
                    "n" | "no" => Answer::No,
                    _ => {
                        screen.warn("answer `y` or `n`");
                        continue;
                    }
                },
                Input::Interrupted => Answer::Interrupted,
                Input::End => Answer::No,
            },
        );
    }
}

/// Refuses what nobody can be asked about; asks otherwise. `what` goes into `error: {what} needs a yes`.
pub(super) fn must_agree(
    screen: &mut Screen,
    what: &str,
    question: &str,
) -> Result<Answer, Failure> {
    if can_ask() {
        return ask(screen, question, Answer::No);
    }
    let refused = format!("{what} needs a yes, and there is no terminal to ask on");
    Err(Failure::usage(refused).hint("add `--yes` when you are sure"))
}
