//! What stands within a line: emphasis, code, links, escapes.
//!
//! Stricter than the standard where plain prose would suffer: nothing opens or closes inside a word or an address, `__` is
//! text (it is part of names in Python), and backslashes before brackets stay (they open formulas).

use unicode_width::UnicodeWidthChar;

use crate::cli::style::Style;

/// Something that is not closed after so many bytes is text.
pub(super) const LONGEST: usize = 400;

/// What a text begins with. Lengths are bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen<'a> {
    /// Not certain yet.
    More,
    /// So much of it is to be shown as it is.
    Text(usize),
    /// So much of it is a span.
    Span(usize, Span<'a>),
}

/// A part of a line that is shown in another way than it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Span<'a> {
    Code(&'a str),
    Escaped(&'a str),
    Emphasis(&'a str, Style),
    Link { text: &'a str, address: &'a str },
}

/// Whether a span may open with a character.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '[' | '!' | '\\')
}

/// Whether a character, or the one after it, may make certain what was not.
pub(super) fn decides(c: char) -> bool {
    opens(c) || matches!(c, ']' | '(' | ')')
}

/// Looks at the beginning of a text: `before` is what stands before it, `end` says that nothing follows it.
pub(super) fn look(text: &str, before: Option<char>, end: bool) -> Seen<'_> {
    let end = end || text.len() > LONGEST;
    let seen = match text.chars().next() {
        Some('\\') => escape(text),
        Some('`') => code(text, end),
        Some('*') => emphasis(text, '*', before, end),
        Some('_') => emphasis(text, '_', before, end),
        Some('[') => link(text, 0),
        Some('!') if text.starts_with("![") => link(text, 1),
        Some('!') if text.len() == 1 => Seen::More,
        Some('!') => Seen::Text(1),
        _ => Seen::Text(text.find(opens).unwrap_or(text.len())),
    };
    match seen {
        Seen::More if end => Seen::Text(opening(text)),
        seen => seen,
    }
}

/// The length of what would have opened a span, had it closed.
fn opening(text: &str) -> usize {
    match text.chars().next() {
        Some(mark @ ('*' | '_' | '`')) => run(text, mark),
        _ => 1,
    }
}

fn run(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

fn escape(text: &str) -> Seen<'_> {
    match text.chars().nth(1) {
        None => Seen::More,
        Some('\\' | '`' | '*' | '_' | '#' | '>' | '~' | '|' | '.' | '-' | '+' | '!') => {
            Seen::Span(2, Span::Escaped(text.get(1..2).unwrap_or_default()))
        }
        Some(_) => Seen::Text(1),
    }
}

/// The next run of a mark at or behind a place: where it begins and how long it is.
fn next_run(text: &str, mark: char, from: usize) -> Option<(usize, usize)> {
    let found = text.get(from..)?.find(mark)? + from;
    Some((found, run(text.get(found..)?, mark)))
}

fn code(text: &str, end: bool) -> Seen<'_> {
    let marks = run(text, '`');
    let mut at = marks;
    while let Some((found, length)) = next_run(text, '`', at) {
        at = found + length;
        if at == text.len() && !end {
            return Seen::More;
        }
        if length == marks {
            let body = text.get(marks..found).unwrap_or_default();
            let inner = body.strip_prefix(' ').and_then(|body| body.strip_suffix(' '));
            let inner = inner.filter(|inner| !inner.trim().is_empty());
            return Seen::Span(at, Span::Code(inner.unwrap_or(body)));
        }
    }
    Seen::More
}

/// A letter or digit of a script that puts spaces between its words.
fn of_a_word(c: char) -> bool {
    c.is_alphanumeric() && c.width() == Some(1)
}

/// Whether emphasis cannot open behind, or close before, a character.
fn glued(c: Option<char>, marks: usize) -> bool {
    c.is_some_and(|c| of_a_word(c) || marks == 1 && "/=&#@$%+\\^<*_".contains(c))
}

fn emphasis(text: &str, mark: char, before: Option<char>, end: bool) -> Seen<'_> {
    let marks = run(text, mark);
    let style = match (marks, mark) {
        (1, _) => Style::ITALIC,
        (2, '*') => Style::BOLD,
        (3, '*') => Style::BOLD.and(Style::ITALIC),
        _ if marks == text.len() => return Seen::More,
        _ => return Seen::Text(marks),
    };
    match text.get(marks..).and_then(|rest| rest.chars().next()) {
        None => return Seen::More,
        Some(first) if first.is_whitespace() || glued(before, marks) => return Seen::Text(marks),
        Some(_) => {}
    }
    let mut at = marks;
    while let Some((found, length)) = closing_run(text, mark, at) {
        at = found + length;
        let after = text.get(at..).and_then(|rest| rest.chars().next());
        if after.is_none() && !end {
            return Seen::More;
        }
        let last = text.get(..found).and_then(|body| body.chars().next_back());
        let closes = (length == marks || length == 3)
            && !glued(after, marks)
            && !last.is_some_and(char::is_whitespace);
        if closes {
            let body = text.get(marks..at - marks).unwrap_or_default();
            return Seen::Span(at, Span::Emphasis(body, style));
        }
    }
    Seen::More
}

/// The next run of a mark that is neither escaped nor inside code.
fn closing_run(text: &str, mark: char, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let next = rest.find([mark, '`', '\\'])? + at;
        let rest = text.get(next..)?;
        at = match rest.chars().next()? {
            '\\' => next + 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '`' => match code(rest, true) {
                Seen::Span(length, _) => next + length,
                _ => next + run(rest, '`'),
            },
            _ => return Some((next, run(rest, mark))),
        };
    }
}

/// `[text](address "title")`, behind `skip` bytes.
fn link(text: &str, skip: usize) -> Seen<'_> {
    let Some(close) = matching(text, skip, '[', ']') else {
        return Seen::More;
    };
    match text.get(close + 1..).and_then(|rest| rest.chars().next()) {
        None => return Seen::More,
        Some('(') => {}
        Some(_) => return Seen::Text(skip + 1),
    }
    let Some(end) = matching(text, close + 1, '(', ')') else {
        return Seen::More;
    };
    let shown = text.get(skip + 1..close).unwrap_or_default();
    let target = text.get(close + 2..end).unwrap_or_default().trim();
    let (address, title) = target.split_once(' ').unwrap_or((target, "\""));
    if address.is_empty() || !title.trim_start().starts_with(['"', '\'']) {
        return Seen::Text(skip + 1);
    }
    let address = address.strip_prefix('<').unwrap_or(address);
    let address = address.strip_suffix('>').unwrap_or(address);
    Seen::Span(end + 1, Span::Link { text: shown, address })
}

/// Where the bracket that opens at a place closes.
fn matching(text: &str, from: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.get(from..)?.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return Some(from + at);
        }
    }
    None
}
