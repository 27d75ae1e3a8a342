//! How a name becomes a path, and back.
//!
//! A user id, a space or a session id may be any text; its path must be its own on every disk, and a person should still
//! recognise it. So [`encode`] keeps `a-z 0-9 _ + = , . - @` and writes every other byte as `%xx`. Capitals are among the
//! others, and so is everything beyond ASCII: a disk that ignores case or normalises Unicode cannot bring two names together.
//! A few of the kept characters are written as `%xx` where they would mean something:
//!
//! - the dot of `.json`, so that no name looks like another one's profile;
//! - a leading `.` (the store's own files), `@` (spaces) and `-` (options of a command), and a trailing `.` (Windows drops it);
//! - the first letter of a name that Windows reserves, such as `con` or `com1.txt`.
//!
//! A long name is cut into pieces of at most [`PIECE`] characters, each but the last a folder that ends in `~`, which no
//! name contains. Nothing is hashed, so [`decode`] gives back every name.

/// The longest piece of an encoded name.
///
/// File systems allow 255 bytes in a file's name; endings, a time stamp and what [`harden`] adds stay well within that.
const PIECE: usize = 160;

/// The path of a name, with `/` between its pieces: `alice`, `%41lice`, `aaa…a~/aaa`.
pub(super) fn encode(name: &str) -> String {
    let mut path = String::new();
    let mut piece = String::new();
    for (at, byte) in name.bytes().enumerate() {
        let text = if is_plain(byte) && !json_starts_at(name, at) {
            char::from(byte).to_string()
        } else {
            escape(byte)
        };
        if piece.len() + text.len() > PIECE {
            path += &harden(&piece);
            path += "~/";
            piece.clear();
        }
        piece += &text;
    }
    path + &harden(&piece)
}

/// The name that has this path, or `None` if [`encode`] never makes it.
pub(super) fn decode(path: &str) -> Option<String> {
    let name = unescape(&path.replace("~/", ""))?;
    (encode(&name) == path).then_some(name)
}

/// Like [`encode`] for the time in the name of a damaged profile, whose `T` and `Z` stay as they are.
pub(super) fn encode_stamp(stamp: &str) -> String {
    stamp
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'T' | b'Z' | b'-' => char::from(byte).to_string(),
            _ => escape(byte),
        })
        .collect()
}

/// The time that [`encode_stamp`] wrote so.
pub(super) fn decode_stamp(text: &str) -> Option<String> {
    let stamp = unescape(text)?;
    (encode_stamp(&stamp) == text).then_some(stamp)
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'+' | b'=' | b',' | b'.' | b'-' | b'@')
}

fn json_starts_at(name: &str, at: usize) -> bool {
    let rest = name.as_bytes().get(at..);
    rest.is_some_and(|rest| rest.starts_with(b".json"))
}

fn escape(byte: u8) -> String {
    format!("%{byte:02x}")
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let byte = match character {
            '%' => rest.next()?.to_digit(16)? * 16 + rest.next()?.to_digit(16)?,
            other => u32::from(other),
        };
        bytes.push(u8::try_from(byte).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Escapes what must not stand at the beginning or the end of a component.
fn harden(piece: &str) -> String {
    let last = piece.len().saturating_sub(1);
    let reserved = is_reserved(piece);
    piece
        .bytes()
        .enumerate()
        .map(|(at, byte)| match byte {
            b'.' | b'@' | b'-' if at == 0 => escape(byte),
            b'.' if at == last => escape(byte),
            _ if at == 0 && reserved => escape(byte),
            _ => char::from(byte).to_string(),
        })
        .collect()
}

/// Whether Windows takes the name for a device, whatever its extension
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>). Its names with `$` or superscripts are never plain.
fn is_reserved(piece: &str) -> bool {
    let stem = piece.split('.').next().unwrap_or_default();
    let numbered = |device| {
        let number = stem.strip_prefix(device).unwrap_or_default().as_bytes();
        matches!(number, [b'0'..=b'9'])
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests;
