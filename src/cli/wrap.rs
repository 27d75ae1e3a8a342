//! Wrapping words at the width of a terminal, as they come.
//!
//! Words are written as soon as they are complete. Scripts that put no spaces between words (Chinese, Japanese) may break
//! between any two wide characters. A word longer than a line is left to the terminal, so that an address stays whole
//! when it is copied.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::Style;

const JOINER: char = '\u{200d}';
const SKIN_TONES: std::ops::RangeInclusive<char> = '\u{1f3fb}'..='\u{1f3ff}';
/// Wide punctuation that a line must not begin with, and that it must not end with.
const CLOSING: &str = "、。，．！？：；」』）】〉》〕";
const OPENING: &str = "「『（【〈《〔";

/// A writer of styled words. Feed it with `push`, read with `take`.
#[derive(Debug, Clone)]
pub(super) struct Wrap {
    width: usize,
    styled: bool,
    out: String,
    /// The look that the terminal is in.
    pen: Style,
    column: usize,
    hanging: String,
    spaces: usize,
    /// The look of the spaces.
    gap: Style,
    word: Vec<(char, Style)>,
    /// Within a word longer than a line: what comes is written at once.
    long: bool,
}

impl Wrap {
    /// Wraps at a width in columns; `usize::MAX` never wraps.
    pub(super) fn new(width: usize, styled: bool) -> Self {
        Self {
            width,
            styled,
            out: String::new(),
            pen: Style::PLAIN,
            column: 0,
            hanging: String::new(),
            spaces: 0,
            gap: Style::PLAIN,
            word: Vec::new(),
            long: false,
        }
    }

    /// Takes what has been written so far.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// What the rest of this line's text hangs under, when it wraps.
    pub(super) fn hang(&mut self, hanging: &str) {
        let fits = hanging.width() <= self.width / 2;
        self.hanging = if fits { hanging.to_owned() } else { String::new() };
    }

    /// Adds one character that is not a line break.
    pub(super) fn push(&mut self, c: char, style: Style) {
        if c == ' ' || c == '\t' {
            self.end_word();
            self.spaces += 1;
            self.gap = style;
            return;
        }
        if self.breaks_before(c) {
            self.end_word();
        }
        if self.long {
            self.write(c, style);
            self.advance(c.width().unwrap_or(0));
            return;
        }
        self.word.push((c, style));
        if self.word.len() > self.width {
            self.place_word();
            self.long = true;
        }
    }

    /// Adds a text without line breaks.
    pub(super) fn push_str(&mut self, text: &str, style: Style) {
        text.chars().for_each(|c| self.push(c, style));
    }

    /// Writes a text as it is, however wide.
    pub(super) fn verbatim(&mut self, text: &str, style: Style) {
        self.end_word();
        self.write_spaces();
        text.chars().for_each(|c| self.write(c, style));
        self.advance(text.width());
    }

    /// Ends the line. Spaces at its end are dropped.
    pub(super) fn newline(&mut self) {
        self.end_line();
        self.out.push('\n');
    }

    /// Ends the line without a line break, as at the end of a text.
    pub(super) fn end_line(&mut self) {
        self.end_word();
        self.spaces = 0;
        self.dip(Style::PLAIN);
        self.column = 0;
        self.hanging.clear();
    }

    fn end_word(&mut self) {
        self.place_word();
        self.long = false;
    }

    fn place_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let width = word.iter().map(|(c, _)| c).collect::<String>().width();
        let start = self.column.saturating_add(self.spaces);
        let gains = self.column > 0 && start > self.hanging.width();
        if gains && start.saturating_add(width) > self.width {
            self.spaces = 0;
            self.dip(Style::PLAIN);
            self.out.push('\n');
            self.out.push_str(&self.hanging);
            self.column = self.hanging.width();
        }
        self.write_spaces();
        for (c, style) in word {
            self.write(c, style);
        }
        self.advance(width);
    }

    fn write_spaces(&mut self) {
        if self.spaces > 0 {
            self.dip(self.gap);
        }
        self.out.extend(std::iter::repeat_n(' ', self.spaces));
        self.column = self.column.saturating_add(std::mem::take(&mut self.spaces));
    }

    fn write(&mut self, c: char, style: Style) {
        self.dip(style);
        self.out.push(c);
    }

    /// Keeps the column where the terminal has it, also after it wrapped what is longer than a line.
    fn advance(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns);
        if self.column > self.width {
            self.column = (self.column - 1) % self.width + 1;
        }
    }

    fn dip(&mut self, style: Style) {
        if !self.styled || style == self.pen {
            return;
        }
        if self.pen != Style::PLAIN {
            self.out.push_str(Style::RESET);
        }
        self.out.push_str(&style.start());
        self.pen = style;
    }

    /// Whether a line may break between the word so far and a character, without a space.
    fn breaks_before(&self, c: char) -> bool {
        let wide = |c: char| c.width() == Some(2);
        let visible = |c: &char| c.width().unwrap_or(0) > 0;
        let mut before = self.word.iter().rev().map(|&(c, _)| c);
        let Some(last) = before.clone().next() else {
            return false;
        };
        let base = before.find(visible).unwrap_or(last);
        visible(&c)
            && last != JOINER
            && !SKIN_TONES.contains(&c)
            && (wide(c) || wide(base))
            && !CLOSING.contains(c)
            && !OPENING.contains(base)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrap(width: usize, hanging: &str, text: &str) -> String {
        let mut wrap = Wrap::new(width, false);
        wrap.hang(hanging);
        wrap.push_str(text, Style::PLAIN);
        wrap.end_line();
        wrap.take()
    }

    #[test]
    fn words_break_at_the_width_and_hang() {
        assert_eq!(wrap(10, "", "one two three  four"), "one two\nthree\nfour");
        assert_eq!(wrap(10, "  ", "- one two three"), "- one two\n  three");
        assert_eq!(wrap(usize::MAX, "", "one  two"), "one  two");
        assert_eq!(wrap(10, "", "0123456789 a"), "0123456789\na");
    }

    #[test]
    fn a_word_longer_than_a_line_is_left_whole() {
        let address = "https://example.com/a/long/path";
        assert_eq!(wrap(10, "", &format!("see {address} now")), format!("see\n{address} now"));
    }

    #[test]
    fn wide_characters_may_break_anywhere_but_before_closing_marks_and_inside_emoji() {
        assert_eq!(wrap(8, "", "日本語日本語"), "日本語日\n本語");
        assert_eq!(wrap(8, "", "日本語日。本"), "日本語\n日。本");
        assert_eq!(wrap(4, "", "ab👩\u{200d}👧👍🏽"), "ab👩\u{200d}👧\n👍🏽");
    }

    #[test]
    fn a_style_ends_with_its_line() {
        let mut wrap = Wrap::new(8, true);
        wrap.push_str("some ", Style::PLAIN);
        wrap.push_str("bold text", Style::BOLD);
        wrap.newline();
        assert_eq!(wrap.take(), "some\n\u{1b}[1mbold\u{1b}[0m\n\u{1b}[1mtext\u{1b}[0m\n");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_changed_or_wider_than_the_line(text in "([a-zé]{1,9} {1,3}){0,40}", width in 12usize..60) {
            let wrapped = wrap(width, "  ", &text);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&wrapped), words(&text));
            for line in wrapped.lines() {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }
}
