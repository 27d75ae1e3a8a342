//! How many tokens a text is, roughly.

/// What [`units`] counts in: a token has twelve.
pub(in crate::profile) const UNITS_PER_TOKEN: usize = 12;

/// Estimates how many tokens a text is, without a tokenizer.
///
/// A sum over characters, rounded up: about 4 small Latin letters a token, 2 capitals or digits, 2 Greek, Cyrillic or accented letters, 1 character of
/// the Indic, Thai, Chinese, Japanese and Korean scripts, and 2 or more tokens an emoji or a rare character. It errs on the high
/// side: text in a language that a tokenizer knows well takes fewer.
#[must_use]
pub fn tokens(text: &str) -> usize {
    units(text).div_ceil(UNITS_PER_TOKEN)
}

/// The estimate before rounding: of two texts joined it is the sum.
pub(in crate::profile) fn units(text: &str) -> usize {
    text.chars().map(weight).sum()
}

fn weight(c: char) -> usize {
    match c {
        'a'..='z' | ' ' => 3,
        '\0'..='\u{7f}' => 6,
        '\u{80}'..='\u{58f}' => 7,
        '\u{590}'..='\u{8ff}' => 9,
        '\u{900}'..='\u{11ff}' => 12,
        '\u{1200}'..='\u{1fff}' => 18,
        '\u{2000}'..='\u{206f}' => 10,
        '\u{2070}'..='\u{2fff}' => 20,
        '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{ff00}'..='\u{ffef}' => 13,
        _ => 30,
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn the_estimate_fits_the_script() {
        assert_eq!(tokens(""), 0);
        assert_eq!(tokens("the quick brown fox jumps"), 7);
        assert_eq!(tokens("東京に住んでいます"), 10);
        assert!((4..=8).contains(&tokens("Привет, мир")));
        assert!(tokens("🦀🦀") >= 4);
        assert!(tokens("4929-1234-5678") >= 6);
    }
}
