//! Small things done to text: normalising, shortening, estimating.

/// The form in which values are compared: NFKC, full case folding, invisible characters dropped, white space collapsed,
/// typographic quotes made plain, surrounding punctuation dropped.
#[must_use]
pub fn normalise(_text: &str) -> String {
    unimplemented!()
}

/// Shortens to at most `chars` characters at the end of a sentence, else at a word boundary with an `…`; never inside a word
/// (unless there is no boundary) and never inside a grapheme.
#[must_use]
pub fn shorten(_text: &str, _chars: usize) -> String {
    unimplemented!()
}

/// Estimates how many tokens a text is, without a tokenizer.
#[must_use]
pub fn tokens(_text: &str) -> usize {
    unimplemented!()
}
