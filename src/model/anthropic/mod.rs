//! Claude over the Messages API of Anthropic.
//!
//! | file | what it does |
//! | --- | --- |
//! | `request` | writes the body of a call, with its cache points; pure |
//! | `call` | the life of one call: send, read, try again |
//! | `retry` | when to try again and how long to wait; pure |
//! | `wire` | the HTTP client, made at the first call |
//! | `reply` | reads a response body in whichever form it comes |
//! | `sse` | server-sent events out of chunks of bytes, with limits |
//! | `fold` | the API's events into ours; pure |
//! | `fault` | what went wrong, out of statuses, bodies and broken connections |
//!
//! Sampling parameters and a prefilled reply are never sent: newer models refuse both. Nothing here reads the
//! environment, except that the HTTP client honours `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` for every
//! address outside this machine.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::{ApiKey, BaseUrl, Error, Event, Model, Prices, Request};
use call::Call;
use wire::Wire;

mod call;
mod fault;
mod fold;
mod reply;
mod request;
mod retry;
mod sse;
mod wire;

/// How long to wait for what, and how often to try.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a connection. The official SDKs wait 5 s.
    pub connect: Duration,
    /// For one whole attempt. The official SDKs wait 600 s.
    pub total: Duration,
    /// Between two pieces of a reply, of which pings are some.
    pub stall: Duration,
    /// How many times a call is tried again. The official SDKs do it twice.
    pub retries: u32,
    /// The wait before the first retry when the server names none; it doubles up to sixteen times this. The official
    /// SDKs begin with 0.5 s.
    pub backoff: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_mins(10),
            stall: Duration::from_mins(2),
            retries: 2,
            backoff: Duration::from_millis(500),
        }
    }
}

/// What [`Anthropic`] is made of.
#[derive(Debug, Clone)]
pub struct AnthropicSettings {
    /// The secret, sent as `x-api-key`. Without one every call ends in [`Error::NoCredentials`] and nothing is sent.
    pub api_key: Option<ApiKey>,
    /// Where the API is: [`Anthropic::BASE_URL`], or a proxy of one's own.
    pub base_url: BaseUrl,
    /// The model's id, such as `claude-sonnet-5-5`.
    pub model: String,
    /// Windows, cache minimums and abilities of models.
    pub prices: Prices,
    /// Times and tries.
    pub limits: Limits,
}

/// A Claude model.
#[derive(Debug, Clone)]
pub struct Anthropic {
    model: String,
    prices: Arc<Prices>,
    wire: Option<Arc<Wire>>,
}

impl Anthropic {
    /// The address of the API itself.
    pub const BASE_URL: &'static str = "https://api.anthropic.com";

    /// Makes the model. Nothing is sent and nothing is opened before its first call.
    #[must_use]
    pub fn new(settings: AnthropicSettings) -> Self {
        Self {
            model: settings.model,
            prices: Arc::new(settings.prices),
            wire: settings
                .api_key
                .map(|key| Arc::new(Wire::new(key, settings.base_url, settings.limits))),
        }
    }

    /// Makes another model that shares this one's key and connections.
    #[must_use]
    pub fn with_model(&self, model: &str) -> Self {
        Self { model: model.to_owned(), ..self.clone() }
    }
}

#[async_trait]
impl Model for Anthropic {
    fn provider(&self) -> &'static str {
        "anthropic"
    }

    fn id(&self) -> &str {
        &self.model
    }

    fn context_window(&self) -> usize {
        self.prices.context_window(&self.model)
    }

    async fn stream(
        &self,
        request: &Request,
    ) -> Result<BoxStream<'static, Result<Event, Error>>, Error> {
        let Some(wire) = &self.wire else {
            return Err(Error::NoCredentials { what: "`ANTHROPIC_API_KEY` is not set" });
        };
        let body = request::body(request, &self.model, &self.prices);
        let call = Call::new(Arc::clone(wire), self.model.clone(), body);
        let events = stream::unfold(call, |mut call| async move {
            let event = call.next().await?;
            Some((event, call))
        });
        Ok(events.boxed())
    }
}
