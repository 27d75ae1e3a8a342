//! Cuts text that is nearly JSON into tokens.

use std::ops::Range;

/// A piece of the text that matters for its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `{` (true) or `[`.
    Open(bool),
    /// `}` (true) or `]`.
    Close(bool),
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// A string, and whether its end is there.
    Quoted(bool),
    /// A number, a keyword, an unquoted string.
    Bare,
    /// `<` outside a string; no part of JSON.
    Tag,
}

/// Reads tokens from left to right; takes time in proportion to the text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    last: Option<Token>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, last: None }
    }

    /// Goes on at a later place, a character boundary.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The next token and where it is. Outside brackets (not `inside`) only brackets and tags count: the rest is prose,
    /// whose apostrophes and quotes mean nothing.
    pub(super) fn next(&mut self, inside: bool) -> Option<(Token, Range<usize>)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            let start = self.at;
            let (token, length) = match first {
                '{' | '[' => (Token::Open(first == '{'), 1),
                '}' | ']' => (Token::Close(first == '}'), 1),
                '<' => (Token::Tag, 1),
                _ if !inside || first.is_whitespace() => {
                    self.at += first.len_utf8();
                    continue;
                }
                ':' => (Token::Colon, 1),
                ',' => (Token::Comma, 1),
                '"' => quoted(rest, plain_end),
                '“' | '”' => quoted(rest, |rest| lenient_end(rest, &['”', '“', '"'])),
                '\'' | '‘' | '’' if self.value_may_begin() => {
                    quoted(rest, |rest| lenient_end(rest, &['\'', '’', '‘']))
                }
                '/' | '#' if let Some(length) = self.comment(rest) => {
                    self.at += length;
                    continue;
                }
                _ => (Token::Bare, bare(rest)),
            };
            self.at += length;
            self.last = Some(token);
            return Some((token, start..self.at));
        }
    }

    /// Whether an apostrophe here opens a string rather than belonging to a word.
    fn value_may_begin(&self) -> bool {
        matches!(self.last, None | Some(Token::Open(_) | Token::Colon | Token::Comma))
    }

    /// The length of the comment that begins here; `https://` is none.
    fn comment(&self, rest: &str) -> Option<usize> {
        if rest.starts_with("/*") {
            return Some(rest.find("*/").map_or(rest.len(), |i| i + 2));
        }
        let after_colon = self.text.get(..self.at)?.ends_with(':');
        let line = rest.starts_with('#') || (rest.starts_with("//") && !after_colon);
        line.then(|| rest.find('\n').unwrap_or(rest.len()))
    }
}

/// A string up to its end, which `ends` recognises in what follows an unescaped character.
fn quoted(text: &str, ends: impl Fn(&str) -> bool) -> (Token, usize) {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if text.get(at..).is_some_and(&ends) {
            return (Token::Quoted(true), at + c.len_utf8());
        }
    }
    (Token::Quoted(false), text.len())
}

fn plain_end(rest: &str) -> bool {
    rest.starts_with('"')
}

/// Apostrophes and typographic quotes also stand inside strings; one that ends a string is followed by a delimiter.
fn lenient_end(rest: &str, ends: &[char]) -> bool {
    rest.strip_prefix(ends).is_some_and(|rest| rest.trim_start().starts_with([',', ':', '}', ']']))
}

fn bare(text: &str) -> usize {
    let ends = |(at, c): (usize, char)| {
        let end = c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '<');
        (at > 0 && end).then_some(at)
    };
    text.char_indices().find_map(ends).unwrap_or(text.len())
}
