//! A model that answers what it is told to, at once.

use std::sync::{Arc, Mutex};

use acquaint::model::{Done, Error, Event, Model, Request, Stop, Usage};
use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, iter};

type Answer = dyn Fn(&Request) -> Result<String, Error> + Send + Sync;

/// Answers each request by a function, and keeps the requests.
pub(crate) struct Scripted {
    answer: Box<Answer>,
    window: usize,
    pub(crate) requests: Mutex<Vec<Request>>,
}

impl std::fmt::Debug for Scripted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scripted")
    }
}

impl Scripted {
    pub(crate) fn new(
        answer: impl Fn(&Request) -> Result<String, Error> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Self::with_window(200_000, answer)
    }

    pub(crate) fn with_window(
        window: usize,
        answer: impl Fn(&Request) -> Result<String, Error> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { answer: Box::new(answer), window, requests: Mutex::default() })
    }

    pub(crate) fn saying(text: &str) -> Arc<Self> {
        let text = text.to_owned();
        Self::new(move |_| Ok(text.clone()))
    }
}

#[async_trait]
impl Model for Scripted {
    fn provider(&self) -> &'static str {
        "scripted"
    }

    fn id(&self) -> &'static str {
        "scripted"
    }

    fn context_window(&self) -> usize {
        self.window
    }

    async fn stream(
        &self,
        request: &Request,
    ) -> Result<BoxStream<'static, Result<Event, Error>>, Error> {
        self.requests.lock().unwrap().push(request.clone());
        let text = (self.answer)(request)?;
        // A real model takes its time, and others get on meanwhile.
        tokio::task::yield_now().await;
        let usage = Usage { input: 10, output: 5, ..Usage::default() };
        let done = Done { stop: Stop::End, usage, model: "scripted".to_owned(), request_id: None };
        Ok(iter([Ok(Event::Text(text)), Ok(Event::Done(done))]).boxed())
    }
}
