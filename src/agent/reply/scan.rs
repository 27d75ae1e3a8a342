//! Finds brackets in text that is nearly JSON: in one pass and without recursion.

use std::borrow::Cow;
use std::ops::Range;

use super::token::{Token, Tokens};

/// Opening and closing tags of a draft.
const DRAFTS: [(&str, &str); 3] =
    [("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<reasoning>", "</reasoning>")];

/// The brackets of a text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// What lies between matching brackets and within no other matching pair, in order.
    pub(super) closed: Vec<Range<usize>>,
    /// Where brackets open that are not closed properly.
    pub(super) open: Vec<usize>,
}

/// Finds the top-level spans of a text. A closing bracket that closes nothing is passed over; a bracket whose end is
/// missing before that of the bracket around it leaves both open.
pub(super) fn scan(text: &str) -> Scan {
    let mut found = Scan::default();
    let mut waiting = Waiting::default();
    let mut tokens = Tokens::new(text);
    while let Some((token, at)) = tokens.next(!waiting.open.is_empty()) {
        match token {
            Token::Open(brace) => waiting.push(brace, at.start),
            Token::Close(brace) => match waiting.pop(brace) {
                Some((start, true)) => {
                    while found.closed.pop_if(|span| span.start > start).is_some() {}
                    found.closed.push(start..at.end);
                }
                Some((start, false)) => found.open.push(start),
                None => {}
            },
            _ => {}
        }
    }
    (found.open).extend(waiting.open.into_iter().map(|(_, start)| start));
    found
}

/// Brackets that wait for their ends: whether it is a brace, and where it is.
#[derive(Debug, Default)]
struct Waiting {
    open: Vec<(bool, usize)>,
    braces: usize,
}

impl Waiting {
    fn push(&mut self, brace: bool, start: usize) {
        self.braces += usize::from(brace);
        self.open.push((brace, start));
    }

    /// The bracket that ends here, and whether everything within it had ended.
    fn pop(&mut self, brace: bool) -> Option<(usize, bool)> {
        let lists = self.open.len() - self.braces;
        if (if brace { self.braces } else { lists }) == 0 {
            return None;
        }
        let mut all_ended = true;
        while let Some((opened, start)) = self.open.pop() {
            self.braces -= usize::from(opened);
            if opened == brace {
                return Some((start, all_ended));
            }
            all_ended = false;
        }
        None
    }
}

/// The text without what stands between `<think>` and `</think>`, but not where a JSON string speaks of such tags.
/// A draft that is not closed reaches to the end; one that is only closed began with the text.
pub(super) fn without_drafts(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len());
    let (mut from, mut depth) = (0, 0_usize);
    let mut tokens = Tokens::new(text);
    while let Some((token, at)) = tokens.next(depth > 0) {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Tag => {
                let rest = text.get(at.start..).unwrap_or_default();
                if let Some((_, end)) = DRAFTS.iter().find(|(begin, _)| rest.starts_with(begin)) {
                    kept.push_str(text.get(from..at.start).unwrap_or_default());
                    from = rest.find(end).map_or(text.len(), |i| at.start + i + end.len());
                    tokens.skip_to(from);
                } else if let Some((_, end)) = DRAFTS.iter().find(|(_, end)| rest.starts_with(end))
                {
                    kept.clear();
                    from = at.start + end.len();
                    depth = 0;
                }
            }
            _ => {}
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept.into()
}

/// Whether an object begins here with one of these members.
pub(super) fn begins_with(text: &str, members: &[&str]) -> bool {
    let inner = text.strip_prefix('{').map(str::trim_start);
    let name = inner.map(|inner| inner.trim_start_matches(['"', '\'', '“', '”', '‘', '’']));
    name.is_some_and(|name| members.iter().any(|member| name.starts_with(member)))
}
