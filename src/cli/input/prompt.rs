//! The line editor.

use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal};

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Behavior, CompletionType, Config, Context, Editor, Helper};

use super::{Continued, Input};
use crate::cli::entry::COMMANDS;
use crate::cli::harmless::harmless;
use crate::cli::style::Style;

/// What is shown before a line that continues the one above.
const CONTINUATION: &str = "... ";
/// How many entries can be recalled.
const LONGEST: usize = 1000;

/// Reads lines from a terminal, with history, Tab for commands and the usual keys.
///
/// What is pasted is one line, however many it has (where the terminal brackets pastes). Reading blocks the thread.
pub struct Prompt {
    editor: Editor<Commands, MemHistory>,
    typed: Vec<String>,
    blank: bool,
}

impl Prompt {
    /// An editor that recalls nothing yet.
    ///
    /// # Errors
    /// When the terminal cannot be opened.
    pub fn new() -> io::Result<Self> {
        // With the output redirected the prompt would end up in the file; it belongs on the terminal.
        let behavior =
            if io::stdout().is_terminal() { Behavior::Stdio } else { Behavior::PreferTerm };
        let config = Config::builder()
            .behavior(behavior)
            .completion_type(CompletionType::List)
            .history_ignore_space(true)
            .max_history_size(LONGEST)
            .map_err(fault)?
            .build();
        let memory = MemHistory::with_config(&config);
        let mut editor = Editor::with_history(config, memory).map_err(fault)?;
        editor.set_helper(Some(Commands { blank: Cell::new(true) }));
        Ok(Self { editor, typed: Vec::new(), blank: true })
    }

    /// Lets the arrow keys recall these entries, oldest first. What a terminal would act on is made visible, as the
    /// editor would print it unchanged.
    ///
    /// # Errors
    /// When the editor does not take them.
    pub fn recall(&mut self, entries: &[String]) -> io::Result<()> {
        for entry in entries {
            self.editor.add_history_entry(harmless(entry)).map_err(fault)?;
        }
        Ok(())
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
                Input::Interrupted => {
                    self.blank &= continued.rest().is_none();
                    return Ok(Input::Interrupted);
                }
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
            if let Some(helper) = self.editor.helper() {
                helper.blank.set(true);
            }
            return match self.editor.readline(&(question, styled.as_str())) {
                Ok(line) => Ok(Input::Line(line)),
                Err(ReadlineError::Interrupted) => {
                    self.blank = self.editor.helper().is_none_or(|helper| helper.blank.get());
                    Ok(Input::Interrupted)
                }
                Err(ReadlineError::Eof) => Ok(Input::End),
                // A byte that is no UTF-8 costs the line, but must not cost the session.
                Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => continue,
                Err(error) => Err(fault(error)),
            };
        }
    }

    /// What was typed since this was last asked, oldest first, as far as it can be recalled: no line that began with a
    /// space.
    pub fn take_typed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.typed)
    }

    /// Whether nothing was typed when Ctrl-C was last pressed.
    #[must_use]
    pub fn was_blank(&self) -> bool {
        self.blank
    }

    fn keep(&mut self, line: String) -> io::Result<Input> {
        if self.editor.add_history_entry(line.as_str()).map_err(fault)? {
            self.typed.push(line.clone());
        }
        Ok(Input::Line(line))
    }
}

fn fault(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// Completes the commands of a chat, and sees whether the line is empty, which the editor does not tell after Ctrl-C.
struct Commands {
    blank: Cell<bool>,
}

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

    fn hint(&self, line: &str, _: usize, _: &Context<'_>) -> Option<String> {
        self.blank.set(line.is_empty());
        None
    }
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

    /// Runs in a process of its own, with a terminal, for the tests below.
    #[test]
    #[ignore = "a part of the tests that need a terminal"]
    fn reader() {
        let mut prompt = Prompt::new().unwrap();
        prompt.recall(&["an old\u{1b}[2J".to_owned()]).unwrap();
        loop {
            let input = prompt.read("you> ").unwrap();
            let blank = if prompt.was_blank() { ", blank" } else { "" };
            println!("got {input:?}{blank}");
            if input == Input::End {
                println!("typed {:?}", prompt.take_typed());
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
        typed(
            &mut session,
            &format!("{}\r", "\u{1b}[A".repeat(6)),
            "got Line(\"an old\\\\u001b[2J\")",
        );
        typed(&mut session, " not to be recalled\r", "got Line");
        typed(&mut session, "\u{4}", "got End");
        let all = r#"typed ["hello", "one \ntwo", "/memory", "/forget f3", "an old\\u001b[2J"]"#;
        session.exp_string(all).unwrap();
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
        typed(&mut session, "abc\u{3}", "got Interrupted\r\n");
        typed(&mut session, "\u{3}", "got Interrupted, blank\r\n");
        typed(&mut session, "a\u{7f}\u{3}", "got Interrupted, blank\r\n");
        typed(&mut session, "abc\\\r", "... ");
        typed(&mut session, "\u{3}", "got Interrupted\r\n");
        typed(&mut session, "abc\\\r", "... ");
        typed(&mut session, "\u{4}", "got Line(\"abc\")");
        typed(&mut session, "\u{4}", "got End");
    }
}
