//! Where output goes: data to standard output, talk to standard error.
//!
//! Printing cannot fail at the place that prints. A reader that went away (`| head`) is no error: nothing more is written,
//! and [`Screen::closed`] tells whoever wants to stop early. Any other fault of standard output is kept for
//! [`Screen::finish`].
//!
//! Text reaches a terminal as [`Line`]s, which make what they are given harmless. The exceptions, [`Screen::raw`] and
//! [`Screen::reply`], say how they do.

use std::io::{self, IsTerminal, Write};

use unicode_width::UnicodeWidthStr;

use super::harmless::{harmless, one_line};
use super::style::Style;
use super::wrap::Wrap;
use crate::config::{Colour, Verbosity};
use crate::model::ApiKey;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;
/// Below this, wrapping does more harm than good.
const NARROWEST: usize = 20;

/// One line of output, styled in parts.
///
/// ```
/// use acquaint::cli::screen::Line;
/// use acquaint::cli::style::Style;
///
/// let line = Line::from("f3  ").and("uses Rust").styled(Style::DIM, "  (medium)").hanging(4);
/// assert_eq!(line.to_string(), "f3  uses Rust  (medium)");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    parts: Vec<(Style, String)>,
    hanging: usize,
}

impl Line {
    /// Adds text. Control characters become visible, line breaks become spaces.
    #[must_use]
    pub fn and(self, text: &str) -> Self {
        self.styled(Style::PLAIN, text)
    }

    /// Adds text in a style.
    #[must_use]
    pub fn styled(mut self, style: Style, text: &str) -> Self {
        self.parts.push((style, one_line(text).into_owned()));
        self
    }

    /// Lets the rest of the line, where it wraps, begin at this column.
    #[must_use]
    pub fn hanging(mut self, columns: usize) -> Self {
        self.hanging = columns;
        self
    }

    /// How many columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.parts.iter().map(|(_, text)| text.width()).sum()
    }
}

impl<T: AsRef<str>> From<T> for Line {
    fn from(text: T) -> Self {
        Self::default().and(text.as_ref())
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.parts.iter().try_for_each(|(_, text)| f.write_str(text))
    }
}

/// One of the two ways out.
pub struct Stream {
    sink: Box<dyn Write + Send>,
    terminal: Option<usize>,
    styled: bool,
    moves: bool,
    fault: Option<io::Error>,
}

impl Stream {
    /// A way out into any writer; `terminal` is the width in columns if it is a terminal.
    #[must_use]
    pub fn new(sink: Box<dyn Write + Send>, terminal: Option<usize>, colour: Colour) -> Self {
        Self {
            sink,
            terminal,
            styled: match colour {
                Colour::Auto => terminal.is_some(),
                Colour::Never | Colour::Dumb => false,
                Colour::Always => true,
            },
            moves: colour != Colour::Dumb,
            fault: None,
        }
    }

    /// Where lines wrap; `usize::MAX` where they do not.
    fn width(&self) -> usize {
        match self.terminal {
            Some(width) if width >= NARROWEST => width.min(WIDEST),
            _ => usize::MAX,
        }
    }

    fn line(&mut self, line: &Line) {
        let mut wrap = Wrap::new(self.width(), self.styled);
        wrap.hang(&" ".repeat(line.hanging));
        for (style, text) in &line.parts {
            wrap.push_str(text, *style);
        }
        wrap.newline();
        self.write(wrap.take().as_bytes());
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.fault.is_none() {
            self.fault = self.sink.write_all(bytes).err();
        }
    }

    fn flush(&mut self) {
        if self.fault.is_none() {
            self.fault = self.sink.flush().err();
        }
    }
}

/// Standard output and standard error.
pub struct Screen {
    data: Stream,
    talk: Stream,
    verbosity: Verbosity,
    hidden: Vec<ApiKey>,
}

impl Screen {
    /// The process's own.
    #[must_use]
    pub fn standard(colour: Colour, verbosity: Verbosity) -> Self {
        let width = |size: Option<(terminal_size::Width, terminal_size::Height)>| {
            size.map_or(80, |(width, _)| usize::from(width.0))
        };
        let (out, err) = (io::stdout(), io::stderr());
        let data = out.is_terminal().then(|| width(terminal_size::terminal_size_of(&out)));
        let talk = err.is_terminal().then(|| width(terminal_size::terminal_size_of(&err)));
        Self::new(
            Stream::new(Box::new(io::BufWriter::new(out)), data, colour),
            Stream::new(Box::new(err), talk, colour),
            verbosity,
        )
    }

    /// A screen of any two writers.
    #[must_use]
    pub fn new(data: Stream, talk: Stream, verbosity: Verbosity) -> Self {
        Self { data, talk, verbosity, hidden: Vec::new() }
    }

    /// Never says this key, also where a server's error message repeats it.
    pub fn hide(&mut self, key: &ApiKey) {
        self.hidden.push(key.clone());
    }

    /// Prints a line of data.
    pub fn data(&mut self, line: impl Into<Line>) {
        self.data.line(&line.into());
    }

    /// Prints lines of data.
    pub fn lines(&mut self, lines: impl IntoIterator<Item = Line>) {
        for line in lines {
            self.data(line);
        }
    }

    /// Prints text of several lines as data.
    pub fn text(&mut self, text: &str) {
        text.lines().for_each(|line| self.data(line));
    }

    /// Prints what a program will read, such as JSON: byte by byte, but made harmless if it is a terminal after all.
    pub fn raw(&mut self, text: &str) {
        if self.data.terminal.is_some() {
            self.data.write(harmless(text).as_bytes());
        } else {
            self.data.write(text.as_bytes());
        }
    }

    /// Writes a file to standard output. Never to a terminal: look at [`Screen::is_terminal`] before.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.data.write(bytes);
    }

    /// Prints a piece of a reply at once. It must come from [`super::markdown::Markdown`], which makes it harmless.
    pub fn reply(&mut self, rendered: &str) {
        self.data.write(rendered.as_bytes());
        self.data.flush();
    }

    /// Says something that a person wants to know; not when quiet.
    pub fn note(&mut self, line: impl Into<Line>) {
        if self.verbosity != Verbosity::Quiet {
            self.say(&line.into());
        }
    }

    /// Says what helps to find a fault; only when verbose.
    pub fn detail(&mut self, line: impl Into<Line>) {
        if self.verbosity == Verbosity::Verbose {
            self.say(&line.into());
        }
    }

    /// Says what must be heard, quiet or not.
    pub fn warn(&mut self, line: impl Into<Line>) {
        self.say(&line.into());
    }

    fn say(&mut self, line: &Line) {
        let mut line = line.clone();
        for (_, text) in &mut line.parts {
            for key in &self.hidden {
                *text = key.scrub(text);
            }
        }
        self.data.flush();
        self.talk.line(&line);
        self.talk.flush();
    }

    /// Writes a control sequence of ours to standard error.
    pub(super) fn draw(&mut self, sequence: &str) {
        self.data.flush();
        self.talk.write(sequence.as_bytes());
        self.talk.flush();
    }

    /// The width of standard error, if it is a terminal that can move its cursor and nobody asked for silence.
    pub(super) fn canvas(&self) -> Option<usize> {
        let wanted = self.talk.moves && self.verbosity != Verbosity::Quiet;
        self.talk.terminal.filter(|_| wanted)
    }

    /// A renderer for one reply, in the way that fits standard output.
    #[must_use]
    pub fn markdown(&self) -> super::markdown::Markdown {
        super::markdown::Markdown::new(match (self.data.terminal, self.data.styled) {
            (None, _) => super::markdown::Mode::Untouched,
            (Some(_), false) => super::markdown::Mode::Harmless,
            (Some(_), true) => super::markdown::Mode::Styled { width: self.data.width() },
        })
    }

    /// Whether standard output is a terminal.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.data.terminal.is_some()
    }

    /// Whether standard output takes no more.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.data.fault.is_some()
    }

    /// Prints the data of `print` as talk: in a chat only replies are data.
    pub(crate) fn aside(&mut self, print: impl FnOnce(&mut Self)) {
        self.data.flush();
        std::mem::swap(&mut self.data, &mut self.talk);
        print(self);
        std::mem::swap(&mut self.data, &mut self.talk);
    }

    /// Flushes, and tells whether all data was written.
    ///
    /// # Errors
    /// What the system said to the first write to standard output that failed, unless its reader just went away.
    /// Standard error is not checked: there is nowhere left to say so.
    pub fn finish(&mut self) -> io::Result<()> {
        self.data.flush();
        self.talk.flush();
        match self.data.fault.take() {
            Some(fault) if fault.kind() != io::ErrorKind::BrokenPipe => Err(fault),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
