//! The life of one call: send, read, and try again while nothing has been shown.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use reqwest::header::LOCATION;
use serde_json::Value;
use tokio::time::sleep;

use super::fault::{Complaint, Fault, tidy};
use super::fold::Fold;
use super::reply::{self, Reply};
use super::retry::{Wish, backoff};
use super::wire::Wire;
use crate::model::{Error, Event};

/// How much of an error's body is read, in bytes.
const LONGEST_COMPLAINT: usize = 64 << 10;

/// How long to wait for the next piece of an error's body.
const COMPLAINT_PATIENCE: Duration = Duration::from_secs(5);

/// One call, which owns all that it needs. Dropping it closes its connection.
pub(super) struct Call {
    outgoing: Outgoing,
    state: State,
    retries: u32,
    is_shown: bool,
}

/// What is sent, as often as it takes.
struct Outgoing {
    wire: Arc<Wire>,
    model: String,
    body: Value,
}

enum State {
    /// To be sent after a wait.
    Waiting(Duration),
    Reading(Box<Reply>),
    Over,
}

impl Call {
    pub(super) fn new(wire: Arc<Wire>, model: String, body: Value) -> Self {
        Self {
            outgoing: Outgoing { wire, model, body },
            state: State::Waiting(Duration::ZERO),
            retries: 0,
            is_shown: false,
        }
    }

    /// Waits for the next event; there is none after the last one or an error.
    pub(super) async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            let outcome = match &mut self.state {
                State::Over => return None,
                State::Reading(reply) => reply.next().await.map_err(Fault::plain),
                State::Waiting(wait) => {
                    if !wait.is_zero() {
                        sleep(*wait).await;
                    }
                    match self.outgoing.send().await {
                        Ok(reply) => {
                            self.state = State::Reading(Box::new(reply));
                            continue;
                        }
                        Err(fault) => Err(fault),
                    }
                }
            };
            match outcome {
                Ok(event) => return Some(Ok(self.pass(event))),
                Err(fault) if self.drop_output_config(&fault) => {}
                Err(fault) => return Some(self.fail(fault)),
            }
        }
    }

    fn pass(&mut self, event: Event) -> Event {
        match event {
            Event::Text(_) => self.is_shown = true,
            Event::Done(_) => self.state = State::Over,
            Event::Thinking | Event::Retry { .. } => {}
        }
        event
    }

    /// Some servers and older models know no schemas. The caller reads whatever comes, so ask once more without one.
    fn drop_output_config(&mut self, fault: &Fault) -> bool {
        let is_dropped = fault.is_about_output_config() && self.outgoing.drop_output_config();
        if is_dropped {
            self.state = State::Waiting(Duration::ZERO);
        }
        is_dropped
    }

    fn fail(&mut self, fault: Fault) -> Result<Event, Error> {
        let Wire { key, limits, .. } = &*self.outgoing.wire;
        let error = fault.error.map_texts(|text| tidy(text, key));
        if !fault.passing || self.is_shown || self.retries >= limits.retries {
            self.state = State::Over;
            return Err(error);
        }
        let own = backoff(limits.backoff, self.retries, random());
        let after = fault.wish.after.unwrap_or(own);
        self.retries += 1;
        self.state = State::Waiting(after);
        Ok(Event::Retry { why: error.to_string(), after })
    }
}

impl Outgoing {
    async fn send(&self) -> Result<Reply, Fault> {
        let response = self.wire.post(self.body.to_string()).await?;
        let request_id = self.request_id(&response);
        if !response.status().is_success() {
            return Err(self.refusal(response, request_id).await);
        }
        let fold = Fold::new(&self.model, request_id);
        Reply::open(Arc::clone(&self.wire), fold, response).await
    }

    async fn refusal(&self, response: Response, request_id: Option<String>) -> Fault {
        let status = response.status().as_u16();
        let wish = Wish::read(response.headers());
        let target = redirect_target(&response);
        let patience = self.wire.limits.stall.min(COMPLAINT_PATIENCE);
        let chunks = reply::chunks(response, patience);
        // What came of the body is enough, as the status already tells most.
        let (body, _) = reply::read(chunks, LONGEST_COMPLAINT).await;
        let complaint = match target {
            Some(target) => Complaint::redirect(&target),
            None => Complaint::read(&body),
        };
        let error = complaint.into_error(status, &self.model, request_id);
        Fault::refused(error, wish)
    }

    fn request_id(&self, response: &Response) -> Option<String> {
        let id = response.headers().get("request-id")?.to_str().ok()?;
        Some(tidy(id, &self.wire.key)).filter(|id| !id.is_empty())
    }

    fn drop_output_config(&mut self) -> bool {
        let body = self.body.as_object_mut();
        body.is_some_and(|body| body.shift_remove("output_config").is_some())
    }
}

/// Where an answer points that is not one itself.
fn redirect_target(response: &Response) -> Option<String> {
    let location = response.headers().get(LOCATION).filter(|_| response.status().is_redirection());
    location.map(|url| String::from_utf8_lossy(url.as_bytes()).into_owned())
}

/// A random number from 0 to 1. Where the system has none to give, all callers wait equally long.
fn random() -> f64 {
    getrandom::u32().map_or(0.0, |n| f64::from(n) / f64::from(u32::MAX))
}
