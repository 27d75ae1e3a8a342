//! The form in which values are compared.

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use super::script::{is_invisible, is_punctuation};

/// The form in which values are compared: NFKC, full case folding, invisible characters dropped, white space collapsed,
/// typographic quotes and dashes made plain, surrounding sentence punctuation dropped (but not what belongs to a name: `C++`, `C#`, `-5`).
///
/// Normalising twice is the same as once.
#[must_use]
pub fn normalise(text: &str) -> String {
    trim(&fold(text)).to_owned()
}

/// [`normalise`] without dropping what surrounds the text.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapse(
            text.chars().filter(|&c| !is_invisible(c)).map(|c| c.to_ascii_lowercase()),
        );
    }
    let mut folded = fold_once(text);
    // A few characters fold into something that composes, and then folds again; none known needs three rounds.
    for _ in 0..4 {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn fold_once(text: &str) -> String {
    collapse(
        text.nfkc()
            .filter(|&c| !is_invisible(c))
            .map(plain_mark)
            .default_case_fold()
            .nfkc()
            .filter(|&c| !is_invisible(c)),
    )
}

fn plain_mark(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '´' | '`' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' => '-',
        _ => c,
    }
}

fn collapse(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in chars {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

fn trim(text: &str) -> &str {
    let text = text.trim_end_matches(|c| c == ' ' || surrounds(c));
    let start = text.trim_start_matches(|c| c == ' ' || surrounds(c));
    let dropped = text.len() - start.len();
    let minus = dropped > 0
        && start.starts_with(|c: char| c.is_numeric())
        && text.get(..dropped).is_some_and(|lead| lead.ends_with('-'));
    if minus { text.get(dropped - 1..).unwrap_or(start) } else { start }
}

fn surrounds(c: char) -> bool {
    is_punctuation(c) && !matches!(c, '#' | '%' | '&' | '+' | '/' | '@' | '\\')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::normalise;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (one, other) in [
            ("Allergic to nuts!", "  allergic\u{a0}to\nNUTS "),
            ("ＡＢＣ", "abc"),
            ("Straße", "STRASSE"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("pass\u{200b}word", "pass\u{2060}wo\u{ad}rd"),
            ("“don’t”", "'don't'"),
            ("2020–2024", "2020-2024"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("ｶﾞ", "ガ"),
            ("「東京」。", "東京"),
            ("a\u{202e}b", "ab"),
        ] {
            assert_eq!(normalise(one), normalise(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_belongs_to_a_name_stays() {
        assert_eq!(normalise("Uses C++."), "uses c++");
        assert_eq!(normalise("Uses C#."), "uses c#");
        assert_eq!(normalise("\"-5\""), "-5");
        assert_ne!(normalise("İ"), normalise("ı"));
        assert_eq!(normalise("...!"), "");
    }

    proptest! {
        #[test]
        fn twice_is_as_once(text in "\\PC*|.*") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
