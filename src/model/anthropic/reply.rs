//! The body of a successful answer, in whichever form it comes.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use eventsource_stream::EventStreamError;
use futures_util::stream::StreamExt;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use tokio::time::timeout;

use super::fault::{Fault, unreachable};
use super::fold::Fold;
use super::sse::{self, Broken, Chunks, Events};
use super::wire::Wire;
use crate::model::{Error, Event};

/// The longest body that is read whole, in bytes.
const LONGEST_WHOLE: usize = 32 << 20;

/// How long the end of the body may take to follow the last event, before the connection is given up.
const LINGER: Duration = Duration::from_millis(50);

/// A reply that is coming in.
pub(super) struct Reply {
    wire: Arc<Wire>,
    fold: Fold,
    source: Source,
}

enum Source {
    Stream(Events),
    Whole(VecDeque<Event>),
}

impl Reply {
    /// Looks at what kind of answer it is. One that does not stream is read to its end.
    pub(super) async fn open(
        wire: Arc<Wire>,
        mut fold: Fold,
        response: Response,
    ) -> Result<Self, Fault> {
        let form = content_type(&response);
        let body = chunks(response, wire.limits.stall);
        if matches!(form.as_str(), "" | "text/event-stream") {
            let source = Source::Stream(sse::events(body));
            return Ok(Self { wire, fold, source });
        }
        let (body, broken) = read(body, LONGEST_WHOLE).await;
        if let Some(broken) = broken {
            return Err(Fault::plain(broken_error(&wire, &fold, &broken)));
        }
        let events = if form == "application/json" {
            fold.message(&body)
        } else {
            Err(fold.foreign(&format!("it is `{form}`"), &body))
        };
        let source = Source::Whole(events.map_err(Fault::plain)?.into());
        Ok(Self { wire, fold, source })
    }

    /// Waits for the next event. The one after [`Event::Done`] is not asked for.
    pub(super) async fn next(&mut self) -> Result<Event, Error> {
        let events = match &mut self.source {
            Source::Stream(events) => events,
            Source::Whole(events) => return events.pop_front().ok_or_else(|| self.fold.cut_off()),
        };
        loop {
            let event = match events.next().await {
                Some(Ok(event)) => self.fold.event(&event.event, &event.data)?,
                Some(Err(EventStreamError::Transport(broken))) => {
                    return Err(broken_error(&self.wire, &self.fold, &broken));
                }
                Some(Err(EventStreamError::Utf8(error))) => {
                    return Err(self.fold.foreign(&error.to_string(), ""));
                }
                Some(Err(EventStreamError::Parser(error))) => {
                    return Err(self.fold.foreign("not an event", &error.input));
                }
                None => return Err(self.fold.cut_off()),
            };
            match event {
                Some(done @ Event::Done(_)) => {
                    // A body read to its end leaves the connection open for the next turn. Whatever else comes now, the
                    // reply is whole.
                    drop(timeout(LINGER, events.next()).await);
                    return Ok(done);
                }
                Some(event) => return Ok(event),
                None => {}
            }
        }
    }
}

/// The media type without its parameters; nothing where there is none.
fn content_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE);
    let value = value.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let form = value.split(';').next().unwrap_or_default();
    form.trim().to_ascii_lowercase()
}

/// The body as it comes, with an error where nothing comes for too long.
pub(super) fn chunks(response: Response, stall: Duration) -> Chunks {
    let chunks = response.bytes_stream().map(|chunk| match chunk {
        Ok(chunk) => Ok(chunk.to_vec()),
        Err(error) if error.is_timeout() => Err(Broken::TimedOut),
        Err(_) => Err(Broken::Cut),
    });
    sse::within(stall, chunks.boxed())
}

/// Reads a body to its end or up to a length, and says what kept it from being read whole.
pub(super) async fn read(mut chunks: Chunks, longest: usize) -> (String, Option<Broken>) {
    let mut body = Vec::new();
    let mut broken = None;
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => body.extend(chunk),
            Err(why) => broken = Some(why),
        }
        if body.len() > longest {
            broken = Some(Broken::Endless);
            break;
        }
    }
    (String::from_utf8_lossy(&body).into_owned(), broken)
}

fn broken_error(wire: &Wire, fold: &Fold, broken: &Broken) -> Error {
    match broken {
        Broken::Cut => fold.cut_off(),
        Broken::TimedOut => {
            unreachable(&wire.base_url, "the reply began, but no more of it comes".to_owned())
        }
        Broken::Endless => fold.foreign("it does not end", ""),
    }
}
