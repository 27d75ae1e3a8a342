//! What a person types, or a program sends, line by line.
//!
//! On a terminal [`Prompt`] reads; it blocks the thread, which is all right where one person waits for one reply: call it
//! between two awaits of a current-thread runtime, when nothing else is under way. Without a terminal [`Lines`] reads,
//! on a thread of its own, so that its caller can wait for Ctrl-C at the same time.

mod lines;
mod prompt;

pub use lines::Lines;
pub use prompt::Prompt;

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A line, without its line break; with line breaks inside where it was continued or pasted.
    Line(String),
    /// Ctrl-C: what was typed is given up.
    Interrupted,
    /// Ctrl-D, or the end of the file.
    End,
}

/// Lines of which each but the last ended in a backslash.
#[derive(Debug, Default)]
struct Continued {
    text: Option<String>,
}

impl Continued {
    /// Adds a line, and gives back the whole when it does not go on.
    ///
    /// A line goes on if it ends in a backslash (which is dropped); an even number of them is text, as in a formula.
    fn add(&mut self, line: &str) -> Option<String> {
        let backslashes = line.len() - line.trim_end_matches('\\').len();
        let goes_on = backslashes % 2 == 1;
        let line = line.get(..line.len() - usize::from(goes_on)).unwrap_or(line);
        let text = match self.text.take() {
            Some(text) => format!("{text}\n{line}"),
            None => line.to_owned(),
        };
        if goes_on {
            self.text = Some(text);
            return None;
        }
        Some(text)
    }

    /// What is there when nothing more comes.
    fn rest(&mut self) -> Option<String> {
        self.text.take()
    }
}
