use proptest::prelude::*;

use super::*;

const WIDTH: usize = 40;

fn rendered(text: &str) -> String {
    let mut markdown = Markdown::new(Mode::Styled { width: WIDTH });
    let mut out = markdown.push(text);
    out.push_str(&markdown.finish());
    out
}

/// What is seen: styles as tags, `<b>` bold, `<d>` dim, `<i>` italic, `<c>` code.
fn seen(text: &str) -> String {
    rendered(text)
        .replace("\u{1b}[0m", "</>")
        .replace("\u{1b}[1m", "<b>")
        .replace("\u{1b}[2m", "<d>")
        .replace("\u{1b}[3m", "<i>")
        .replace("\u{1b}[36m", "<c>")
        .replace("\u{1b}[1;3m", "<bi>")
        .replace("\u{1b}[1;36m", "<bc>")
}

fn visible(text: &str) -> String {
    let styles = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    styles.replace_all(&rendered(text), "").into_owned()
}

#[test]
fn emphasis_code_and_headings_are_styled() {
    for (markdown, expected) in [
        ("# Plan #1\ntext", "<b>Plan #1</>\ntext"),
        ("a **b** c", "a <b>b</> c"),
        ("**b**", "<b>b</>"),
        ("*i* and _i_.", "<i>i</> and <i>i</>."),
        ("***both***", "<bi>both</>"),
        ("**use `x*y` now**", "<b>use </><bc>x*y</><b> now</>"),
        ("*a **b** c*", "<i>a </><bi>b</><i> c</>"),
        ("**a *b***", "<b>a </><bi>b</>"),
        ("``a`b`` `c`", "<c>a`b</> <c>c</>"),
        ("`a``b`", "<c>a``b</>"),
        ("/tmp/_a_ ~_b_~ (_c_)", "/tmp/_a_ ~<i>b</>~ (<i>c</>)"),
        ("これは**太字**です", "これは<b>太字</>です"),
        ("\\*not\\* 1\\. \\(x\\)", "*not* 1. \\(x\\)"),
    ] {
        assert_eq!(seen(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn what_is_no_markdown_is_shown_as_it_is_written() {
    for text in [
        "5 * 3 * 2 = 30 and 2**3**2",
        "snake_case_name and __init__ and _private",
        "*args and **kwargs",
        "an *unclosed one",
        "a `tick",
        "see https://example.com/_a_/*b*/c?x=_y_",
        "[ ] todo [x] done [1] note [a] (b)",
        "![",
        "wow!",
        "!",
        "*",
        "**",
        "a ****",
        "# ",
        "#hash",
        "#######",
        "12.5",
        "1.",
        "C:\\dir",
        "a \\",
        "-5 degrees",
        "+1",
        "`",
        "``",
        "_",
        "<https://a_b_c.example>",
        "| a | **b** |\n|---|---|\n| 1 | 2 |",
    ] {
        let words = visible(text).replace('\n', " ");
        assert_eq!(words, text.trim_end().replace('\n', " "), "{text:?}");
    }
}

#[test]
fn code_blocks_are_verbatim_and_their_fences_unseen() {
    assert_eq!(
        seen("Run:\n```sh\ncargo  test **all** # and wide words beyond the line\n\n``\n```\nDone"),
        "Run:\n<d>    cargo  test **all** # and wide words beyond the line</>\n<d>    </>\n<d>    ``</>\nDone"
    );
    assert_eq!(seen("~~~\n```\n~~~~"), "<d>    ```</>\n");
    assert_eq!(seen("````\n```\n````\nx"), "<d>    ```</>\nx");
    assert_eq!(seen("```rust\nlet a"), "<d>    let a</>");
    assert_eq!(seen("```not a block``` here"), "<c>not a block</> here");
}

#[test]
fn lists_and_quotes_hang_under_their_text() {
    assert_eq!(
        visible(
            "- one two three four five six seven eight nine\n  - nested one two three four five six seven"
        ),
        "- one two three four five six seven\n  eight nine\n  - nested one two three four five six\n    seven"
    );
    assert_eq!(
        visible("12. one two three four five six seven eight nine"),
        "12. one two three four five six seven\n    eight nine"
    );
    assert_eq!(
        visible("> one two three four five six seven eight nine\n> - a"),
        "| one two three four five six seven\n| eight nine\n| - a"
    );
    assert_eq!(seen("* **a** b\n* c"), "* <b>a</> b\n* c");
}

#[test]
fn rules_and_links_are_drawn_in_plain_characters() {
    let rule = format!("<d>{}</>", "-".repeat(WIDTH));
    for text in ["---", "* * *", "___", "-----"] {
        assert_eq!(seen(text), rule);
    }
    assert_eq!(seen("[docs](https://e.com/a_(b)) ok"), "docs <d>(https://e.com/a_(b))</> ok");
    assert_eq!(seen("![a](b \"t\")"), "a <d>(b)</>");
    assert_eq!(seen("[**x**](y)"), "<b>x</> <d>(y)</>");
    assert_eq!(seen("[e.com](e.com)"), "e.com");
}

#[test]
fn words_appear_as_soon_as_they_are_complete() {
    let mut markdown = Markdown::new(Mode::Styled { width: WIDTH });
    let mut push = |piece| markdown.push(piece);
    assert_eq!(push("Hel"), "");
    assert_eq!(push("lo there"), "Hello");
    assert_eq!(push(" my"), " there");
    assert_eq!(push(" fr**end\n"), " my fr**end\n");
    assert_eq!(push("日本"), "日");
    let address = format!(" https://{}", "x".repeat(WIDTH));
    assert!(push(&address).ends_with("xx"), "a word longer than a line does not wait");
}

#[test]
fn a_pipe_gets_every_byte_and_a_plain_terminal_no_sequences() {
    let text = "**b**\r\n\u{1b}]52;c;x\u{7} `c`";
    let mut untouched = Markdown::new(Mode::Untouched);
    assert_eq!(untouched.push(text) + &untouched.finish(), text);
    let mut plain = Markdown::new(Mode::Harmless);
    assert_eq!(plain.push(text) + &plain.finish(), "**b**\n\\u001b]52;c;x\\u0007 `c`");
}

#[test]
fn a_model_cannot_send_sequences_of_its_own() {
    let hostile = "a \u{1b}[2J **\u{1b}]52;c;x\u{7}** `\u{9b}1m`\n```\n\u{1b}[H\n```\n| \u{1b}[A |\n> \u{202e}x";
    let styles = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let out = rendered(hostile);
    let rest = styles.replace_all(&out, "");
    assert!(!rest.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{rest:?}");
}

#[test]
fn absurd_nesting_ends_soon() {
    for text in
        ["> ", "- ", "*", "_", "`", "[", "![", "\\", "#", "| ", "*a ", "`a", "[a](", "1. ", "~"]
    {
        let long = text.repeat(2_000);
        assert!(!rendered(&long).is_empty());
    }
}

/// Text with much Markdown in it, cut into pieces anywhere.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let atom = prop_oneof![
        "[a-z]{1,6}",
        "[ \n]{1,2}",
        "[*_`]{1,3}",
        "[-+#>|~!\\\\.()0-9]{1,2}",
        Just("](".to_owned()),
        Just("[".to_owned()),
        Just("\n```\n".to_owned()),
        Just("\n- ".to_owned()),
        Just("日本".to_owned()),
        Just("é👩\u{200d}👧".to_owned()),
    ];
    prop::collection::vec(atom, 0..60)
}

proptest! {
    #[test]
    fn any_cut_gives_the_same(pieces in pieces()) {
        let mut markdown = Markdown::new(Mode::Styled { width: WIDTH });
        let mut out: String = pieces.iter().map(|piece| markdown.push(piece)).collect();
        out.push_str(&markdown.finish());
        prop_assert_eq!(&out, &rendered(&pieces.concat()));
        let mut markdown = Markdown::new(Mode::Styled { width: WIDTH });
        let mut by_character: String = pieces.concat().chars().map(|c| markdown.push(&c.to_string())).collect();
        by_character.push_str(&markdown.finish());
        prop_assert_eq!(out, by_character);
    }

    #[test]
    fn plain_prose_is_only_wrapped(text in "([A-Za-z0-9é,;'\"?=/&%] ?\n?){0,200}") {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&visible(&text)), words(&text));
    }

    #[test]
    fn letters_are_neither_lost_nor_doubled_nor_moved(pieces in pieces()) {
        // What stands behind a fence, the language of the code, is not shown.
        let text = pieces.concat().replace("``", "`").replace("``", "`").replace('~', "");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&visible(&text)), letters(&text));
    }
}
