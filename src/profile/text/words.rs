//! Text as words, for comparing and searching.

use super::fold::fold;
use super::script::{is_pictograph, is_punctuation, is_unspaced};

enum Class {
    Gap,
    Alone,
    Word,
}

/// The folded words of a text, joined by one space: equal for texts that differ only in case, width, spacing, typography and punctuation.
///
/// In scripts without spaces every character is a word of its own, so that a run of words in it is any substring. Signs that belong to
/// a name stay (`c++`, `5%`, `-5`, `don't`). A text of nothing but punctuation is itself.
pub(in crate::profile) fn comparable(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len() + 8);
    let mut before = None;
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = !out.is_empty() && !out.ends_with(' ');
        match class(inside, before, c, chars.peek().copied()) {
            Class::Gap => gap(&mut out),
            Class::Alone => {
                gap(&mut out);
                out.push(c);
                gap(&mut out);
            }
            Class::Word => out.push(c),
        }
        before = Some(c);
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() { folded } else { out }
}

fn gap(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// What `c` is between its neighbours; `inside` is whether a word has begun.
fn class(inside: bool, before: Option<char>, c: char, after: Option<char>) -> Class {
    let joins = |side: Option<char>| side.is_some_and(is_letter);
    let word = match c {
        _ if is_letter(c) => true,
        '\'' => joins(before) && joins(after),
        '-' => !joins(before) && after.is_some_and(|c| c.is_numeric() && is_letter(c)),
        '+' | '#' | '%' => inside,
        _ if c.is_whitespace() || is_punctuation(c) => false,
        _ if is_unspaced(c) || is_pictograph(c) => return Class::Alone,
        _ => true,
    };
    if word { Class::Word } else { Class::Gap }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c) && !is_pictograph(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::comparable;

    #[test]
    fn words_are_told_apart_from_what_stands_between_them() {
        for (text, words) in [
            ("I use Rust, mostly—for the worker!", "i use rust mostly for the worker"),
            ("time_zone / Time-Zone", "time zone time zone"),
            ("C++, C# and C", "c++ c# and c"),
            ("don't 'quote' me", "don't quote me"),
            ("-5 to 10%", "-5 to 10%"),
            ("東京に住む", "東 京 に 住 む"),
            ("nuts🥜ok", "nuts 🥜 ok"),
            ("…", "..."),
        ] {
            assert_eq!(comparable(text), words);
        }
    }

    proptest! {
        #[test]
        fn twice_is_as_once(text in "\\PC*|.*") {
            let once = comparable(&text);
            prop_assert_eq!(comparable(&once), once);
        }
    }
}
