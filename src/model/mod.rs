//! Language models behind one trait.
//!
//! A provider implements [`Model::stream`]; [`complete`] folds the stream, so that the two ways to call cannot diverge.
//! Models are chosen by name in one place and used as `Arc<dyn Model>`.
//!
//! This module knows nothing of profiles, stores or sessions: it sends text and gets text.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};
use serde_json::Value;

mod anthropic;
mod api_key;
mod base_url;
mod cost;
mod error;
mod offline;
mod price;

pub use anthropic::{Anthropic, AnthropicSettings, Limits};
pub use api_key::{ApiKey, BadKey};
pub use base_url::{BadUrl, BaseUrl};
pub use cost::Cost;
pub use error::Error;
pub use offline::Offline;
pub use price::{BadPrices, Prices};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person, or the program for it.
    User,
    /// The model.
    Assistant,
}

/// One message of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said; never empty.
    pub text: String,
}

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The system prompt; byte-identical within a session.
    pub system: String,
    /// The conversation, beginning and ending with the user.
    pub messages: Vec<Message>,
    /// The longest reply, thinking included.
    pub max_tokens: u32,
    /// The JSON Schema that the reply must follow, where the provider can enforce one.
    pub schema: Option<Arc<Value>>,
    /// An opaque id of the user (a hash), for the provider's abuse detection.
    pub user: Option<String>,
    /// Whether to mark cache points, because the same prefix will come again.
    pub cache: bool,
}

/// Why a reply ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It is whole.
    End,
    /// Cut off by `max_tokens` or by the model's context window.
    Length,
    /// The model declined; with the category and explanation, where it gave them.
    Refusal(String),
    /// Anything else, as the provider calls it.
    Other(String),
}

/// Tokens used by a call. The prompt's size is the sum of the first three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Prompt tokens that no cache was involved in.
    pub input: u64,
    /// Prompt tokens written to the cache.
    #[serde(default)]
    pub cache_write: u64,
    /// Prompt tokens read from the cache.
    #[serde(default)]
    pub cache_read: u64,
    /// Reply tokens, thinking included.
    pub output: u64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.input += other.input;
        self.cache_write += other.cache_write;
        self.cache_read += other.cache_read;
        self.output += other.output;
    }
}

/// The end of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Why it ended.
    pub stop: Stop,
    /// What it used.
    pub usage: Usage,
    /// The model that answered, as it names itself.
    pub model: String,
    /// The provider's id of the call.
    pub request_id: Option<String>,
}

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The model is thinking; nothing to show yet.
    Thinking,
    /// The next piece of text.
    Text(String),
    /// It will be tried again after a fault that passes: a busy server, a lost connection.
    Retry {
        /// What happened, on one line.
        why: String,
        /// How long until then.
        after: std::time::Duration,
    },
    /// The last event of every reply that arrived whole.
    Done(Done),
}

/// A whole reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its text.
    pub text: String,
    /// How it ended and what it used.
    pub done: Done,
}

/// A language model.
#[async_trait]
pub trait Model: Send + Sync + std::fmt::Debug {
    /// The provider's name: `anthropic`, `offline`.
    fn provider(&self) -> &'static str;

    /// The model's id, as it is asked for.
    fn id(&self) -> &str;

    /// How many tokens a prompt and its reply may have together.
    fn context_window(&self) -> usize;

    /// Calls the model. The stream ends after [`Event::Done`] or an error; dropping it cancels the call.
    async fn stream(
        &self,
        request: &Request,
    ) -> Result<BoxStream<'static, Result<Event, Error>>, Error>;
}

/// Calls a model and folds its stream, showing each event on the way.
///
/// # Errors
/// Whatever the stream ends with, or [`Error::CutOff`] when it ends before [`Event::Done`].
pub async fn complete(
    model: &dyn Model,
    request: &Request,
    mut on_event: impl FnMut(&Event),
) -> Result<Reply, Error> {
    let mut stream = model.stream(request).await?;
    let mut text = String::new();
    while let Some(event) = stream.next().await {
        let event = event?;
        on_event(&event);
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::Done(done) => return Ok(Reply { text, done }),
            Event::Thinking | Event::Retry { .. } => {}
        }
    }
    Err(Error::CutOff { request_id: None })
}
