//! Cuts a broken-off update back to its last complete item.

use super::token::{Token, Tokens};

/// How deep a cut-off text is followed: the items of an update lie at three, of a wrapped one a few deeper.
const MAX_DEPTH: usize = 32;

/// The member of an update that may be a map, as the tutorials have it.
const MAP: &str = "updated_preferences";

/// What a bracket holds, by which it is known what must be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The update, or an object around it: each member counts by itself.
    Update,
    /// A list around the update.
    Wrapper,
    /// A list of items or a map of them: each counts by itself.
    Items,
    /// Inside an item: nothing counts before the item ends.
    Item,
}

#[derive(Debug)]
struct Frame {
    level: Level,
    brace: bool,
    /// The member that is being read.
    name: String,
    /// Whether its colon was seen.
    colon: bool,
    /// Where a bare value ends; it is complete only when something follows.
    bare: Option<usize>,
}

/// Where to cut, and what closes the brackets then.
type Place = (usize, String);

#[derive(Debug, Default)]
struct Cut {
    frames: Vec<Frame>,
    last: Option<Place>,
    before: Option<Place>,
}

/// The longest beginning of `text`, an update that breaks off, that holds complete items only, with its brackets closed.
/// `members` are the names by which an update is told from what is wrapped around it.
pub(super) fn complete_items(text: &str, members: &[&str]) -> Option<String> {
    let mut cut = Cut::default();
    let mut tokens = Tokens::new(text);
    while let Some((token, at)) = tokens.next(true) {
        if cut.follow(token, text.get(at.clone())?, at.end, members).is_none() {
            break;
        }
    }
    let (end, closers) = cut.last?;
    Some(format!("{}{closers}", text.get(..end)?))
}

impl Cut {
    /// Takes one token; `None` when the text ends here or makes no sense from here on.
    fn follow(&mut self, token: Token, text: &str, end: usize, members: &[&str]) -> Option<()> {
        match token {
            Token::Open(brace) => return self.open(brace, members),
            Token::Close(brace) => {
                self.end_bare();
                self.frames.pop().filter(|frame| frame.brace == brace)?;
                self.mark(end);
                return (!self.frames.is_empty()).then_some(());
            }
            Token::Quoted(false) | Token::Tag => return None,
            Token::Comma => self.end_bare(),
            Token::Quoted(true) | Token::Bare | Token::Colon => {}
        }
        let frame = self.frames.last_mut()?;
        match token {
            Token::Comma => frame.colon = false,
            Token::Colon if frame.brace && !frame.colon => frame.colon = true,
            Token::Colon => {
                // The string before it was no value but a name whose comma or bracket is missing.
                self.last = self.before.take();
                return None;
            }
            _ if frame.brace && !frame.colon => unquoted(text).clone_into(&mut frame.name),
            Token::Bare => frame.bare = Some(end),
            _ => self.mark(end),
        }
        Some(())
    }

    fn open(&mut self, brace: bool, members: &[&str]) -> Option<()> {
        let level = match self.frames.last() {
            None => Level::around(brace),
            Some(frame) => frame.inner(brace, members),
        };
        self.frames.push(Frame { level, brace, name: String::new(), colon: false, bare: None });
        (self.frames.len() <= MAX_DEPTH).then_some(())
    }

    fn end_bare(&mut self) {
        if let Some(end) = self.frames.last_mut().and_then(|frame| frame.bare.take()) {
            self.mark(end);
        }
    }

    /// Notes that a value ends here.
    fn mark(&mut self, end: usize) {
        if self.frames.last().is_some_and(|frame| frame.level == Level::Item) {
            return;
        }
        let closers = self.frames.iter().rev();
        let closers = closers.map(|frame| if frame.brace { '}' } else { ']' });
        self.before = self.last.replace((end, closers.collect()));
    }
}

impl Frame {
    fn inner(&self, brace: bool, members: &[&str]) -> Level {
        match self.level {
            Level::Update if self.name == MAP => Level::Items,
            Level::Update if !members.contains(&self.name.as_str()) => Level::around(brace),
            Level::Update if brace => Level::Item,
            Level::Update => Level::Items,
            Level::Wrapper => Level::around(brace),
            Level::Items | Level::Item => Level::Item,
        }
    }
}

impl Level {
    fn around(brace: bool) -> Self {
        if brace { Self::Update } else { Self::Wrapper }
    }
}

fn unquoted(name: &str) -> &str {
    name.trim_matches(['"', '\'', '“', '”', '‘', '’'])
}
