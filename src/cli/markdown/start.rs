//! What a line begins with.

/// What the start of a line turned out to be. Lengths are bytes of the line's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Not certain yet.
    More,
    /// Marks of a heading, with the spaces behind them.
    Heading(usize),
    /// The mark of a quote, with one space behind it.
    Quote(usize),
    /// The mark of a list item, with its indentation and one space behind it.
    Item(usize),
    /// A horizontal rule; the line is over.
    Rule,
    /// The fence before a code block; the line is over.
    Open(Fence),
    /// The fence behind a code block; the line is over.
    Close,
    /// A row of a table.
    Table,
    /// None of these.
    Text,
}

/// The fence that a code block is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    length: usize,
}

/// A line's start that is not certain after so many bytes is text.
const LONGEST: usize = 200;

/// Looks at the start of a line outside code blocks; `end` if the line holds no more.
pub(super) fn start(line: &str, end: bool) -> Start {
    let text = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - text.len();
    let more = if end || line.len() > LONGEST { Start::Text } else { Start::More };
    let Some(first) = text.chars().next() else {
        return more;
    };
    match first {
        '#' => heading(text, indent, more),
        '>' => quote(text, indent, more),
        '-' | '*' | '+' | '_' => marked(text, indent, first, end, more),
        '0'..='9' => number(text, indent, more),
        '`' | '~' => fence(text, first, end, more),
        '|' => Start::Table,
        _ => Start::Text,
    }
}

impl Fence {
    /// Looks at the start of a line inside the block: [`Start::Close`] or [`Start::Text`].
    pub(super) fn line(self, line: &str, end: bool) -> Start {
        let text = line.trim_start_matches(' ');
        let run = run(text, self.mark);
        let rest = text.get(run..).unwrap_or_default();
        let may_close = rest.chars().all(|c| c == ' ') && (run > 0 || rest.is_empty());
        match (may_close, end) {
            (true, true) if run >= self.length => Start::Close,
            (true, false) if line.len() <= LONGEST => Start::More,
            _ => Start::Text,
        }
    }
}

/// How many bytes of one-byte marks a text begins with.
fn run(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

fn heading(text: &str, indent: usize, more: Start) -> Start {
    let marks = run(text, '#');
    let rest = text.get(marks..).unwrap_or_default();
    let spaces = run(rest, ' ');
    match (marks, rest.chars().nth(spaces)) {
        (7.., _) => Start::Text,
        (_, None) => more,
        (_, Some(_)) if spaces > 0 => Start::Heading(indent + marks + spaces),
        _ => Start::Text,
    }
}

fn quote(text: &str, indent: usize, more: Start) -> Start {
    match text.chars().nth(1) {
        None if more == Start::Text => Start::Quote(indent + 1),
        None => more,
        Some(' ') => Start::Quote(indent + 2),
        Some(_) => Start::Quote(indent + 1),
    }
}

/// A rule of three or more equal marks, or the mark of a list item.
fn marked(text: &str, indent: usize, mark: char, end: bool, more: Start) -> Start {
    let marks = text.chars().filter(|&c| c == mark).count();
    let only_marks = mark != '+' && text.chars().all(|c| c == mark || c == ' ');
    if only_marks && end && marks >= 3 {
        return Start::Rule;
    }
    if only_marks && more == Start::More {
        return more;
    }
    match text.chars().nth(1) {
        Some(' ') if mark != '_' => Start::Item(indent + 2),
        None => more,
        Some(_) => Start::Text,
    }
}

fn number(text: &str, indent: usize, more: Start) -> Start {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = text.chars().skip(digits);
    match (digits, rest.next(), rest.next()) {
        (10.., _, _) => Start::Text,
        (_, None, _) | (_, Some('.' | ')'), None) => more,
        (_, Some('.' | ')'), Some(' ')) => Start::Item(indent + digits + 2),
        _ => Start::Text,
    }
}

/// A fence is known at the end of its line only: behind backticks that close again it would be code within a sentence.
fn fence(text: &str, mark: char, end: bool, more: Start) -> Start {
    let length = run(text, mark);
    let rest = text.get(length..).unwrap_or_default();
    let closes = mark == '`' && rest.contains('`');
    match length {
        3.. if closes => Start::Text,
        3.. if end => Start::Open(Fence { mark, length }),
        3.. => more,
        _ if rest.is_empty() => more,
        _ => Start::Text,
    }
}
