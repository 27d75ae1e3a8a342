//! acquaint gets to know each of its users.
//!
//! Every user has one JSON profile: a running summary, facts, preferences and decisions. It goes into the system prompt
//! of each chat. When a session ends, one call to a cheaper model proposes an update, which is merged into the profile
//! under caps and under a lock.
//!
//! ```
//! use std::sync::Arc;
//!
//! use acquaint::agent::{Agent, Settings};
//! use acquaint::model::Offline;
//! use acquaint::store::Memory;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), acquaint::error::Error> {
//! let model = Arc::new(Offline::default());
//! let agent = Agent::new(Arc::new(Memory::default()), model.clone(), model, Settings::default());
//! let alice = "alice".parse()?;
//!
//! let mut session = agent.open(&alice).await?;
//! let reply = session.say("I use Rust for the worker.", std::future::pending(), |_| {}).await?;
//! println!("{}", reply.text);
//! session.end(|_| {}).await?;
//!
//! // Tomorrow it is known.
//! assert!(agent.system_prompt(&alice).await?.contains("Uses Rust for the worker"));
//! # Ok(())
//! # }
//! ```
//!
//! # The parts
//!
//! | part | what it is | what it knows |
//! | --- | --- | --- |
//! | [`id`] | user ids, session ids, spaces | nothing |
//! | [`profile`] | what is remembered, and every rule about it; pure | nothing |
//! | [`model`] | language models behind one trait | nothing |
//! | [`store`] | documents and logs behind one trait | [`id`] |
//! | [`agent`] | the life of a session, and everything done to a memory | all of the above |
//! | [`config`] | flags, environment, `.env`, defaults | [`agent`]'s settings |
//! | [`open`] | makes an agent of the settings | [`config`], [`agent`] |
//! | [`cli`] | the terminal | [`agent`]; never the store |
//!
//! An arrow never points up; a test reads the sources and fails when one does. A new provider is one file in [`model`], a
//! new backend one file in [`store`], each with one line where names are resolved.
//!
//! # What is promised, and where it is kept
//!
//! 1. No session is lost: `agent/session.rs` journals the user's turn before the model is asked.
//! 2. No update is lost: `agent/commit.rs` merges inside the store's read-change-write.
//! 3. Exactly once: the profile names the session it last learned from, the history all of them, the journal how far it got.
//! 4. A reader sees a whole profile: `store/files` replaces it by a rename.
//! 5. Grounded or not trusted: `profile/ground.rs` looks for each quote in what the user said.
//! 6. Memory is data: `profile/render.rs` fences and escapes it.
//! 7. What is forgotten stays forgotten: `profile/tombstone.rs`, consulted by every merge.
//! 8. Nobody reads another's memory: `store/path.rs` gives each id a path of its own.
//! 9. Bad input gets a clear error: [`error`] says what, where and what to do.

pub mod agent;
pub mod cli;
pub mod config;
pub mod error;
pub mod id;
pub mod model;
pub mod open;
pub mod profile;
pub mod store;
