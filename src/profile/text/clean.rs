//! Text made fit to stand on one line.

use super::script::is_invisible;

/// One line of what can be seen: white space and control characters become single spaces, invisible characters go. Joiners and
/// variation selectors stay where emoji and scripts outside ASCII need them.
pub(in crate::profile) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) || shapes(&out, c, chars.peek().copied()) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn shapes(before: &str, c: char, after: Option<char>) -> bool {
    let beyond_ascii = |c: char| !c.is_ascii() && !is_invisible(c) && !c.is_whitespace();
    let last = before.chars().next_back();
    match c {
        '\u{200c}' | '\u{200d}' => {
            last.is_some_and(|c| beyond_ascii(c) || c == '\u{fe0f}')
                && after.is_some_and(beyond_ascii)
        }
        '\u{fe0e}' | '\u{fe0f}' => last.is_some_and(beyond_ascii),
        _ => false,
    }
}

/// [`one_line`], with `<`, `>` and `&` escaped, so that nothing in it can open or close a tag.
pub(in crate::profile) fn plain(text: &str) -> String {
    let line = one_line(text);
    if !line.contains(['<', '>', '&']) {
        return line;
    }
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{one_line, plain};

    #[test]
    fn a_line_is_one_line_of_visible_text() {
        assert_eq!(one_line("  a\r\n\tb\u{0}c\u{2028}d \u{85}"), "a b c d");
        assert_eq!(one_line("x\u{202e}y\u{200b}z\u{200d}!\u{e0041}"), "xyz!");
        assert_eq!(
            one_line("👩\u{200d}👧 ❤\u{fe0f} می\u{200c}خواهم"),
            "👩\u{200d}👧 ❤\u{fe0f} می\u{200c}خواهم"
        );
        assert_eq!(plain("</memory>\n&"), "&lt;/memory&gt; &amp;");
    }
}
