//! The API's events into ours.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::{Complaint, words};
use crate::model::{Done, Error, Event, Stop, Usage};

/// More tokens than any call has. What a damaged count is cut to, so that sums of counts stay sums.
const MOST_TOKENS: u64 = 1 << 32;

/// What is known of a reply so far.
#[derive(Debug)]
pub(super) struct Fold {
    model: String,
    usage: Usage,
    stop: Stop,
    request_id: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    model: Option<String>,
    #[serde(default)]
    usage: Value,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        text: String,
    },
    Thinking,
    RedactedThinking,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Delta {
    #[serde(rename = "text_delta")]
    Text { text: String },
    #[serde(rename = "thinking_delta")]
    Thinking,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Ending {
    stop_reason: Option<String>,
    stop_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    category: Option<String>,
    explanation: Option<String>,
}

impl Fold {
    /// Begins a reply of the model that was asked for.
    pub(super) fn new(model: &str, request_id: Option<String>) -> Self {
        Self {
            model: model.to_owned(),
            usage: Usage::default(),
            stop: Stop::Other("no reason".to_owned()),
            request_id,
        }
    }

    /// Takes one event of the stream; gives the one that it means to us, if any. Unknown ones mean nothing.
    pub(super) fn event(&mut self, name: &str, data: &str) -> Result<Option<Event>, Error> {
        // A server that names its events may send others, in any form.
        if !matches!(name, "" | "message") && !is_known(name) {
            return Ok(None);
        }
        if name == "error" {
            return Err(self.complaint(data));
        }
        let json: Value = serde_json::from_str(data).map_err(|e| self.malformed(&e, data))?;
        let kind = json.get("type").and_then(Value::as_str).unwrap_or(name).to_owned();
        match kind.as_str() {
            "message_start" => {
                let head = self.member(json, "message")?;
                self.head(head);
                Ok(None)
            }
            "content_block_start" => Ok(block(self.member(json, "content_block")?)),
            "content_block_delta" => Ok(delta(self.member(json, "delta")?)),
            "message_delta" => {
                self.count(json.get("usage").unwrap_or(&Value::Null));
                self.ending(self.member(json, "delta")?);
                Ok(None)
            }
            "message_stop" => Ok(Some(self.done())),
            "error" => Err(self.complaint(data)),
            _ => Ok(None),
        }
    }

    /// Takes a whole reply, as a server sends it that does not stream.
    pub(super) fn message(&mut self, data: &str) -> Result<Vec<Event>, Error> {
        let json: Value = serde_json::from_str(data).map_err(|e| self.malformed(&e, data))?;
        match json.get("type").and_then(Value::as_str) {
            Some("message") => {}
            Some("error") => return Err(self.complaint(data)),
            _ => return Err(self.foreign("not a message", data)),
        }
        let parse = |value: &Value| serde_json::from_value::<Block>(value.clone());
        let content = json.get("content").and_then(Value::as_array);
        let blocks: Result<Vec<_>, _> = content.into_iter().flatten().map(parse).collect();
        let blocks = blocks.map_err(|e| self.malformed(&e, data))?;
        let head = serde_json::from_value(json.clone()).map_err(|e| self.malformed(&e, data))?;
        let ending = serde_json::from_value(json).map_err(|e| self.malformed(&e, data))?;
        self.head(head);
        self.ending(ending);
        let mut events: Vec<_> = blocks.into_iter().filter_map(block).collect();
        events.push(self.done());
        Ok(events)
    }

    fn member<T: DeserializeOwned>(&self, mut json: Value, name: &str) -> Result<T, Error> {
        let member = json.get_mut(name).map(Value::take).unwrap_or_default();
        let text = member.to_string();
        serde_json::from_value(member).map_err(|error| self.malformed(&error, &text))
    }

    fn head(&mut self, head: Head) {
        if let Some(model) = head.model {
            self.model = model;
        }
        self.count(&head.usage);
    }

    /// Counts are cumulative, and each event has only some of them.
    fn count(&mut self, usage: &Value) {
        for (name, count) in [
            ("input_tokens", &mut self.usage.input),
            ("cache_creation_input_tokens", &mut self.usage.cache_write),
            ("cache_read_input_tokens", &mut self.usage.cache_read),
            ("output_tokens", &mut self.usage.output),
        ] {
            if let Some(tokens) = usage.get(name).and_then(Value::as_u64) {
                *count = tokens.min(MOST_TOKENS);
            }
        }
    }

    fn ending(&mut self, ending: Ending) {
        let Some(reason) = ending.stop_reason else {
            return;
        };
        self.stop = match reason.as_str() {
            "end_turn" | "stop_sequence" => Stop::End,
            "max_tokens" | "model_context_window_exceeded" => Stop::Length,
            "refusal" => Stop::Refusal(ending.stop_details.map_or_else(String::new, Details::text)),
            _ => Stop::Other(reason),
        };
    }

    fn done(&self) -> Event {
        Event::Done(Done {
            stop: self.stop.clone(),
            usage: self.usage,
            model: self.model.clone(),
            request_id: self.request_id.clone(),
        })
    }

    fn complaint(&self, data: &str) -> Error {
        let complaint = Complaint::read(data);
        let status = complaint.status();
        complaint.into_error(status, &self.model, self.request_id.clone())
    }

    fn malformed(&self, error: &serde_json::Error, data: &str) -> Error {
        self.foreign(&error.to_string(), data)
    }

    /// An error for what the API does not answer.
    pub(super) fn foreign(&self, why: &str, data: &str) -> Error {
        let words = words(data);
        let message = match words.trim() {
            "" => why.to_owned(),
            words => format!("{why}: `{words}`"),
        };
        Error::Malformed { message, request_id: self.request_id.clone() }
    }

    /// An error for a reply whose rest does not come.
    pub(super) fn cut_off(&self) -> Error {
        Error::CutOff { request_id: self.request_id.clone() }
    }
}

impl Details {
    fn text(self) -> String {
        let parts: Vec<_> = [self.category, self.explanation].into_iter().flatten().collect();
        parts.join(": ")
    }
}

fn is_known(name: &str) -> bool {
    matches!(
        name,
        "message_start"
            | "content_block_start"
            | "content_block_delta"
            | "message_delta"
            | "message_stop"
            | "error"
    )
}

fn block(block: Block) -> Option<Event> {
    match block {
        Block::Text { text } => spoken(text),
        Block::Thinking | Block::RedactedThinking => Some(Event::Thinking),
        Block::Other => None,
    }
}

fn delta(delta: Delta) -> Option<Event> {
    match delta {
        Delta::Text { text } => spoken(text),
        Delta::Thinking => Some(Event::Thinking),
        Delta::Other => None,
    }
}

fn spoken(text: String) -> Option<Event> {
    (!text.is_empty()).then_some(Event::Text(text))
}

#[cfg(test)]
mod tests {
    use futures_util::stream::{self, StreamExt};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::model::anthropic::sse;

    /// A reply with everything in it that is cut most painfully: names, letters of several bytes, both line ends.
    const RECORDED: &str = concat!(
        "event: message_start\r\n",
        "data: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":5}}}\r\n\r\n",
        ": comment\n\nevent: ping\ndata: {\"type\": \"ping\"}\n\n",
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\n",
        "data: \"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"naïve 日本 😀\"}}\n\n",
        "event: content_block_delta\n",
        "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\" \\ud83d\\ude00\"}}\n\n",
        "event: message_delta\n",
        "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    );

    /// Everything that the chunks give, up to the first error.
    async fn read(chunks: Vec<Vec<u8>>) -> (Vec<Event>, Option<String>) {
        let mut fold = Fold::new("asked-for", None);
        let mut events = sse::events(stream::iter(chunks).map(Ok).boxed());
        let mut read = Vec::new();
        while let Some(event) = events.next().await {
            let Ok(event) = event else {
                return (read, Some("broken".to_owned()));
            };
            match fold.event(&event.event, &event.data) {
                Ok(event) => read.extend(event),
                Err(error) => return (read, Some(error.to_string())),
            }
        }
        (read, None)
    }

    fn read_now(chunks: Vec<Vec<u8>>) -> (Vec<Event>, Option<String>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(read(chunks))
    }

    fn split(bytes: &[u8], places: &[usize]) -> Vec<Vec<u8>> {
        let mut places: Vec<_> = places.iter().map(|place| place % bytes.len()).collect();
        places.extend([0, bytes.len()]);
        places.sort_unstable();
        places.windows(2).map(|pair| bytes[pair[0]..pair[1]].to_vec()).collect()
    }

    #[test]
    fn a_recorded_stream_is_the_same_wherever_it_is_split() {
        let bytes = RECORDED.as_bytes();
        let whole = read_now(vec![bytes.to_vec()]);
        let usage = Usage { input: 5, output: 9, ..Usage::default() };
        let done = Done { stop: Stop::End, usage, model: "m".to_owned(), request_id: None };
        let text = |text: &str| Event::Text(text.to_owned());
        assert_eq!(whole, (vec![text("naïve 日本 😀"), text(" 😀"), Event::Done(done)], None));
        for place in 0..bytes.len() {
            assert_eq!(read_now(split(bytes, &[place])), whole, "split at {place}");
        }
    }

    proptest! {
        #[test]
        fn a_recorded_stream_is_the_same_in_any_pieces(places in vec(0usize..10_000, 0..40)) {
            let bytes = RECORDED.as_bytes();
            prop_assert_eq!(read_now(split(bytes, &places)), read_now(vec![bytes.to_vec()]));
        }

        #[test]
        fn a_damaged_stream_gives_no_end_that_was_not_sent(
            place in 0usize..10_000, junk in vec(any::<u8>(), 0..12), kept in 0usize..10_000,
        ) {
            let mut bytes = RECORDED.as_bytes().to_vec();
            bytes.truncate(RECORDED.len() - 3 - kept % 60);
            let place = place % bytes.len();
            bytes.splice(place..place, junk);
            let (events, _) = read_now(vec![bytes]);
            prop_assert!(!events.iter().any(|event| matches!(event, Event::Done(_))));
        }
    }
}
