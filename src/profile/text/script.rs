//! Which characters are what: the few classes that comparing and measuring need.

/// Format, zero-width, bidirectional, tag and filler characters, variation selectors, and control characters that are no white
/// space, and noncharacters: what a reader cannot see. (Unicode's `Default_Ignorable_Code_Point`, and the category Cc.)
pub(super) fn is_invisible(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        _ => (c.is_control() && !c.is_whitespace()) || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// Punctuation that separates words or closes sentences, in any script that uses it.
pub(super) fn is_punctuation(c: char) -> bool {
    match c {
        '$' => false,
        '\0'..='\u{7f}' => c.is_ascii_punctuation(),
        '¡'
        | '§'
        | '«'
        | '¶'
        | '·'
        | '»'
        | '¿'
        | '\u{37e}'
        | '\u{387}'
        | '\u{55a}'..='\u{55f}'
        | '\u{589}'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{5c0}'
        | '\u{5c3}'
        | '\u{5f3}'
        | '\u{5f4}'
        | '\u{60c}'
        | '\u{60d}'
        | '\u{61b}'
        | '\u{61f}'
        | '\u{66a}'..='\u{66d}'
        | '\u{6d4}'
        | '\u{964}'
        | '\u{965}'
        | '\u{e2f}'
        | '\u{e4f}'
        | '\u{e5a}'
        | '\u{e5b}'
        | '\u{f04}'..='\u{f14}'
        | '\u{104a}'..='\u{104f}'
        | '\u{1361}'..='\u{1368}'
        | '\u{17d4}'..='\u{17da}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{207d}'..='\u{208e}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}'
        | '\u{30a0}'
        | '\u{30fb}'
        | '\u{fe10}'..='\u{fe6b}'
        | '\u{ff01}'..='\u{ff0f}' => true,
        _ => false,
    }
}

/// Scripts that are written without spaces between words: Han, Kana, Thai, Lao, Tibetan, Myanmar, Khmer.
pub(in crate::profile) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Pictures: each stands for itself, whatever it leans on.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
