//! How a failure becomes output and an exit status.

use std::error::Error;
use std::process::ExitCode;

use super::screen::{Line, Screen};
use super::style::Style;
use crate::error::Kind;

/// What the process tells its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It did what it was asked.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// The command line or the input is wrong.
    Usage = 2,
    /// It is done, but a session stays pending.
    Pending = 3,
    /// Ctrl-C: 128 and the number of the signal, as shells count.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error, what to do about it, and the status to leave with.
#[derive(Debug)]
pub struct Failure {
    /// The status to leave with.
    pub exit: Exit,
    /// What went wrong, with its causes.
    pub error: Box<dyn Error + Send + Sync>,
    /// What to do about it, a sentence each.
    pub hints: Vec<String>,
}

impl Failure {
    /// Something failed (status 1).
    pub fn failed(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Exit::Failed, error)
    }

    /// The command line or the input is wrong (status 2).
    pub fn usage(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Exit::Usage, error)
    }

    fn new(exit: Exit, error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { exit, error: error.into(), hints: Vec::new() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Tells the person.
    pub fn report(&self, screen: &mut Screen) {
        report(screen, self.error.as_ref(), &self.hints);
    }
}

impl From<crate::error::Error> for Failure {
    fn from(error: crate::error::Error) -> Self {
        let exit = match error.kind() {
            Kind::Usage | Kind::NotFound => Exit::Usage,
            Kind::Conflict | Kind::Damaged | Kind::Upstream | Kind::Internal => Exit::Failed,
        };
        let hints = error.hints();
        Self { exit, error: Box::new(error), hints }
    }
}

/// Prints an error with its causes on one line, `error: a: b: c`, then a line for each hint.
pub fn report(screen: &mut Screen, error: &(dyn Error + 'static), hints: &[String]) {
    let chain: Vec<_> = std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    let error = Line::default().styled(Style::ERROR.and(Style::BOLD), "error:");
    screen.warn(error.and(" ").and(&chain.join(": ")));
    for hint in hints {
        let label = Line::default().styled(Style::BOLD, "hint:");
        screen.warn(label.and(" ").and(hint).hanging(6));
    }
}

#[cfg(test)]
mod tests {
    use super::super::screen::tests::captured;
    use super::*;
    use crate::config::Verbosity;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot save the profile")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("cannot write `{0}`")]
    struct Inner(String, #[source] std::io::Error);

    #[test]
    fn the_chain_is_printed_once_and_then_the_hints() {
        let disk = std::io::Error::new(std::io::ErrorKind::StorageFull, "disk full");
        let error = Outer(Inner("a\nerror: forged\u{1b}[2J".to_owned(), disk));
        let (mut screen, data, talk) = captured(None, Verbosity::Quiet);
        Failure::failed(error).hint("make room, then run `acquaint extract`").report(&mut screen);
        assert_eq!(data.text(), "");
        assert_eq!(
            talk.text(),
            "error: cannot save the profile: cannot write `a error: forged\\u001b[2J`: disk full\n\
             hint: make room, then run `acquaint extract`\n"
        );
    }

    #[test]
    fn each_way_to_end_has_its_documented_status() {
        let all = [Exit::Done, Exit::Failed, Exit::Usage, Exit::Pending, Exit::Interrupted];
        assert_eq!(all.map(|exit| exit as u8), [0, 1, 2, 3, 130]);
    }
}
