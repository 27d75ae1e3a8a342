//! Input history as text: an entry a line, oldest first.
//!
//! A line break in an entry is written `\n`, a backslash `\\`.

use crate::cli::harmless::harmless;

/// How many entries are kept.
pub(super) const LONGEST: usize = 1000;

/// The newest entries of a text. What a terminal would act on is made visible, as the editor would print it unchanged.
pub(super) fn decode(text: &str) -> Vec<String> {
    let entries: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let newest = entries.len().saturating_sub(LONGEST);
    (entries.into_iter().skip(newest)).map(|line| harmless(&entry(line)).into_owned()).collect()
}

fn entry(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}

/// One entry as a line, with its line break.
pub(super) fn encode(entry: &str) -> String {
    let mut line = entry.replace('\\', "\\\\").replace('\r', "").replace('\n', "\\n");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_newest_entries_are_kept_and_none_acts_on_the_terminal() {
        let text: String = (0..LONGEST + 5).map(|n| encode(&n.to_string())).collect();
        let entries = decode(&text);
        assert_eq!((entries.len(), entries[0].as_str()), (LONGEST, "5"));
        assert_eq!(decode("a\u{1b}[2J\n\nb\\"), ["a\\u001b[2J", "b\\"]);
    }

    proptest! {
        #[test]
        fn an_entry_survives_being_kept(entries in prop::collection::vec("[a-z\\\\\n ]{1,20}", 0..10)) {
            let text: String = entries.iter().map(|entry| encode(entry)).collect();
            prop_assert_eq!(decode(&text), entries);
        }
    }
}
