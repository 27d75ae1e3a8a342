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
        let behavior =
            if io::stdout().is_terminal() { Behavior::Stdio } else { Behavior::PreferTerm };
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
        (0..history.len()).filter_map(entry).map(|found| history::encode(&found.entry)).collect()
    }

    fn keep(&mut self, line: String) -> io::Result<Input> {
        self.editor.add_history_entry(line.as_str()).map_err(fault)?;
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

    /// Runs in a process of its own, with a terminal, for the tests below.
    #[test]
    #[ignore = "a part of the tests that need a terminal"]
    fn reader() {
        let mut prompt = Prompt::new("an old one\n").unwrap();
        loop {
            let input = prompt.read("you> ").unwrap();
            println!("got {input:?}");
            if input == Input::End {
                println!("kept {:?}", prompt.history());
                return;
            }
        }
    }

    fn terminal() -> rexpect::session::PtySession {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "cli::input::prompt::tests::reader", "--ignored", "--nocapture"]);
        command.env("TERM", "xterm").env_remove("NO_COLOR");
        let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
        session.exp_string("you> ").unwrap();
        session
    }

    /// Types, and waits for what the reader got.
    fn typed(session: &mut rexpect::session::PtySession, keys: &str, expected: &str) {
        session.send(keys).unwrap();
        session.flush().unwrap();
        session.exp_string(expected).unwrap();
    }

    #[test]
    fn lines_are_edited_continued_completed_and_recalled() {
        let mut session = terminal();
        typed(&mut session, "helo\u{1b}[Dl\r", "got Line(\"hello\")");
        typed(&mut session, "one \\\r", "... ");
        typed(&mut session, "two\r", "got Line(\"one \\ntwo\")");
        typed(&mut session, "/mem\t\r", "got Line(\"/memory\")");
        typed(&mut session, "/forg\tf3\r", "got Line(\"/forget f3\")");
        typed(&mut session, &format!("{}\r", "\u{1b}[A".repeat(6)), "got Line(\"an old one\")");
        typed(&mut session, "\u{4}", "got End");
        let kept = r#"kept "an old one\nhello\none \\ntwo\n/memory\n/forget f3\nan old one\n""#;
        session.exp_string(kept).unwrap();
        session.exp_eof().unwrap();
    }

    #[test]
    fn a_paste_of_several_lines_is_one() {
        let mut session = terminal();
        let paste = "\u{1b}[200~fn main() {\r\n    run \\\r\n}\u{1b}[201~\r";
        typed(&mut session, paste, r#"got Line("fn main() {\n    run \\\n}")"#);
    }

    #[test]
    fn control_c_gives_up_the_line_and_control_d_ends() {
        let mut session = terminal();
        typed(&mut session, "abc\u{3}", "got Interrupted");
        typed(&mut session, "abc\\\r", "... ");
        typed(&mut session, "\u{3}", "got Interrupted");
        typed(&mut session, "abc\\\r", "... ");
        typed(&mut session, "\u{4}", "got Line(\"abc\")");
        typed(&mut session, "\u{4}", "got End");
    }
}
