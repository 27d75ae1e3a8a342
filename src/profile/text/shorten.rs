//! Shortening where a reader would.

use unicode_segmentation::UnicodeSegmentation as _;

use super::script::is_unspaced;

/// Shortens to at most `chars` characters at the end of a sentence, else at a word boundary with an `…`; never inside a word
/// (unless there is no boundary) and never inside a grapheme.
#[must_use]
pub fn shorten(text: &str, chars: usize) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(chars) else {
        return text.to_owned();
    };
    let head = text.get(..limit).unwrap_or_default();
    if let Some(end) = sentence_end(text, limit) {
        return end.to_owned();
    }
    let Some((room, _)) = head.char_indices().next_back() else {
        return String::new();
    };
    format!("{}…", word_end(text, room))
}

fn sentence_end(text: &str, limit: usize) -> Option<&str> {
    text.split_sentence_bound_indices()
        .map(|(start, sentence)| start + sentence.trim_end().len())
        .take_while(|&end| end <= limit)
        .filter_map(|end| text.get(..end))
        .filter(|head| closes(head))
        .last()
}

fn closes(head: &str) -> bool {
    head.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '」', '』', '）'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '‽', '۔', '።'])
}

/// The longest head of at most `room` bytes that ends where a word does, or a grapheme where no word does.
fn word_end(text: &str, room: usize) -> &str {
    let mut grapheme = 0;
    let mut word = 0;
    let mut before = None;
    for (start, cluster) in text.grapheme_indices(true) {
        if start > room {
            break;
        }
        grapheme = start;
        let next = cluster.chars().next();
        if before.zip(next).is_some_and(|(a, b)| parts(a, b)) {
            word = start;
        }
        before = cluster.chars().next_back();
    }
    let end = if word > 0 { word } else { grapheme };
    text.get(..end).unwrap_or_default().trim_end()
}

fn parts(before: char, after: char) -> bool {
    before.is_whitespace() || after.is_whitespace() || is_unspaced(before) || is_unspaced(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::shorten;

    #[test]
    fn it_ends_at_a_sentence_or_else_at_a_word() {
        let text = "She uses Rust 1.9. It is for the worker. More to come";
        assert_eq!(shorten(text, 100), text);
        assert_eq!(shorten(text, 45), "She uses Rust 1.9. It is for the worker.");
        assert_eq!(shorten(text, 30), "She uses Rust 1.9.");
        assert_eq!(shorten(text, 17), "She uses Rust…");
        assert_eq!(shorten("Donaudampfschiff", 6), "Donau…");
        assert_eq!(shorten("東京に住む人。大阪にも家がある", 8), "東京に住む人。");
        assert_eq!(shorten("大阪にも家がある", 5), "大阪にも…");
        assert_eq!(shorten("anything", 0), "");
        assert_eq!(shorten("👩\u{200d}👩\u{200d}👧 family", 3), "…");
    }

    proptest! {
        #[test]
        fn the_result_fits_and_cuts_no_grapheme(text in "\\PC*|.*|([a-z]{1,9}[ .!] ?){0,30}", chars in 0_usize..60) {
            let short = shorten(&text, chars);
            prop_assert!(short.chars().count() <= chars);
            let kept = short.strip_suffix('…').unwrap_or(&short);
            let text = text.trim();
            if let Some(rest) = text.strip_prefix(kept) {
                let boundary = text.grapheme_indices(true).any(|(at, _)| at == kept.len());
                prop_assert!(rest.is_empty() || boundary);
            } else {
                prop_assert!(text.starts_with(&short));
            }
        }
    }
}
