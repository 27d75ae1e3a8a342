//! Markdown, rendered as it streams.
//!
//! A reply arrives in pieces cut anywhere. What is shown depends only on the characters, not on the cuts, and every piece is
//! shown as soon as its meaning is certain: plain words at once, `**bold**` when it closes. What never closes is shown as
//! it was written, so that nothing is lost. Each line stands for itself: a line break in the reply is one on the screen.

mod inline;
mod start;

use super::harmless;
use super::style::Style;
use super::wrap::Wrap;
use inline::{Seen, Span};
use start::{Fence, Start};

/// How a reply is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Byte by byte as it comes: for a pipe.
    Untouched,
    /// As it comes but for control characters: for a terminal without styles.
    Harmless,
    /// Rendered and wrapped: for a terminal.
    Styled {
        /// Columns; `usize::MAX` does not wrap.
        width: usize,
    },
}

/// A renderer for one reply.
///
/// ```
/// use acquaint::cli::markdown::{Markdown, Mode};
///
/// let mut markdown = Markdown::new(Mode::Styled { width: 80 });
/// assert_eq!(markdown.push("It is **im"), "It is");
/// assert_eq!(markdown.push("portant** now"), " \u{1b}[1mimportant");
/// assert_eq!(markdown.finish(), "\u{1b}[0m now");
/// ```
#[derive(Debug)]
pub struct Markdown {
    mode: Mode,
    width: usize,
    wrap: Wrap,
    /// The line's text that has no meaning yet.
    held: String,
    place: Place,
    /// What wrapped lines of this line begin with: quote bars, the room of list markers.
    margin: String,
    /// Quotes and list items that this line is in.
    depth: usize,
    /// How this line's text looks where nothing else is said.
    base: Style,
    /// The last character of this line's text that was shown.
    before: Option<char>,
    fence: Option<Fence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the start of a line, or behind a quote's or list item's marker.
    Start,
    /// In a line's text.
    Text,
    /// In a line that is shown as it is: code, tables.
    Verbatim,
}

/// Deeper lists and quotes are shown as text: nobody reads them, and somebody might send a million.
const DEEPEST: usize = 8;
const QUOTE: &str = "| ";
const CODE_MARGIN: &str = "    ";
const RULE: usize = 40;

impl Markdown {
    /// A renderer that has seen nothing.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        let width = match mode {
            Mode::Styled { width } => width,
            Mode::Untouched | Mode::Harmless => usize::MAX,
        };
        Self {
            mode,
            width,
            wrap: Wrap::new(width, true),
            held: String::new(),
            place: Place::Start,
            margin: String::new(),
            depth: 0,
            base: Style::PLAIN,
            before: None,
            fence: None,
        }
    }

    /// Takes the next piece and returns what can be shown now.
    pub fn push(&mut self, piece: &str) -> String {
        match self.mode {
            Mode::Untouched => piece.to_owned(),
            Mode::Harmless => harmless::harmless(piece).into_owned(),
            Mode::Styled { .. } => {
                let mut shown = String::new();
                for c in piece.chars() {
                    shown.clear();
                    harmless::push(&mut shown, c);
                    shown.chars().for_each(|c| self.take(c));
                }
                self.wrap.take()
            }
        }
    }

    /// Returns the rest: the reply is over, or was stopped. No line break is added.
    pub fn finish(&mut self) -> String {
        self.end_line();
        self.wrap.end_line();
        self.wrap.take()
    }

    fn take(&mut self, c: char) {
        if c == '\n' {
            let shown = self.end_line();
            if shown {
                self.wrap.newline();
            }
            self.begin_line();
            return;
        }
        match self.place {
            Place::Start => {
                self.held.push(c);
                self.start(false);
            }
            Place::Text => self.text(c),
            Place::Verbatim => self.verbatim(c),
        }
    }

    fn begin_line(&mut self) {
        self.place = Place::Start;
        self.margin.clear();
        self.depth = 0;
        self.base = Style::PLAIN;
        self.before = None;
    }

    /// Shows what is held, now that nothing follows. Whether the line is one on the screen; that of a fence is not.
    fn end_line(&mut self) -> bool {
        let fence = self.fence.is_some();
        if self.place == Place::Start {
            self.start(true);
        }
        if self.place == Place::Text {
            self.resolve(true);
        }
        self.place == Place::Verbatim || fence == self.fence.is_some()
    }

    /// Finds out what a line begins with, as far as that can be known.
    fn start(&mut self, end: bool) {
        if let Some(fence) = &self.fence {
            match fence.line(&self.held, end) {
                Start::More => {}
                Start::Close => {
                    self.held.clear();
                    self.fence = None;
                }
                _ => self.show_code(),
            }
            return;
        }
        let start = start::start(&self.held, end);
        match start {
            Start::More => {}
            Start::Close => self.held.clear(),
            Start::Open(fence) => {
                self.held.clear();
                self.fence = Some(fence);
            }
            Start::Rule => {
                self.held.clear();
                let rule = "-".repeat(self.width.min(RULE));
                self.show_verbatim(&rule, Style::DIM);
            }
            Start::Table => {
                let held = std::mem::take(&mut self.held);
                self.show_verbatim(&held, Style::PLAIN);
            }
            Start::Heading(marker) => {
                self.held.drain(..marker);
                self.begin_text(Style::BOLD, end);
            }
            Start::Quote(marker) if self.depth < DEEPEST => self.mark(marker, QUOTE, end),
            Start::Item(marker) if self.depth < DEEPEST => {
                let text = self.held.get(..marker).unwrap_or_default().to_owned();
                self.mark(marker, &text, end);
            }
            Start::Quote(_) | Start::Item(_) | Start::Text => self.begin_text(Style::PLAIN, end),
        }
    }

    /// Shows a marker; what follows it is the start of a line again.
    fn mark(&mut self, length: usize, shown: &str, end: bool) {
        let rest = self.held.split_off(length);
        let quote = shown == QUOTE;
        self.wrap.push_str(shown, if quote { Style::DIM } else { Style::PLAIN });
        if quote {
            self.margin.push_str(QUOTE);
        } else {
            self.margin.extend(shown.chars().map(|_| ' '));
        }
        self.wrap.hang(&self.margin);
        self.depth += 1;
        self.held = rest;
        if end || !self.held.is_empty() {
            self.start(end);
        }
    }

    fn begin_text(&mut self, base: Style, end: bool) {
        self.place = Place::Text;
        self.base = base;
        let held = std::mem::take(&mut self.held);
        let text = held.trim_start_matches([' ', '\t']);
        let (indent, _) = held.split_at(held.len() - text.len());
        let indent = indent.replace('\t', CODE_MARGIN);
        self.margin.push_str(&indent);
        self.wrap.push_str(&indent, Style::PLAIN);
        self.wrap.hang(&self.margin);
        text.chars().for_each(|c| self.text(c));
        if end {
            self.resolve(true);
        }
    }

    fn show_code(&mut self) {
        let held = std::mem::take(&mut self.held);
        let code = format!("{CODE_MARGIN}{held}");
        self.show_verbatim(&code, Style::DIM);
    }

    fn show_verbatim(&mut self, text: &str, style: Style) {
        self.place = Place::Verbatim;
        self.base = style;
        self.wrap.verbatim(text, style);
    }

    fn verbatim(&mut self, c: char) {
        let mut buffer = [0; 4];
        self.wrap.verbatim(c.encode_utf8(&mut buffer), self.base);
    }

    fn text(&mut self, c: char) {
        if self.held.is_empty() && !inline::opens(c) {
            self.wrap.push(c, self.base);
            self.before = Some(c);
            return;
        }
        let last = self.held.chars().next_back();
        self.held.push(c);
        let news = inline::decides(c) || last.is_none_or(inline::decides);
        if news || self.held.len() > inline::LONGEST {
            self.resolve(false);
        }
    }

    /// Shows as much of the held text as has a certain meaning.
    fn resolve(&mut self, end: bool) {
        let held = std::mem::take(&mut self.held);
        let rest = self.show(&held, self.before, self.base, end);
        held.get(rest..).unwrap_or_default().clone_into(&mut self.held);
    }

    /// Shows text up to where its meaning is not certain yet, and returns that place.
    fn show(&mut self, text: &str, before: Option<char>, base: Style, end: bool) -> usize {
        let mut at = 0;
        let mut before = before;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = match inline::look(rest, before, end) {
                Seen::More => break,
                Seen::Text(length) => {
                    let literal = rest.get(..length).unwrap_or(rest);
                    self.wrap.push_str(literal, base);
                    literal.len()
                }
                Seen::Span(length, span) => {
                    self.span(&span, base);
                    length
                }
            };
            before = rest.get(..length).and_then(|shown| shown.chars().next_back());
            at += length;
        }
        self.before = before;
        at
    }

    fn span(&mut self, span: &Span<'_>, base: Style) {
        match span {
            Span::Code(text) => self.wrap.push_str(text, base.and(Style::CODE)),
            Span::Escaped(text) => self.wrap.push_str(text, base),
            Span::Emphasis(text, style) => {
                self.show(text, None, base.and(*style), true);
            }
            Span::Link { text, address } => {
                self.show(text, None, base, true);
                if text != address && !text.is_empty() {
                    self.wrap.push_str(" ", base);
                }
                if text != address {
                    let address = format!("({address})");
                    self.wrap.push_str(&address, Style::DIM);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
