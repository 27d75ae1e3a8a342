//! The line editor.

use std::io::{self, ErrorKind, IsTerminal};

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::{History, MemHistory, SearchDirection};
use rustyline::validate::Validator;
use rustyline::{Behavior, CompletionType, Config, Context, Editor, Helper};

use super::{Continued, Input, history};
use crate::cli::entry::COMMANDS;
use crate::cli::style::Style;

/// What is shown before a line that continues the one above.
const CONTINUATION: &str = "... ";

/// Reads lines from a terminal, with history, Tab for commands and the usual keys.
///
/// What is pasted is one line, however many it has (where the terminal brackets pastes). Reading blocks the thread.
pub struct Prompt {
    editor: Editor<Commands, MemHistory>,
}

impl Prompt {
    /// An editor that remembers these entries, in the form that [`Prompt::history`] gives back.
    ///
    /// # Errors
    /// When the terminal cannot be opened.
    pub fn new(history: &str) -> io::Result<Self> {
        // With the output redirected the prompt would end up in the file; it belongs on the terminal.
        let behavior = if io::stdout().is_terminal() {
            Behavior::Stdio
        } else {
            Behavior::PreferTerm
        };
        let config = Config::builder()
            .behavior(behavior)
            .completion_type(CompletionType::List)
            .history_ignore_space(true)
            .max_history_size(history::LONGEST)
            .map_err(fault)?
            .build();
        let memory = MemHistory::with_config(&config);
        let mut editor = Editor::with_history(config, memory).map_err(fault)?;
        editor.set_helper(Some(Commands));
        for entry in history::decode(history) {
            editor.add_history_entry(entry).map_err(fault)?;
        }
        Ok(Self { editor })
    }

    /// Reads a line, and those that continue it, into the history.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn read(&mut self, prompt: &str) -> io::Result<Input> {
        let mut continued = Continued::default();
        let mut shown = prompt;
        loop {
            match self.ask(shown)? {
                Input::Line(line) => match continued.add(&line) {
                    Some(whole) => return self.keep(whole),
                    None => shown = CONTINUATION,
                },
                Input::Interrupted => return Ok(Input::Interrupted),
                Input::End => {
                    return match continued.rest() {
                        Some(rest) => self.keep(rest),
                        None => Ok(Input::End),
                    };
                }
            }
        }
    }

    /// Reads one line that is no part of the conversation: the history does not keep it.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn ask(&mut self, question: &str) -> io::Result<Input> {
        let styled = format!("{}{question}{}", Style::BOLD.start(), Style::RESET);
        loop {
            return match self.editor.readline(&(question, styled.as_str())) {
                Ok(line) => Ok(Input::Line(line)),
                Err(ReadlineError::Interrupted) => Ok(Input::Interrupted),
                Err(ReadlineError::Eof) => Ok(Input::End),
                // A byte that is no UTF-8 costs the line, but must not cost the session.
                Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => continue,
                Err(error) => Err(fault(error)),
            };
        }
    }

    /// The entries, a line each, oldest first: at most 1000.
    #[must_use]
    pub fn history(&self) -> String {
        let history = self.editor.history();
        let entry = |index| history.get(index, SearchDirection::Forward).ok().flatten();
        (0..history.len())
            .filter_map(entry)
            .map(|found| history::encode(&found.entry))
            .collect()
    }

    fn keep(&mut self, line: String) -> io::Result<Input> {
        self.editor
            .add_history_entry(line.as_str())
            .map_err(fault)?;
        Ok(Input::Line(line))
    }
}

fn fault(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// Completes the commands of a chat.
struct Commands;

impl Completer for Commands {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok((0, completions(line.get(..cursor).unwrap_or_default())))
    }
}

fn completions(typed: &str) -> Vec<String> {
    if !typed.starts_with('/') {
        return Vec::new();
    }
    COMMANDS
        .iter()
        .filter(|usage| usage.command.starts_with(typed))
        .map(|usage| match usage.argument {
            "" => usage.command.to_owned(),
            _ => format!("{} ", usage.command),
        })
        .collect()
}

impl Helper for Commands {}
impl Highlighter for Commands {}
impl Validator for Commands {}
impl Hinter for Commands {
    type Hint = String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_word_of_a_command_is_completed() {
        assert_eq!(completions("/me"), ["/memory"]);
        assert_eq!(completions("/f"), ["/forget "]);
        assert_eq!(completions("/").len(), COMMANDS.len());
        for typed in ["", "me", " /me", "/memory x", "/forget f", "/x"] {
            assert_eq!(completions(typed), Vec::<String>::new(), "{typed:?}");
        }
    }

    #[test]
    fn the_history_is_given_back_as_it_was_handed_in() {
        let history = "one\ntwo\\nlines\n/memory\n";
        assert_eq!(Prompt::new(history).unwrap().history(), history);
    }
}
