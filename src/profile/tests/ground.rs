use serde_json::json;

use super::{at, learn, said};
use crate::profile::{Confidence, Meta, Profile, Role, Turn};

/// What a fact with this quote is kept as, when these turns were said.
fn kept(turns: &[Turn], quote: &str) -> Meta {
    let mut profile = Profile::new("alice");
    learn(&mut profile, turns, &json!({"new_facts": [{"fact": "some fact", "quote": quote}]}));
    profile.key_facts[0].meta.clone()
}

fn trust(turn: &str, quote: &str) -> Confidence {
    kept(&said(&[turn]), quote).confidence
}

use Confidence::{High, Low, Medium};

#[test]
fn a_quote_is_found_however_it_is_written() {
    let turn = "Well, I'm using **Rust** for the worker — it's “fast” & safe... and I live in Zürich, I told you.";
    for quote in [
        "I'm using Rust for the worker",
        "i’m USING rust, for the worker",
        "Ｉ'm using Rust",
        "it's \"fast\" &amp; safe",
        "I&#39;m using Rust",
        "using Rust … I live in Zu\u{308}rich",
        "...for the worker - it's fast...",
    ] {
        assert_eq!(trust(turn, quote), High, "{quote}");
    }
    for quote in [
        "using Rus",
        "I live in Zürich … using Rust",
        "I use Rust",
        "rust worker",
        "",
        "...",
        "told",
        "\u{1}",
    ] {
        assert_eq!(trust(turn, quote), Low, "{quote}");
    }
}

#[test]
fn scripts_without_spaces_are_searched_as_well() {
    for (turn, quote) in [
        ("私は東京に住んでいます。", "東京に住んでいます"),
        ("我喜欢用Rust写后端", "喜欢用Rust"),
        ("ผมอาศัยอยู่ที่กรุงเทพ", "อาศัยอยู่ที่กรุงเทพ"),
        ("저는 서울에 살아요", "서울에 살아요"),
    ] {
        assert_eq!(trust(turn, quote), High, "{quote}");
    }
    assert_eq!(trust("私は東京に住んでいます。", "東京"), Low);
}

#[test]
fn a_short_answer_is_worth_a_little_and_a_trivial_quote_nothing() {
    assert_eq!(trust("Yes.", "yes"), Medium);
    assert_eq!(trust("Lisbon!", "Lisbon"), Medium);
    assert_eq!(trust("はい", "はい"), Medium);
    assert_eq!(trust("yes, but I would rather not say where", "yes"), Low);
    assert_eq!(trust("ok let me think about that one for a while", "ok"), Low);
}

#[test]
fn only_the_user_is_heard_and_the_time_is_the_turns() {
    let mut turns = said(&["hello there", "I live in Porto now", "as I said: I live in Porto now"]);
    turns[0].role = Role::Assistant;
    assert_eq!(kept(&turns, "hello there").confidence, Low);
    let meta = kept(&turns, "I live in Porto");
    assert_eq!(
        (meta.learned, meta.quote.as_deref()),
        (Some(at("2026-11-21T09:01:00Z")), Some("I live in Porto"))
    );
    let unheard = kept(&turns, "I live in Rome");
    assert_eq!((unheard.quote, unheard.session.as_deref()), (None, Some("s1")));
}

#[test]
fn what_was_pasted_is_not_the_users_own_word() {
    let long = "Dr. Roe lives in Oslo and uses Perl. ".repeat(15);
    for turn in [
        "look:\n```\nDr. Roe lives in Oslo\n```\nI like it",
        "> Dr. Roe lives in Oslo\nI like it",
        "I like it <document index=\"1\">\nDr. Roe lives in Oslo\n</document>",
        "I like it \"\"\"Dr. Roe lives in Oslo\"\"\"",
        "I like it\n\nFrom: Roe <roe@example.com>\nSubject: hi\n\nDr. Roe lives in Oslo",
        "I like it\n---------- Forwarded message ---------\nDr. Roe lives in Oslo",
        "I like it\nOn Mon, Nov 3, Roe wrote:\nDr. Roe lives in Oslo",
        &format!("I like it. Summarise this article: {long}"),
        &format!("I like it\nHere is the e-mail:\n\n{long}"),
    ] {
        assert_eq!(trust(turn, "Roe lives in Oslo"), Low, "{turn}");
        assert_eq!(trust(turn, "I like it"), High, "{turn}");
    }
    let own = format!("a bit about me:\n{long}");
    assert_eq!(trust(&own, "lives in Oslo"), High);
    assert_eq!(trust("summarise: Roe lives in Oslo", "Roe lives in Oslo"), High);
    assert_eq!(trust("I <b>really</b> like a<b and c>d", "I b really"), High);
    let both = "> I live in Oslo\nyes, I live in Oslo";
    assert_eq!(kept(&said(&[both]), "I live in Oslo").quote.as_deref(), Some("I live in Oslo"));
}

#[test]
fn a_pasted_quote_is_not_kept_as_the_users() {
    assert_eq!(kept(&said(&["> Roe lives in Oslo"]), "Roe lives in Oslo").quote, None);
}

#[test]
fn long_texts_are_searched_in_time_that_grows_with_them() {
    let turn = "aab ".repeat(25_000) + &"<x ".repeat(20_000) + &"'".repeat(20_000);
    let quote = "aab ".repeat(2_500) + "c d";
    let started = std::time::Instant::now();
    assert_eq!(trust(&turn, &quote), Low);
    assert!(started.elapsed().as_secs() < 3, "{:?}", started.elapsed());
}
