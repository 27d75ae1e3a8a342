//! The life of a session: open, say, end; and everything else that is done to a user's memory.
//!
//! [`Agent`] joins a store and two models. [`Agent::open`] gives a [`Session`]: its memory block is frozen when it is
//! opened; [`Session::say`] journals the user's turn before the model is asked and the reply before it returns;
//! [`Session::end`] extracts. Every change of a profile goes through one place, `commit`: it reads the newest document
//! inside the store's read-change-write, applies the change, counts the revision and writes the history.
//!
//! The agent has the clock, and passes time down. It never prints and never reads the environment.

mod archive;
mod catchup;
mod checkup;
mod commit;
mod context;
mod erase;
mod extraction;
mod forget;
mod history;
mod input;
mod journal;
mod ledger;
mod load;
mod person;
mod prompts;
mod recovery;
mod reply;
mod session;
mod sessions;
mod undo;
mod why;

use std::sync::Arc;

use chrono::{DateTime, Timelike as _, Utc};

use crate::error::{Error, Result};
use crate::id::{SessionId, Space, UserId};
use crate::model::{Model, Prices};
use crate::profile::{Block, Caps, Profile, render};
use crate::store::{Key, Part, Scope, Store};

pub use archive::Imported;
pub use checkup::UserCheckup;
pub use commit::Saved;
pub use erase::{Deleted, Receipt};
pub use extraction::Outcome;
pub use forget::Forgotten;
pub use history::Entry;
pub use journal::{Call, Journal};
pub use ledger::Ledger;
pub use person::Kind as ItemKind;
pub use prompts::Prompts;
pub use recovery::{Pending, Recovered};
pub use session::{Said, Session};
pub use sessions::{SessionState, SessionSummary, UserSummary};
pub use why::Why;

/// What an agent may be told beside its store and its models.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The caps of a profile.
    pub caps: Caps,
    /// How many days the turns of an extracted session are kept; 0 keeps none.
    pub keep_days: u32,
    /// The prompts.
    pub prompts: Prompts,
    /// The price table.
    pub prices: Prices,
    /// The space; `None` is the default one.
    pub space: Option<Space>,
    /// What time it is.
    pub clock: fn() -> DateTime<Utc>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            caps: Caps::default(),
            keep_days: 30,
            prompts: Prompts::default(),
            prices: Prices::default(),
            space: None,
            clock: now,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Memory for the users of one space: a store, a model that chats and one that extracts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Agent {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Arc<dyn Store>,
    chat: Arc<dyn Model>,
    extractor: Arc<dyn Model>,
    settings: Settings,
}

impl Agent {
    /// Joins a store and two models.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        chat: Arc<dyn Model>,
        extractor: Arc<dyn Model>,
        settings: Settings,
    ) -> Self {
        Self { shared: Arc::new(Shared { store, chat, extractor, settings }) }
    }

    /// The settings it was made with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// The model that chats.
    #[must_use]
    pub fn chat_model(&self) -> &dyn Model {
        self.shared.chat.as_ref()
    }

    /// The model that extracts.
    #[must_use]
    pub fn extraction_model(&self) -> &dyn Model {
        self.shared.extractor.as_ref()
    }

    /// The user's profile; `None` when there is none (yet).
    ///
    /// # Errors
    /// [`Error::Damaged`] (the file was set aside), [`Error::Lost`], [`Error::Profile`] for a newer schema.
    pub async fn profile(&self, user: &UserId) -> Result<Option<Profile>> {
        let loaded = self.load(user).await?;
        Ok(loaded.bytes.is_some().then(|| loaded.profile.clone()))
    }

    /// The memory block that a session opened now would see.
    ///
    /// # Errors
    /// As [`Agent::profile`].
    pub async fn block(&self, user: &UserId) -> Result<Block> {
        Ok(self.render(&self.load(user).await?.profile))
    }

    /// The system prompt that a session opened now would send: the base prompt, then the memory block.
    ///
    /// # Errors
    /// As [`Agent::profile`].
    pub async fn system_prompt(&self, user: &UserId) -> Result<String> {
        Ok(self.system(&self.block(user).await?))
    }

    /// Where the user's profile is, for a person to read.
    #[must_use]
    pub fn place(&self, user: &UserId) -> String {
        self.store().place(&self.key(user, Part::Profile))
    }

    /// Whether anything at all is kept of the user.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn knows(&self, user: &UserId) -> Result<bool> {
        Ok(!self.keys(user).await?.is_empty())
    }

    /// Fails with [`Error::NoSuchUser`] when nothing is kept of the user.
    pub(crate) async fn must_know(&self, user: &UserId) -> Result<()> {
        if self.knows(user).await? {
            return Ok(());
        }
        Err(Error::NoSuchUser { user: user.to_string() })
    }

    fn store(&self) -> &dyn Store {
        self.shared.store.as_ref()
    }

    fn caps(&self) -> &Caps {
        &self.shared.settings.caps
    }

    /// The time, to the second: what is stored needs no more.
    fn now(&self) -> DateTime<Utc> {
        let now = (self.shared.settings.clock)();
        now.with_nanosecond(0).unwrap_or(now)
    }

    fn key(&self, user: &UserId, part: Part) -> Key {
        Key::new(self.shared.settings.space.as_ref(), user, part)
    }

    async fn keys(&self, user: &UserId) -> Result<Vec<Key>> {
        let scope = Scope::User(self.shared.settings.space.clone(), user.clone());
        Ok(self.store().list(&scope).await?)
    }

    fn render(&self, profile: &Profile) -> Block {
        render(profile, self.caps().memory_tokens, self.now())
    }

    fn system(&self, block: &Block) -> String {
        format!("{}\n\n{}", self.settings().prompts.system.trim_end(), block.text)
    }

    fn new_session(&self) -> SessionId {
        SessionId::new(self.now(), random())
    }
}

fn random() -> u32 {
    // Without entropy the id still differs by its second, and a claimed session is never opened twice.
    getrandom::u32().unwrap_or_default()
}

/// What a provider gets to see of a user's id: 32 hexadecimal digits that say nothing about it.
fn opaque(user: &UserId) -> String {
    history::digest(format!("acquaint user {user}").as_bytes())
}

/// A line of a log. The types that are logged have string keys and finite numbers only, so this cannot fail.
fn line(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
