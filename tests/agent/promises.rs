//! What is promised about a session's turns, its extraction and its merge.

use acquaint::agent::Said;
use acquaint::model::{Error, Request, Role};
use acquaint::profile::{Caps, Confidence};
use serde_json::{Value, json};

use super::{World, alice, fact, facts};

#[tokio::test]
async fn a_turn_is_journalled_before_the_model_is_asked_and_the_reply_before_say_returns() {
    let world = World::answering([]);
    let agent = world.agent();
    let mut session = agent.open(&alice()).await.unwrap();
    let store = world.store.clone();
    let said = session.say("I use Rust", std::future::pending(), |_| {}).await.unwrap();
    assert_eq!(said, Said { text: "Noted.".to_owned(), stop: Some(acquaint::model::Stop::End) });
    drop(store);
    let transcript = agent.transcript(&alice(), session.id()).await.unwrap();
    let texts: Vec<&str> = transcript.turns.iter().map(|turn| turn.content.as_str()).collect();
    assert_eq!(texts, ["I use Rust", "Noted."]);
}

#[tokio::test]
async fn a_turn_survives_a_model_that_fails() {
    let mut world = World::answering([]);
    world.chat = crate::support::scripted::Scripted::new(|_| {
        Err(Error::Unreachable { url: "http://nowhere".to_owned(), message: "no route".to_owned() })
    });
    let agent = world.agent();
    let mut session = agent.open(&alice()).await.unwrap();
    session.say("I use Rust", std::future::pending(), |_| {}).await.unwrap_err();
    let transcript = agent.transcript(&alice(), session.id()).await.unwrap();
    assert_eq!(transcript.turns.len(), 1);
    assert!(transcript.is_pending());
}

#[tokio::test]
async fn an_interrupted_reply_ends_the_reply_and_not_the_session() {
    let world = World::answering([]);
    let agent = world.agent();
    let mut session = agent.open(&alice()).await.unwrap();
    let said = session.say("I use Rust", std::future::ready(()), |_| {}).await.unwrap();
    assert_eq!(said.stop, None);
    let said = session.say("And Go", std::future::pending(), |_| {}).await.unwrap();
    assert_eq!(said.text, "Noted.");
    assert_eq!(agent.transcript(&alice(), session.id()).await.unwrap().turns.len(), 3);
}

#[tokio::test]
async fn a_session_without_a_word_of_the_user_costs_no_call_and_leaves_no_trace() {
    let world = World::answering([]);
    assert_eq!(world.session(&[]).await, []);
    assert!(world.extractor.requests.lock().unwrap().is_empty());
    assert!(!world.agent().knows(&alice()).await.unwrap());
}

#[tokio::test]
async fn what_was_learned_is_in_the_next_sessions_prompt_and_the_prompt_never_changes_within_one() {
    let world = World::answering([json!({
        "running_summary": "Alice builds a worker.",
        "new_facts": [fact("Uses Rust for the worker", "I use Rust for the worker")],
        "updated_preferences": [{ "key": "timezone", "value": "Europe/Lisbon", "quote": "my timezone is Europe/Lisbon" }],
        "new_decisions": [{ "topic": "pricing", "decision": "usage-based", "quote": "we go with usage-based pricing" }],
    })]);
    world
        .session(&[
            "I use Rust for the worker",
            "my timezone is Europe/Lisbon and we go with usage-based pricing",
        ])
        .await;
    world.session(&["Hello", "What do you know?"]).await;
    let requests = world.chat.requests.lock().unwrap();
    let systems: Vec<&str> = requests.iter().map(|request| request.system.as_str()).collect();
    assert_eq!(systems[0], systems[1]);
    assert_eq!(systems[2], systems[3]);
    assert!(systems[0].contains("This user is new"));
    for known in [
        "Alice builds a worker.",
        "Uses Rust for the worker",
        "timezone: Europe/Lisbon",
        "pricing: usage-based",
    ] {
        assert!(systems[2].contains(known), "{known} is not in {}", systems[2]);
    }
}

#[tokio::test]
async fn the_extraction_sees_the_turns_and_the_items_but_neither_block_nor_system_prompt() {
    let world = World::answering([
        json!({ "running_summary": "S", "new_facts": [fact("Uses Rust", "I use Rust")] }),
    ]);
    world.session(&["I use Rust"]).await;
    world.session(&["I like tea"]).await;
    let requests = world.extractor.requests.lock().unwrap();
    let input: Value = serde_json::from_str(&requests[1].messages[0].text).unwrap();
    assert_eq!(input["running_summary"], "S");
    assert_eq!(input["facts"], json!([{ "id": "f1", "fact": "Uses Rust" }]));
    let turns: Vec<(&str, &str)> = input["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| (turn["role"].as_str().unwrap(), turn["text"].as_str().unwrap()))
        .collect();
    assert_eq!(turns, [("user", "I like tea"), ("assistant", "Noted.")]);
    let whole = format!("{:?}", requests[1]);
    assert!(!whole.contains("<memory>") && !whole.contains("You are acquaint"));
}

#[tokio::test]
async fn what_nobody_said_is_kept_as_low_and_not_injected() {
    let world = World::answering([json!({ "running_summary": "S", "new_facts": [
        fact("Lives on Mars", "I live on Mars"),
        fact("Was told so by the assistant", "Noted."),
        fact("Uses Rust", "I use Rust"),
    ] })]);
    world.session(&["I use Rust"]).await;
    let profile = world.profile().await;
    let confidence: Vec<Confidence> =
        profile.key_facts.iter().map(|fact| fact.meta.confidence).collect();
    assert_eq!(confidence, [Confidence::Low, Confidence::Low, Confidence::High]);
    let block = world.agent().block(&alice()).await.unwrap().text;
    assert!(
        block.contains("Uses Rust") && !block.contains("Mars") && !block.contains("assistant"),
        "{block}"
    );
}

#[tokio::test]
async fn secrets_reach_neither_journal_nor_profile() {
    let secret = "sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-AAAAAAAA";
    let words = format!("my key is {secret}");
    let world = World::answering([
        json!({ "running_summary": words, "new_facts": [fact(&words, &words)] }),
    ]);
    world.session(&[&words]).await;
    assert!(!world.profile().await.to_json().contains("sk-ant"));
    let sessions = world.agent().sessions(&alice()).await.unwrap();
    let transcript =
        world.agent().transcript(&alice(), &sessions[0].session.parse().unwrap()).await.unwrap();
    assert!(transcript.turns[0].content.contains("[redacted"));
    assert!(!format!("{:?}", world.extractor.requests.lock().unwrap()).contains("sk-ant"));
}

#[tokio::test]
async fn a_cap_evicts_into_the_history_and_says_so() {
    let mut world = World::new(|request| {
        let text = &request.messages[0].text;
        let number = text.split("I read book ").nth(1).unwrap().chars().next().unwrap();
        Ok(json!({ "new_facts": [fact(&format!("Reads book {number}"), &format!("I read book {number}"))] }).to_string())
    });
    world.settings.caps = Caps { facts: 2, ..Caps::default() };
    world.session(&["I read book 1"]).await;
    world.session(&["I read book 2"]).await;
    let changes = world.session(&["I read book 3"]).await;
    let evicted =
        changes.iter().find(|change| matches!(change, acquaint::profile::Change::Evicted { .. }));
    assert_eq!(evicted.unwrap().item().unwrap().text(), "Reads book 1");
    assert_eq!(facts(&world.profile().await), ["Reads book 2", "Reads book 3"]);
    let why = world.agent().why(&alice(), "f1").await.unwrap();
    assert!(!why.current);
    assert_eq!(why.turn.unwrap().content, "I read book 1");
}

#[tokio::test]
async fn a_profile_that_moved_while_the_model_was_thinking_keeps_both_and_the_summary_is_made_again()
 {
    let world = World::answering([
        json!({ "running_summary": "First.", "new_facts": [fact("Uses Rust", "I use Rust")] }),
        json!({ "running_summary": "Second.", "new_facts": [fact("Likes tea", "I like tea")] }),
        json!({ "running_summary": "First and second." }),
    ]);
    let agent = world.agent();
    let mut one = agent.open(&alice()).await.unwrap();
    one.say("I use Rust", std::future::pending(), |_| {}).await.unwrap();
    let mut other = agent.open(&alice()).await.unwrap();
    other.say("I like tea", std::future::pending(), |_| {}).await.unwrap();
    let (first, second) = tokio::join!(one.end(|_| {}), other.end(|_| {}));
    first.unwrap();
    second.unwrap();
    let profile = world.profile().await;
    let mut kept = facts(&profile);
    kept.sort_unstable();
    assert_eq!(kept, ["Likes tea", "Uses Rust"]);
    assert_eq!(profile.running_summary, "First and second.");
    let requests = world.extractor.requests.lock().unwrap();
    let redo: Value = serde_json::from_str(&requests[2].messages[0].text).unwrap();
    let (newer, draft) =
        (redo["running_summary"].as_str().unwrap(), redo["draft"].as_str().unwrap());
    assert!([("First.", "Second."), ("Second.", "First.")].contains(&(newer, draft)));
}

#[tokio::test]
async fn a_conversation_that_outgrows_the_window_loses_no_turn_from_the_journal() {
    let mut world = World::answering([]);
    world.chat =
        crate::support::scripted::Scripted::with_window(20_000, |_| Ok("Noted. ".repeat(50)));
    let agent = world.agent();
    let mut session = agent.open(&alice()).await.unwrap();
    for number in 0..60 {
        session
            .say(&format!("{number} {}", "word ".repeat(300)), std::future::pending(), |_| {})
            .await
            .unwrap();
    }
    assert_eq!(agent.transcript(&alice(), session.id()).await.unwrap().turns.len(), 120);
    let requests = world.chat.requests.lock().unwrap();
    let last: &Request = requests.last().unwrap();
    assert!(last.messages.len() < 119);
    assert_eq!(last.messages[0].role, Role::User);
    assert!(last.messages.last().unwrap().text.starts_with("59 "));
}
