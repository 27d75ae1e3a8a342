//! Sessions that a crash left behind, and histories that it left one entry short.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use acquaint::agent::{Agent, SessionState, Settings};
use acquaint::error::Error;
use acquaint::profile::By;
use acquaint::store::{self, Durability, Key, Next, Part, Scope, Store};
use async_trait::async_trait;
use chrono::TimeDelta;
use serde_json::json;

use super::{World, alice, fact, facts};

fn one_fact() -> World {
    World::answering([json!({ "new_facts": [fact("Uses Rust", "I use Rust")] })])
}

/// A session whose process dies after the last reply.
async fn abandoned(world: &World) {
    let mut session = world.agent().open(&alice()).await.unwrap();
    session.say("I use Rust", std::future::pending(), |_| {}).await.unwrap();
}

async fn recover(agent: &Agent) -> usize {
    let pending = agent.pending(&alice()).await.unwrap();
    let count = pending.len();
    for session in pending {
        agent.recover(&alice(), session, |_| {}).await.result.unwrap();
    }
    count
}

#[tokio::test]
async fn what_a_crash_left_pending_is_extracted_once_at_the_next_start() {
    let world = one_fact();
    abandoned(&world).await;
    assert_eq!(recover(&world.agent()).await, 1);
    assert_eq!(recover(&world.agent()).await, 0);
    assert_eq!(facts(&world.profile().await), ["Uses Rust"]);
    assert_eq!(world.profile().await.session_count, 1);
}

#[tokio::test]
async fn a_session_that_is_open_elsewhere_is_left_alone() {
    let world = one_fact();
    let mut session = world.agent().open(&alice()).await.unwrap();
    session.say("I use Rust", std::future::pending(), |_| {}).await.unwrap();
    assert_eq!(recover(&world.agent()).await, 0);
    let states: Vec<SessionState> = world
        .agent()
        .sessions(&alice())
        .await
        .unwrap()
        .into_iter()
        .map(|session| session.state)
        .collect();
    assert_eq!(states, [SessionState::Open]);
    session.end(|_| {}).await.unwrap();
}

#[tokio::test]
async fn a_session_is_gone_on_with_where_it_was_left() {
    let world = one_fact();
    abandoned(&world).await;
    let agent = world.agent();
    let id = agent.sessions(&alice()).await.unwrap()[0].session.parse().unwrap();
    let mut session = agent.resume(&alice(), &id).await.unwrap();
    assert!(matches!(agent.resume(&alice(), &id).await, Err(Error::Busy { .. })));
    session.say("And Go", std::future::pending(), |_| {}).await.unwrap();
    session.end(|_| {}).await.unwrap();
    assert_eq!(world.profile().await.session_count, 1);
    let requests = world.chat.requests.lock().unwrap();
    let texts: Vec<&str> =
        requests[1].messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["I use Rust", "Noted.", "And Go"]);
}

#[tokio::test]
async fn only_a_session_in_which_nothing_was_said_for_a_while_is_idle() {
    let world = one_fact();
    abandoned(&world).await;
    let agent = world.agent();
    assert!(agent.idle(&alice(), TimeDelta::days(365_000)).await.unwrap().is_empty());
    assert_eq!(agent.idle(&alice(), TimeDelta::minutes(1)).await.unwrap().len(), 1);
}

/// Cuts the last line off a log, as a crash before it was written would have.
async fn drop_last_line(world: &World, part: Part) {
    let key = Key::new(None, &alice(), part);
    let mut cut = |current: acquaint::store::Current<'_>| {
        let bytes = current.document?;
        let end = bytes
            .strip_suffix(b"\n")?
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        Some(Next { document: Some(bytes[..end].to_vec()), entries: Vec::new() })
    };
    world.store.update(&key, &mut cut).await.unwrap();
}

#[tokio::test]
async fn a_crash_between_profile_history_and_mark_extracts_nothing_twice_and_leaves_no_gap() {
    let world = one_fact();
    world.session(&["I use Rust"]).await;
    let session = world.agent().sessions(&alice()).await.unwrap()[0].session.parse().unwrap();
    drop_last_line(&world, Part::Journal(session)).await;
    drop_last_line(&world, Part::History).await;
    let before = world.profile().await;
    recover(&world.agent()).await;
    assert_eq!(world.profile().await, before);
    assert_eq!(world.extractor.requests.lock().unwrap().len(), 1);
    world.session(&["Hello again"]).await;
    let history = world.agent().history(&alice()).await.unwrap();
    let entries: Vec<(u64, By, usize)> =
        history.iter().map(|entry| (entry.revision, entry.by, entry.changes.len())).collect();
    assert_eq!(entries, [(1, By::Extraction, 1), (2, By::Extraction, 0)]);
}

#[tokio::test]
async fn a_line_that_a_crash_cut_off_hides_no_other_line() {
    let world = one_fact();
    abandoned(&world).await;
    let session = world.agent().sessions(&alice()).await.unwrap()[0].session.parse().unwrap();
    let key = Key::new(None, &alice(), Part::Journal(session));
    world
        .store
        .append(&key, &[br#"{"type":"turn","at":"2026-"#.to_vec()], Durability::Now)
        .await
        .unwrap();
    assert_eq!(recover(&world.agent()).await, 1);
    assert_eq!(facts(&world.profile().await), ["Uses Rust"]);
}

#[tokio::test]
async fn a_history_that_ends_in_garbage_is_gone_on_with() {
    let world = one_fact();
    world.session(&["I use Rust"]).await;
    let key = Key::new(None, &alice(), Part::History);
    world.store.append(&key, &[b"{\"revision\": 9, half".to_vec()], Durability::Now).await.unwrap();
    world.session(&["Hello"]).await;
    let history = world.agent().history(&alice()).await.unwrap();
    let revisions: Vec<u64> = history.iter().map(|entry| entry.revision).collect();
    assert_eq!(revisions, [1, 2]);
}

/// Answers the first look at a document as if it had not been written yet.
#[derive(Debug)]
struct Late {
    inner: Arc<dyn Store>,
    looked: AtomicBool,
}

#[async_trait]
impl Store for Late {
    async fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, store::Error> {
        let late = key.part == Part::Profile && !self.looked.swap(true, Ordering::Relaxed);
        if late { Ok(None) } else { self.inner.get(key).await }
    }

    async fn update(&self, key: &Key, change: store::Change<'_>) -> Result<(), store::Error> {
        self.inner.update(key, change).await
    }

    async fn append(
        &self,
        key: &Key,
        lines: &[Vec<u8>],
        durability: Durability,
    ) -> Result<(), store::Error> {
        self.inner.append(key, lines, durability).await
    }

    async fn read(&self, key: &Key) -> Result<Vec<Vec<u8>>, store::Error> {
        self.inner.read(key).await
    }

    async fn list(&self, scope: &Scope) -> Result<Vec<Key>, store::Error> {
        self.inner.list(scope).await
    }

    async fn delete(&self, key: &Key) -> Result<bool, store::Error> {
        self.inner.delete(key).await
    }

    async fn hold(&self, key: &Key) -> Result<Option<store::Hold>, store::Error> {
        self.inner.hold(key).await
    }

    fn place(&self, key: &Key) -> String {
        self.inner.place(key)
    }
}

#[tokio::test]
async fn a_first_revision_saved_while_somebody_looks_is_not_taken_for_lost() {
    let world = one_fact();
    world.session(&["I use Rust"]).await;
    let store = Late { inner: world.store.clone(), looked: AtomicBool::new(false) };
    let agent = Agent::new(
        Arc::new(store),
        world.chat.clone(),
        world.extractor.clone(),
        Settings::default(),
    );
    assert_eq!(agent.profile(&alice()).await.unwrap().unwrap().revision, 1);
}

#[tokio::test]
async fn an_edit_by_hand_is_recorded_before_the_next_revision() {
    let world = one_fact();
    world.session(&["I use Rust"]).await;
    let key = Key::new(None, &alice(), Part::Profile);
    let mut by_hand = |current: acquaint::store::Current<'_>| {
        let mut document: serde_json::Value =
            serde_json::from_slice(current.document.unwrap()).unwrap();
        document["key_facts"].as_array_mut().unwrap().push("Plays the cello".into());
        Some(Next { document: Some(document.to_string().into_bytes()), entries: Vec::new() })
    };
    world.store.update(&key, &mut by_hand).await.unwrap();
    world.session(&["Hello"]).await;
    let profile = world.profile().await;
    assert_eq!(facts(&profile), ["Uses Rust", "Plays the cello"]);
    assert!(profile.key_facts[1].meta.pinned);
    let history = world.agent().history(&alice()).await.unwrap();
    let entries: Vec<(u64, By)> = history.iter().map(|entry| (entry.revision, entry.by)).collect();
    assert_eq!(entries, [(1, By::Extraction), (2, By::Hand), (3, By::Extraction)]);
}
