//! What the server answers, and how it misbehaves.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

/// The id of every answer that has one.
pub(crate) const REQUEST_ID: &str = "req_fake_1";

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    manner: Manner,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    /// Whole and in order.
    Proper,
    /// One byte at a time.
    Bytewise,
    /// Only so many bytes, and then the connection is closed.
    Cut(usize),
    /// What there is, and then nothing more until the client leaves.
    Held,
    /// Not even a head, until the client leaves.
    Silent,
    /// The connection is closed without an answer.
    Closed,
    /// Stands for the answer to a request that should not have come.
    Unexpected,
}

impl Response {
    pub(crate) fn raw(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let response =
            Self { status, headers: Vec::new(), body: body.into(), manner: Manner::Proper };
        response.header("content-type", content_type).header("request-id", REQUEST_ID)
    }

    /// A whole reply with this text.
    pub(crate) fn text(text: &str) -> Self {
        Reply::start().text(&[text]).stop("end_turn")
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::raw(status, "application/json", body.to_string())
    }

    /// An error in the API's own form.
    pub(crate) fn error(status: u16, kind: &str, message: &str) -> Self {
        Self::json(status, &error(kind, message))
    }

    /// Page of a proxy or a captive portal.
    pub(crate) fn html(status: u16, title: &str) -> Self {
        let body = format!(
            "<!doctype html><html><head><title>{title}</title></head><body>…</body></html>"
        );
        Self::raw(status, "text/html; charset=utf-8", body)
    }

    pub(crate) fn silence() -> Self {
        Self::raw(200, "", "").with(Manner::Silent)
    }

    pub(crate) fn closed() -> Self {
        Self::raw(200, "", "").with(Manner::Closed)
    }

    pub(super) fn unexpected() -> Self {
        Self::error(500, "api_error", "the script has no more answers")
            .header("x-should-retry", "false")
            .with(Manner::Unexpected)
    }

    /// Sets a header, or with an empty value takes it away.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(n, _)| n != name);
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub(crate) fn bytewise(self) -> Self {
        self.with(Manner::Bytewise)
    }

    pub(crate) fn cut_after(self, bytes: usize) -> Self {
        self.with(Manner::Cut(bytes))
    }

    pub(crate) fn held(self) -> Self {
        self.with(Manner::Held)
    }

    /// The body as it would be sent.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    fn with(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    pub(super) fn is_unexpected(&self) -> bool {
        self.manner == Manner::Unexpected
    }

    pub(super) fn waits_for_departure(&self) -> bool {
        matches!(self.manner, Manner::Held | Manner::Silent)
    }

    /// Writes the answer; says whether the connection stays open for the next request.
    pub(super) fn write(&self, stream: &mut impl Write) -> io::Result<bool> {
        if matches!(self.manner, Manner::Silent | Manner::Closed) {
            return Ok(false);
        }
        write!(stream, "HTTP/1.1 {} Status\r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(stream, "{name}: {value}\r\n")?;
        }
        write!(stream, "transfer-encoding: chunked\r\n\r\n")?;
        match self.manner {
            Manner::Bytewise => {
                for &byte in &self.body {
                    chunk(stream, &[byte])?;
                }
            }
            Manner::Cut(bytes) => {
                chunk(stream, &self.body[..bytes])?;
                return Ok(false);
            }
            _ => chunk(stream, &self.body)?,
        }
        if self.manner == Manner::Held {
            return Ok(false);
        }
        stream.write_all(b"0\r\n\r\n")?;
        Ok(true)
    }
}

fn chunk(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend(bytes);
    chunk.extend(b"\r\n");
    stream.write_all(&chunk)
}

fn error(kind: &str, message: &str) -> Value {
    json!({
        "type": "error",
        "error": {"type": kind, "message": message},
        "request_id": REQUEST_ID,
    })
}

/// A streamed reply, event by event.
pub(crate) struct Reply {
    body: String,
    blocks: usize,
}

impl Reply {
    /// Begins with `message_start`, whose usage has 25 prompt tokens, 4 of which were read from the cache and 1 written to it.
    pub(crate) fn start() -> Self {
        let usage = json!({
            "input_tokens": 20, "cache_creation_input_tokens": 1, "cache_read_input_tokens": 4, "output_tokens": 1,
        });
        Self::empty().event(
            "message_start",
            &json!({"message": {
                "id": "msg_fake_1", "type": "message", "role": "assistant", "model": "claude-fake-1", "content": [],
                "stop_reason": null, "stop_sequence": null, "usage": usage,
            }}),
        )
    }

    pub(crate) fn empty() -> Self {
        Self { body: String::new(), blocks: 0 }
    }

    /// Adds an event; its data gets the event's name as `type`.
    pub(crate) fn event(mut self, name: &str, data: &Value) -> Self {
        let mut whole = json!({"type": name});
        whole.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
        write!(self.body, "event: {name}\ndata: {whole}\n\n").unwrap();
        self
    }

    /// Adds whatever text.
    pub(crate) fn raw(mut self, text: &str) -> Self {
        self.body.push_str(text);
        self
    }

    pub(crate) fn ping(self) -> Self {
        self.event("ping", &json!({}))
    }

    /// Adds a block of text in these pieces.
    pub(crate) fn text(self, pieces: &[&str]) -> Self {
        let deltas: Vec<_> =
            pieces.iter().map(|text| json!({"type": "text_delta", "text": text})).collect();
        self.block(&json!({"type": "text", "text": ""}), &deltas)
    }

    /// Adds a block of thinking, as models send it that do not show it.
    pub(crate) fn thinking(self) -> Self {
        self.block(
            &json!({"type": "thinking", "thinking": "", "signature": ""}),
            &[json!({"type": "signature_delta", "signature": "c2ln"})],
        )
    }

    pub(crate) fn block(mut self, start: &Value, deltas: &[Value]) -> Self {
        let index = self.blocks;
        self.blocks += 1;
        let mut reply =
            self.event("content_block_start", &json!({"index": index, "content_block": start}));
        for delta in deltas {
            reply = reply.event("content_block_delta", &json!({"index": index, "delta": delta}));
        }
        reply.event("content_block_stop", &json!({"index": index}))
    }

    /// Ends it for this reason; 7 reply tokens in all.
    pub(crate) fn stop(self, reason: &str) -> Response {
        self.stop_with(&json!({"stop_reason": reason, "stop_sequence": null}))
    }

    pub(crate) fn stop_with(self, delta: &Value) -> Response {
        self.event("message_delta", &json!({"delta": delta, "usage": {"output_tokens": 7}}))
            .event("message_stop", &json!({}))
            .unfinished()
    }

    /// Ends it with an error event.
    pub(crate) fn fail(mut self, kind: &str, message: &str) -> Response {
        let error = error(kind, message);
        write!(self.body, "event: error\ndata: {error}\n\n").unwrap();
        self.unfinished()
    }

    /// Ends it where it is.
    pub(crate) fn unfinished(self) -> Response {
        Response::raw(200, "text/event-stream; charset=utf-8", self.body)
    }
}
