//! The one suite that every backend runs: what [`Store`] promises, and nothing about how it is kept.

mod claims;
mod documents;
mod logs;
mod names;
mod races;

use std::sync::Arc;

use super::{Change, Current, Durability, Key, Next, Part, Scope, Store};
use crate::id::{Space, UserId};

pub(super) use names::hostile_names;

/// Runs the suite. Each call of `open` gives another handle on one and the same store, which is empty at first.
pub(super) async fn conformance(open: &dyn Fn() -> Arc<dyn Store>) {
    documents::run(&*open()).await;
    logs::run(&*open()).await;
    names::run(&*open()).await;
    claims::run(&*open(), &*open()).await;
    races::run(open).await;
}

fn user(name: &str) -> UserId {
    name.parse().unwrap()
}

fn key(name: &str, part: Part) -> Key {
    Key::new(None, &user(name), part)
}

fn journal(session: &str) -> Part {
    Part::Journal(session.parse().unwrap())
}

fn space(name: &str) -> Space {
    name.parse().unwrap()
}

fn owned(lines: &[&str]) -> Vec<Vec<u8>> {
    lines.iter().map(|line| line.as_bytes().to_vec()).collect()
}

/// Writes a document with entries, and tells what was there: the document and the last entry.
async fn put(store: &dyn Store, key: &Key, document: &str, entries: &[&str]) -> Seen {
    let mut seen = None;
    let change: Change<'_> = &mut |current| {
        seen = Some(see(current));
        Some(Next { document: Some(document.into()), entries: owned(entries) })
    };
    store.update(key, change).await.unwrap();
    seen.unwrap()
}

/// Tells what is there, and leaves it alone.
async fn peek(store: &dyn Store, key: &Key) -> Seen {
    let mut seen = None;
    let change: Change<'_> = &mut |current| {
        seen = Some(see(current));
        None
    };
    store.update(key, change).await.unwrap();
    seen.unwrap()
}

type Seen = (Option<String>, Option<String>);

fn see(current: Current<'_>) -> Seen {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (current.document.map(text), current.entry.map(text))
}

#[expect(clippy::unnecessary_wraps, reason = "short for what is compared with")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

async fn append(store: &dyn Store, key: &Key, lines: &[&str]) {
    let lines = owned(lines);
    store.append(key, &lines, Durability::Now).await.unwrap();
}

async fn keys(store: &dyn Store, space: Option<&Space>, user: &UserId) -> Vec<Key> {
    let scope = Scope::User(space.cloned(), user.clone());
    store.list(&scope).await.unwrap()
}

async fn users(store: &dyn Store, space: Option<&Space>) -> Vec<UserId> {
    let keys = store.list(&Scope::Users(space.cloned())).await.unwrap();
    assert!(keys.iter().all(|key| key.part == Part::Profile && key.space.as_ref() == space));
    keys.into_iter().map(|key| key.user).collect()
}
