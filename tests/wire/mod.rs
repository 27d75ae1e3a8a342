//! Claude's API as the model speaks it, against a fake server.

use std::time::Duration;

use acquaint::model::{
    Anthropic, AnthropicSettings, Error, Event, Limits, Message, Model, Prices, Request, Role,
};
use futures_util::StreamExt;
use tokio::time::timeout;

use crate::support::fake_anthropic::{FakeAnthropic, Response};

mod errors;
mod fake;
mod request;
mod retry;
mod secrets;
mod stream;

/// How long a call may take that need not wait for anything.
const PATIENCE: Duration = Duration::from_secs(20);

const KEY: &str = "sk-ant-api03-secret-0123456789";

/// What a call gave: all its events, and the error that ended it, if one did.
#[derive(Debug)]
struct Outcome {
    events: Vec<Event>,
    error: Option<Error>,
}

impl Outcome {
    fn text(&self) -> String {
        let texts = self.events.iter().map(|event| match event {
            Event::Text(text) => text.as_str(),
            _ => "",
        });
        texts.collect()
    }

    fn retries(&self) -> usize {
        let is_retry = |event: &&Event| matches!(event, Event::Retry { .. });
        self.events.iter().filter(is_retry).count()
    }

    /// What it shows to a person, hint included.
    fn error_line(&self) -> String {
        self.error.as_ref().unwrap().to_string()
    }
}

/// Limits under which no test has to wait.
fn quick() -> Limits {
    Limits { backoff: Duration::from_millis(1), ..Limits::default() }
}

fn model_at(url: &str, limits: Limits) -> Anthropic {
    Anthropic::new(AnthropicSettings {
        api_key: Some(KEY.parse().unwrap()),
        base_url: url.parse().unwrap(),
        model: "claude-haiku-5-5".to_owned(),
        prices: Prices::default(),
        limits,
    })
}

fn message(role: Role, text: &str) -> Message {
    let text = text.to_owned();
    Message { role, text }
}

fn hello() -> Request {
    Request {
        system: String::new(),
        messages: vec![message(Role::User, "Hello")],
        max_tokens: 256,
        schema: None,
        user: None,
        cache: false,
    }
}

async fn call(model: &Anthropic, request: &Request) -> Outcome {
    let events = timeout(PATIENCE, events(model, request)).await;
    events.expect("the call does not end")
}

async fn events(model: &Anthropic, request: &Request) -> Outcome {
    let mut stream = model.stream(request).await.unwrap();
    let mut outcome = Outcome { events: Vec::new(), error: None };
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => outcome.events.push(event),
            Err(error) => outcome.error = Some(error),
        }
    }
    outcome
}

async fn say_hello(server: &FakeAnthropic) -> Outcome {
    call(&model_at(&server.url(), quick()), &hello()).await
}

/// Says hello to a server that answers each request so.
async fn answered_by(responses: impl IntoIterator<Item = Response>) -> (Outcome, FakeAnthropic) {
    let server = FakeAnthropic::script(responses);
    let outcome = say_hello(&server).await;
    (outcome, server)
}
