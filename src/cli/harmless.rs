//! Text of users and models, made harmless for a terminal.
//!
//! A stored fact must not move the cursor, set the clipboard (OSC 52), or show a sentence in another order than it has.
//! What could do so is shown as JSON would write it, `\u001b`, so that nothing disappears and nothing acts.

use std::borrow::Cow;

/// Whether a terminal might act on a character instead of showing it: C0 and C1 controls but for line break and tab,
/// DEL, the line and paragraph separators, and the marks that override or isolate the direction of writing
/// (Unicode Standard Annex 9, 2.1 to 2.5; the plain marks U+200E, U+200F and U+061C only order what is beside them).
fn acts(c: char) -> bool {
    let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let control = c.is_control() && c != '\n' && c != '\t';
    control || direction || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Pushes a character in the form in which it may be shown.
///
/// A carriage return is dropped: it ends a line together with a line break, and alone it would write over the line.
pub(super) fn push(out: &mut String, c: char) {
    if c == '\r' {
        return;
    }
    if acts(c) {
        let digits = [12, 8, 4, 0].map(|shift| u32::from(c) >> shift & 0xf);
        out.push_str("\\u");
        out.extend(digits.into_iter().filter_map(|digit| char::from_digit(digit, 16)));
    } else {
        out.push(c);
    }
}

/// Makes a text harmless; line breaks and tabs stay. Each character is looked at alone, so a text may come in pieces.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut out, c));
    Cow::Owned(out)
}

/// Makes a text harmless and one line: line breaks and tabs become spaces, so that it cannot pose as lines of ours.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.contains(['\n', '\t']) { Cow::Owned(text.replace(['\n', '\t'], " ")) } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sequences_that_a_terminal_would_act_on_are_shown_instead() {
        for (hostile, shown) in [
            ("\u{1b}]52;c;aGk=\u{7}", "\\u001b]52;c;aGk=\\u0007"),
            ("\u{1b}[2J\u{1b}[H", "\\u001b[2J\\u001b[H"),
            ("\u{9b}31m", "\\u009b31m"),
            ("safe\rEVIL\u{8}\u{7f}", "safeEVIL\\u0008\\u007f"),
            ("user\u{202e}txt.exe", "user\\u202etxt.exe"),
            ("\u{2066}x\u{2069}\u{2028}", "\\u2066x\\u2069\\u2028"),
        ] {
            assert_eq!(harmless(hostile), shown);
        }
    }

    #[test]
    fn ordinary_text_of_any_language_stays_as_it_is() {
        let text = "naïve 日本語 שלום\u{200f} 👩\u{200d}👩\u{200d}👧 a\tb\nc";
        assert_eq!(harmless(text), text);
        assert_eq!(harmless("a\r\nb"), "a\nb");
        assert_eq!(one_line("a\nb\tc\r\n"), "a b c ");
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left_and_pieces_give_the_same(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let whole = harmless(&text).into_owned();
            prop_assert!(!whole.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
            let cut = cut.index(text.len() + 1);
            let cut = (0..=cut).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let (left, right) = text.split_at(cut);
            prop_assert_eq!(format!("{}{}", harmless(left), harmless(right)), whole);
        }
    }
}
