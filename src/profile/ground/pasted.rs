//! Tells a turn's pasted parts from the user's own words.
//!
//! Pasted are: fenced code blocks, lines that start with `>`, what stands between a tag and its closing tag (but those of plain
//! formatting) or between triple quotes, everything after the head of a forwarded e-mail, and a long text behind a line that
//! announces one (`summarise this article:`).

use std::sync::LazyLock;

use regex::Regex;

/// A shorter text behind an announcement may well be the user's own.
const LONG: usize = 400;

/// Lines that look for the other headers of a forwarded e-mail.
const HEAD_LINES: usize = 6;

/// Tags without an end after which no more are looked for: each costs a search through the rest of the turn.
const MAX_OPEN_TAGS: usize = 32;

/// Words that announce a text which somebody else wrote, before a colon.
static ANNOUNCES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u:\b(?:articles?|texts?|e-?mails?|mails?|messages?|posts?|documents?|docs?|letters?|reports?|transcripts?|papers?|story|stories|logs?|outputs?|code|reviews?|abstracts?|pages?|essays?|chapters?|excerpts?|passages?|paragraphs?|conversations?|chats?|threads?|cv|resumes?|job descriptions?|specs?|summari[sz]e|summary|translate|translation|proofread|rewrite|edit|correct|analy[sz]e|explain|read|pasted?|says|said|writes|wrote|quotes?|extract|compare|look at)\b)",
    )
    .ok()
});

/// The turn in segments, in order: whether each is pasted, and its text.
pub(super) fn segments(content: &str) -> Vec<(bool, &str)> {
    let mut segments = Vec::new();
    for (pasted, part) in delimited(content) {
        if pasted {
            segments.push((true, part));
        } else {
            own_lines(part, &mut segments);
        }
    }
    segments
}

/// What stands between tags, triple quotes or code fences, and what does not.
fn delimited(content: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let mut rest = content;
    let mut open_tags = MAX_OPEN_TAGS;
    while let Some((start, end)) = next_block(rest, &mut open_tags) {
        let (own, tail) = rest.split_at(start);
        let (block, after) = tail.split_at(end - start);
        out.push((false, own));
        out.push((true, block));
        rest = after;
    }
    out.push((false, rest));
    out
}

/// The next delimited block: where it starts and ends.
fn next_block(text: &str, open_tags: &mut usize) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find(['<', '"', '\'', '`', '~']) {
        let start = at + found;
        let (before, tail) = text.split_at(start);
        if let Some(length) = fenced(before, tail).or_else(|| tagged(tail, open_tags)) {
            return Some((start, start + length));
        }
        at = start + 1;
    }
    None
}

/// The length of the code block or triple-quoted text that `text` opens with; one that is never closed goes to the end.
fn fenced(before: &str, text: &str) -> Option<usize> {
    let fence =
        ["```", "~~~", "\"\"\"", "'''"].into_iter().find(|fence| text.starts_with(fence))?;
    let inside = text.get(fence.len()..)?;
    let end = inside.find(fence).map(|at| at + 2 * fence.len());
    let line = before.rsplit('\n').next().unwrap_or_default();
    match end {
        None if !line.trim().is_empty() => None,
        _ => Some(end.unwrap_or(text.len())),
    }
}

/// The length of the tagged text that `text` opens with; a tag that is never closed holds nothing.
fn tagged(text: &str, open_tags: &mut usize) -> Option<usize> {
    let name = tag(text).filter(|_| *open_tags > 0)?;
    let close = format!("</{name}>");
    let end = find_ignoring_case(text, &close);
    if end.is_none() {
        *open_tags -= 1;
    }
    Some(end? + close.len())
}

/// The name of an opening tag that may hold a document.
fn tag(text: &str) -> Option<&str> {
    const FORMATTING: [&str; 14] =
        ["a", "b", "i", "u", "s", "em", "strong", "code", "sub", "sup", "span", "p", "br", "small"];
    let inside = text.strip_prefix('<')?;
    let end = inside.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?;
    let (name, after) = inside.split_at(end);
    let opens = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && after.starts_with(|c: char| c == '>' || c.is_whitespace());
    (opens && name.len() <= 40 && !FORMATTING.iter().any(|tag| name.eq_ignore_ascii_case(tag)))
        .then_some(name)
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|&at| {
        text.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted))
    })
}

/// Splits an undelimited part by its lines.
fn own_lines<'a>(part: &'a str, out: &mut Vec<(bool, &'a str)>) {
    let mut start = 0;
    let lines: Vec<&str> = part.split_inclusive('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        if forwarded(lines.get(number..).unwrap_or_default()) {
            out.push((true, part.get(start..).unwrap_or_default()));
            return;
        }
        let end = start + line.len();
        if line.trim_start().starts_with('>') {
            out.push((true, line));
        } else if let Some(at) = announced(line, part.len() - start) {
            let (own, pasted) = part.split_at(start + at);
            out.push((false, own.get(start..).unwrap_or_default()));
            out.push((true, pasted));
            return;
        } else {
            out.push((false, line));
        }
        start = end;
    }
}

/// Where a long text begins that this line announces; `left` is how much there is from the line's start.
fn announced(line: &str, left: usize) -> Option<usize> {
    let colon = line.match_indices([':', '：']).find(|(at, sign)| {
        let after = line.get(at + sign.len()..).unwrap_or_default();
        after.is_empty() || after.starts_with(char::is_whitespace) || *sign == "："
    });
    let (at, sign) = colon?;
    let start = at + sign.len();
    let head = line.get(..at)?;
    let says = || ANNOUNCES.as_ref().is_some_and(|regex| regex.is_match(head));
    (left - start > LONG && head.len() <= 200 && says()).then_some(start)
}

fn forwarded(lines: &[&str]) -> bool {
    let Some(first) = lines.first().map(|line| line.trim()) else {
        return false;
    };
    let lower = |line: &str| line.chars().take(40).collect::<String>().to_lowercase();
    let head = lower(first);
    let marked = first.starts_with('-')
        && (head.contains("original message") || head.contains("forwarded message"));
    let wrote = first.starts_with("On ") && first.ends_with("wrote:");
    let header = |line: &&str| {
        let line = lower(line.trim());
        ["subject:", "sent:", "to:", "date:", "cc:"].iter().any(|name| line.starts_with(name))
    };
    let mail = head.starts_with("from:") && lines.iter().skip(1).take(HEAD_LINES).any(header);
    marked || wrote || mail || head.starts_with("begin forwarded message")
}
