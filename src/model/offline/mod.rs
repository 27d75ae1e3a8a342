//! The model that needs no key and no network: a rule engine in plain regular expressions.
//!
//! It is no language model and does not pretend to be one. It reads simple English sentences by tables of patterns
//! ([`rules`]), answers questions about what the memory block and the conversation hold ([`question`]), and proposes
//! updates from a session ([`extract`]) in the form that every model answers in. What it does not understand, it leaves
//! alone. The same request always gets the same reply.

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::Value;

use super::{Done, Error, Event, Model, Request, Role, Stop, Usage};

mod answer;
mod block;
mod claim;
mod draft;
mod entry;
mod extract;
mod own;
mod pattern;
mod question;
mod rules;
mod sentence;
mod slots;
mod summary;
mod update;
mod wish;
mod words;

/// The name of the provider and of its only model.
const NAME: &str = "offline";

/// How many tokens a prompt may have: it costs nothing, but takes time in proportion.
const CONTEXT_WINDOW: usize = 200_000;

/// How many characters are counted as a token.
const CHARS_PER_TOKEN: usize = 4;

/// The rule engine. It answers at once and costs nothing; [`Usage`] is an estimate by length.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

impl Offline {
    /// Makes one; there is nothing to set.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl Model for Offline {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn id(&self) -> &str {
        NAME
    }

    fn context_window(&self) -> usize {
        CONTEXT_WINDOW
    }

    /// Answers in words.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the request wants JSON but no message is the input of an extraction or a summary call.
    async fn stream(
        &self,
        request: &Request,
    ) -> Result<BoxStream<'static, Result<Event, Error>>, Error> {
        let text = reply(request)?;
        let done = Event::Done(Done {
            stop: Stop::End,
            usage: usage(request, &text),
            model: NAME.to_owned(),
            request_id: None,
        });
        let pieces: Vec<Event> = (text.split_inclusive(' '))
            .map(|piece| Event::Text(piece.to_owned()))
            .chain([done])
            .collect();
        Ok(stream::iter(pieces.into_iter().map(Ok)).boxed())
    }
}

fn reply(request: &Request) -> Result<String, Error> {
    // A call for JSON may be a second attempt, with the input further up.
    let own = (request.messages.iter().rev()).filter(|message| message.role == Role::User);
    let own = own.take(if request.schema.is_some() { usize::MAX } else { 1 });
    if let Some(reply) = own.into_iter().find_map(|message| structured(&message.text)) {
        return Ok(reply);
    }
    if request.schema.is_some() {
        return Err(Error::Rejected {
            status: 400,
            message: "the offline engine writes no JSON but updates and summaries".to_owned(),
            request_id: None,
        });
    }
    Ok(answer::answer(&request.system, &request.messages))
}

/// The reply to the input of an extraction or of a summary call; `None` when a message is neither.
fn structured(message: &str) -> Option<String> {
    let input: Value = message.starts_with('{').then(|| serde_json::from_str(message).ok())??;
    let newer = input.get("running_summary")?;
    let update = if let Some(older) = input.get("draft") {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        update::Update {
            running_summary: summary::merged(&text(newer), &text(older)),
            ..update::Update::default()
        }
    } else {
        input.get("turns")?;
        extract::extract(&serde_json::from_value(input).ok()?)
    };
    serde_json::to_string(&update).ok()
}

fn usage(request: &Request, reply: &str) -> Usage {
    let prompt = request.messages.iter().map(|message| message.text.as_str());
    let prompt: usize = prompt.chain([request.system.as_str()]).map(tokens).sum();
    Usage {
        input: u64::try_from(prompt).unwrap_or(u64::MAX),
        output: u64::try_from(tokens(reply)).unwrap_or(u64::MAX),
        ..Usage::default()
    }
}

fn tokens(text: &str) -> usize {
    text.chars().count().div_ceil(CHARS_PER_TOKEN)
}

#[cfg(test)]
mod tests;
