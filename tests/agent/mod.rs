//! The agent through its public door, with a scripted model and the in-memory store.

mod ends;
mod input;
mod people;
mod promises;
mod recovery;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use acquaint::agent::{Agent, Settings};
use acquaint::id::UserId;
use acquaint::model::{Error, Model, Request};
use acquaint::profile::{Change, Profile};
use acquaint::store::{Memory, Store};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::support::scripted::Scripted;

/// A store, a chat model that says "Noted.", and an extraction model that answers as the test says.
struct World {
    store: Arc<Memory>,
    chat: Arc<Scripted>,
    extractor: Arc<Scripted>,
    settings: Settings,
}

impl World {
    fn new(answer: impl Fn(&Request) -> Result<String, Error> + Send + Sync + 'static) -> Self {
        Self {
            store: Arc::new(Memory::default()),
            chat: Scripted::saying("Noted."),
            extractor: Scripted::new(answer),
            settings: Settings { clock: ticking, ..Settings::default() },
        }
    }

    /// The extraction model answers each of these in turn, and then nothing new.
    fn answering(answers: impl IntoIterator<Item = Value>) -> Self {
        let answers = Mutex::new(answers.into_iter().collect::<Vec<_>>().into_iter());
        Self::new(move |_| {
            Ok(answers.lock().unwrap().next().unwrap_or_else(|| json!({})).to_string())
        })
    }

    fn agent(&self) -> Agent {
        let store: Arc<dyn Store> = self.store.clone();
        let (chat, extractor): (Arc<dyn Model>, Arc<dyn Model>) =
            (self.chat.clone(), self.extractor.clone());
        Agent::new(store, chat, extractor, self.settings.clone())
    }

    /// One whole session of alice.
    async fn session(&self, turns: &[&str]) -> Vec<Change> {
        let mut session = self.agent().open(&alice()).await.unwrap();
        for turn in turns {
            session.say(turn, std::future::pending(), |_| {}).await.unwrap();
        }
        session.end(|_| {}).await.unwrap().changes
    }

    async fn profile(&self) -> Profile {
        self.agent().profile(&alice()).await.unwrap().unwrap()
    }
}

/// A clock that moves on by a minute each time somebody looks.
fn ticking() -> DateTime<Utc> {
    static MINUTES: AtomicI64 = AtomicI64::new(0);
    DateTime::UNIX_EPOCH + TimeDelta::minutes(30_000_000 + MINUTES.fetch_add(1, Ordering::Relaxed))
}

fn alice() -> UserId {
    "alice".parse().unwrap()
}

fn fact(fact: &str, quote: &str) -> Value {
    json!({ "fact": fact, "confidence": "high", "quote": quote })
}

fn facts(profile: &Profile) -> Vec<&str> {
    profile.key_facts.iter().map(|fact| fact.fact.as_str()).collect()
}
