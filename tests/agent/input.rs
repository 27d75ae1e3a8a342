//! What is typed: kept for the prompt, and refused where it is nothing.

use acquaint::agent::Settings;
use acquaint::error::Error;
use serde_json::json;

use super::{World, alice, fact};

fn lines(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|number| format!("line {number}")).collect()
}

#[tokio::test]
async fn a_blank_message_leaves_no_trace() {
    let world = World::answering([]);
    let mut session = world.agent().open(&alice()).await.unwrap();
    for blank in ["", " \n\t", "\u{3000}"] {
        let refused = session.say(blank, std::future::pending(), |_| {}).await.unwrap_err();
        assert!(matches!(refused, Error::Blank), "{refused:?}");
    }
    assert!(!world.agent().knows(&alice()).await.unwrap());
}

#[tokio::test]
async fn two_chats_keep_what_was_typed_in_both_and_the_oldest_goes_first() {
    let agent = World::answering([]).agent();
    agent.keep_input(&alice(), &lines(0..600)).await.unwrap();
    agent.keep_input(&alice(), &lines(600..1_200)).await.unwrap();
    assert_eq!(agent.input(&alice()).await.unwrap(), lines(200..1_200));
}

#[tokio::test]
async fn several_lines_a_paste_and_a_repetition() {
    let agent = World::answering([]).agent();
    let typed =
        ["a \\ b\r\nc".to_owned(), "x".repeat(5_000), "again".to_owned(), "again".to_owned()];
    agent.keep_input(&alice(), &typed).await.unwrap();
    assert_eq!(agent.input(&alice()).await.unwrap(), ["a \\ b\nc", "again"]);
}

#[tokio::test]
async fn what_was_forgotten_is_not_kept_and_what_was_kept_is_forgotten() {
    let world =
        World::answering([json!({ "new_facts": [fact("Lives in Porto", "I live in Porto")] })]);
    let agent = world.agent();
    agent.keep_input(&alice(), &["hello\nI live in Porto, you know".to_owned()]).await.unwrap();
    world.session(&["I live in Porto"]).await;
    agent.forget(&alice(), &["f1".to_owned()]).await.unwrap();
    agent.keep_input(&alice(), &["She lives in Porto".to_owned()]).await.unwrap();
    let kept = agent.input(&alice()).await.unwrap().join("|");
    assert!(!kept.contains("Porto") && kept.contains("[forgotten]"), "{kept}");
}

#[tokio::test]
async fn where_no_turns_are_kept_nothing_typed_is() {
    let mut world = World::answering([]);
    world.settings = Settings { keep_days: 0, ..world.settings };
    world.agent().keep_input(&alice(), &lines(0..1)).await.unwrap();
    assert!(!world.agent().knows(&alice()).await.unwrap());
}
