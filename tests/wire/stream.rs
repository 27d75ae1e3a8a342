//! What is made of a stream, whole or damaged.

use std::time::Duration;

use acquaint::model::{Done, Error, Event, Limits, Request, Stop, Usage, complete};
use serde_json::json;

use super::{Outcome, answered_by, call, hello, model_at, quick};
use crate::support::fake_anthropic::{FakeAnthropic, Reply, Response};

const USAGE: Usage = Usage { input: 20, cache_write: 1, cache_read: 4, output: 7 };

fn done(stop: Stop) -> Event {
    Event::Done(Done {
        stop,
        usage: USAGE,
        model: "claude-fake-1".to_owned(),
        request_id: Some("req_fake_1".to_owned()),
    })
}

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

/// The events of a reply that must arrive whole at the first try.
async fn events(response: Response) -> Vec<Event> {
    let (outcome, _server) = answered_by([response]).await;
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    outcome.events
}

/// The outcome of a call that is answered in this way however often it asks.
async fn always(response: Response) -> Outcome {
    let server = FakeAnthropic::start(move |_| response.clone());
    super::say_hello(&server).await
}

#[tokio::test]
async fn thinking_text_and_usage_come_as_they_are_sent() {
    let response = Reply::start()
        .ping()
        .thinking()
        .text(&["Hel", "", "lo"])
        .ping()
        .text(&[" you"])
        .stop("end_turn");
    assert_eq!(
        events(response).await,
        [Event::Thinking, text("Hel"), text("lo"), text(" you"), done(Stop::End)]
    );
}

#[tokio::test]
async fn text_that_stands_in_the_start_of_a_block_counts() {
    let response = Reply::start()
        .block(
            &json!({"type": "text", "text": "Hel"}),
            &[json!({"type": "text_delta", "text": "lo"})],
        )
        .stop("end_turn");
    assert_eq!(events(response).await, [text("Hel"), text("lo"), done(Stop::End)]);
}

#[tokio::test]
async fn shown_thinking_is_thinking_and_not_text() {
    let response = Reply::start()
        .block(
            &json!({"type": "thinking", "thinking": ""}),
            &[json!({"type": "thinking_delta", "thinking": "secret"})],
        )
        .text(&["ok"])
        .stop("end_turn");
    assert_eq!(
        events(response).await,
        [Event::Thinking, Event::Thinking, text("ok"), done(Stop::End)]
    );
}

#[tokio::test]
async fn what_is_not_known_is_passed_over() {
    let response = Reply::start()
        .event("telemetry", &json!({"delta": 7}))
        .raw("event: gossip\ndata: not json\n\n: a comment\n\nretry: 5\nid: 1\n\n")
        .block(
            &json!({"type": "server_dream", "text": "no"}),
            &[json!({"type": "dream_delta", "text": "no"})],
        )
        .block(
            &json!({"type": "tool_use", "id": "t", "name": "n", "input": {}}),
            &[json!({"type": "input_json_delta", "partial_json": ""})],
        )
        .block(
            &json!({"type": "text", "text": ""}),
            &[
                json!({"type": "citations_delta", "citation": {}}),
                json!({"type": "text_delta", "text": "ok"}),
            ],
        )
        .stop("tool_use");
    let stop = Stop::Other("tool_use".to_owned());
    assert_eq!(events(response).await, [text("ok"), done(stop)]);
}

#[tokio::test]
async fn every_stop_reason_has_its_meaning() {
    let other = |reason: &str| Stop::Other(reason.to_owned());
    for (reason, stop) in [
        ("end_turn", Stop::End),
        ("stop_sequence", Stop::End),
        ("max_tokens", Stop::Length),
        ("model_context_window_exceeded", Stop::Length),
        ("pause_turn", other("pause_turn")),
        ("tool_use", other("tool_use")),
        ("refusal", Stop::Refusal(String::new())),
        ("tired", other("tired")),
    ] {
        let events = events(Reply::start().text(&["ok"]).stop(reason)).await;
        assert_eq!(events, [text("ok"), done(stop)], "{reason}");
    }
}

#[tokio::test]
async fn a_refusal_says_why() {
    for (details, why) in [
        (
            json!({"type": "refusal", "category": "cyber", "explanation": "It could harm."}),
            "cyber: It could harm.",
        ),
        (
            json!({"type": "refusal", "category": null, "explanation": "It could harm."}),
            "It could harm.",
        ),
        (json!({"type": "refusal", "category": "bio", "explanation": null}), "bio"),
        (json!(null), ""),
    ] {
        let delta = json!({"stop_reason": "refusal", "stop_details": details});
        let events = events(Reply::start().stop_with(&delta)).await;
        assert_eq!(events, [done(Stop::Refusal(why.to_owned()))]);
    }
}

#[tokio::test]
async fn usage_without_cache_fields_and_with_nulls_is_usage() {
    let response = Reply::empty()
        .event(
            "message_start",
            &json!({"message": {"model": "m", "usage": {"input_tokens": 3, "cache_read_input_tokens": null}}}),
        )
        .text(&["ok"])
        .event("message_delta", &json!({"delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}))
        .event(
            "message_delta",
            &json!({"delta": {}, "usage": {"input_tokens": 4, "cache_creation_input_tokens": 5, "output_tokens": 6}}),
        )
        .event("message_stop", &json!({}))
        .unfinished();
    let Some(Event::Done(done)) = events(response).await.pop() else { panic!() };
    let usage = Usage { input: 4, cache_write: 5, cache_read: 0, output: 6 };
    assert_eq!((done.stop, done.usage), (Stop::End, usage));
}

#[tokio::test]
async fn counts_that_cannot_be_are_not_counted_on() {
    let usage =
        json!({"input_tokens": u64::MAX, "cache_read_input_tokens": -5, "output_tokens": "many"});
    let response = Reply::empty()
        .event("message_start", &json!({"message": {"usage": usage}}))
        .event("message_stop", &json!({}))
        .unfinished();
    let Some(Event::Done(done)) = events(response).await.pop() else { panic!() };
    assert_eq!(done.usage, Usage { input: 1 << 32, ..Usage::default() });
    assert_eq!(
        (done.stop, done.model.as_str()),
        (Stop::Other("no reason".to_owned()), "claude-haiku-5-5")
    );
}

#[tokio::test]
async fn events_without_names_are_known_by_their_type() {
    let named = Reply::start().text(&["ok"]).stop("end_turn");
    let body = String::from_utf8(named.body().to_vec()).unwrap();
    let lines = body.lines().filter(|line| !line.starts_with("event:"));
    let nameless = lines.fold(String::new(), |all, line| all + line + "\n");
    let response = Response::raw(200, "text/event-stream", nameless);
    assert_eq!(events(response).await, [text("ok"), done(Stop::End)]);
}

#[tokio::test]
async fn carriage_returns_a_byte_order_mark_and_single_bytes_change_nothing() {
    let reply = || Reply::start().text(&["naïve 日本", "\u{1f600}"]).ping().stop("end_turn");
    let whole = events(reply()).await;
    let body = String::from_utf8(reply().body().to_vec()).unwrap();
    let form = |body: String| Response::raw(200, "text/event-stream", body);
    assert_eq!(events(reply().bytewise()).await, whole);
    assert_eq!(events(form(body.replace('\n', "\r\n")).bytewise()).await, whole);
    assert_eq!(events(form(format!("\u{feff}{body}"))).await, whole);
    assert_eq!(events(form(format!(": hello\n\n{body}"))).await, whole);
    assert_eq!(events(form(body).header("content-type", "")).await, whole);
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_understood() {
    let message = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-fake-1",
        "content": [{"type": "thinking", "thinking": "", "signature": "s"}, {"type": "text", "text": "Hello"},
                    {"type": "text", "text": ""}, {"type": "dream"}],
        "stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "bio", "explanation": null},
        "usage": {"input_tokens": 20, "cache_creation_input_tokens": 1, "cache_read_input_tokens": 4, "output_tokens": 7},
    });
    let refusal = done(Stop::Refusal("bio".to_owned()));
    assert_eq!(
        events(Response::json(200, &message)).await,
        [Event::Thinking, text("Hello"), refusal]
    );
}

#[tokio::test]
async fn a_reply_is_whole_only_after_message_stop() {
    let reply = || Reply::start().text(&["Hel"]);
    let stop_reason = json!({"delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}});
    for response in [
        reply().unfinished(),
        reply().event("message_delta", &stop_reason).unfinished(),
        reply().stop("end_turn").cut_after(700),
        reply().raw("event: message_stop\ndata: {\"type\"").unfinished(),
    ] {
        let outcome = always(response).await;
        assert_eq!(outcome.text(), "Hel");
        assert_eq!(
            outcome.error_line(),
            "the reply broke off before its end (request `req_fake_1`)"
        );
        assert!(outcome.error.unwrap().retryable());
    }
}

#[tokio::test]
async fn a_stream_without_any_event_is_cut_off_too() {
    let outcome = always(Reply::empty().unfinished()).await;
    assert!(matches!(outcome.error, Some(Error::CutOff { .. })));
    assert_eq!(outcome.retries(), 2);
}

#[tokio::test]
async fn an_error_event_is_sorted_by_its_type() {
    for (kind, is_as_expected) in [
        (
            "overloaded_error",
            (|e| matches!(e, Error::Unavailable { status: 529, .. })) as fn(&Error) -> bool,
        ),
        ("api_error", |e| matches!(e, Error::Unavailable { status: 500, .. })),
        ("timeout_error", |e| matches!(e, Error::Unavailable { status: 504, .. })),
        ("rate_limit_error", |e| matches!(e, Error::Unavailable { status: 429, .. })),
        ("unheard_of_error", |e| matches!(e, Error::Unavailable { status: 500, .. })),
        ("invalid_request_error", |e| matches!(e, Error::Rejected { status: 400, .. })),
        ("authentication_error", |e| matches!(e, Error::Credentials { .. })),
        ("permission_error", |e| matches!(e, Error::Credentials { .. })),
        ("billing_error", |e| matches!(e, Error::Spending { .. })),
        ("request_too_large", |e| matches!(e, Error::TooLong { .. })),
    ] {
        let outcome = always(Reply::start().text(&["Hel"]).fail(kind, "so it is")).await;
        assert_eq!(outcome.text(), "Hel");
        let error = outcome.error.unwrap();
        assert!(is_as_expected(&error), "{kind}: {error:?}");
        assert!(error.to_string().ends_with("so it is (request `req_fake_1`)"), "{error}");
    }
}

#[tokio::test]
async fn an_error_event_in_plain_words_is_an_error_too() {
    let response = Reply::start().text(&["Hel"]).raw("event: error\ndata: upstream died\n\n");
    let outcome = always(response.unfinished()).await;
    assert!(outcome.error_line().contains("upstream died"));
}

#[tokio::test]
async fn what_is_not_the_apis_answer_is_shown_and_not_asked_for_again() {
    let event_stream = |body: &str| Response::raw(200, "text/event-stream", body);
    for (response, words) in [
        (event_stream("event: message_start\ndata: {\"type\": \n\n"), "EOF while parsing"),
        (event_stream("data: hello\n\n"), "`hello`"),
        (event_stream("data: {\"type\": \"message_start\", \"message\": 5}\n\n"), "invalid type"),
        (
            event_stream("data: {\"type\": \"content_block_delta\", \"delta\": {}}\n\n"),
            "missing field `type`",
        ),
        (Response::raw(200, "application/json", "{\"type\": \"mess"), "EOF while parsing"),
        (Response::json(200, &json!({"choices": []})), "not a message: `{\"choices\":[]}`"),
        (Response::json(200, &json!([1])), "not a message: `[1]`"),
        (Response::html(200, "Log in to the WiFi"), "it is `text/html`: `Log in to the WiFi`"),
        (Response::raw(200, "text/plain", "hi"), "it is `text/plain`: `hi`"),
        (Response::raw(200, "text/event-stream", b"data: \xff\xfe\n\n".to_vec()), "utf-8"),
    ] {
        let (outcome, server) = answered_by([response]).await;
        let line = outcome.error_line();
        assert!(
            line.starts_with("the answer is not the API's: ") && line.contains(words),
            "{line}"
        );
        assert!(line.ends_with("(request `req_fake_1`)"), "{line}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_error_body_with_status_200_is_an_error() {
    let body =
        json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
    let outcome = always(Response::json(200, &body)).await;
    assert!(matches!(outcome.error, Some(Error::Unavailable { status: 529, .. })));
    assert_eq!(outcome.retries(), 2);
}

#[tokio::test]
async fn a_stream_without_a_sign_of_life_is_given_up() {
    let limits = Limits { stall: Duration::from_millis(40), ..quick() };
    let server = FakeAnthropic::start(|_| Reply::start().text(&["Hel"]).unfinished().held());
    let outcome = call(&model_at(&server.url(), limits), &hello()).await;
    assert_eq!(outcome.text(), "Hel");
    assert_eq!(
        outcome.error_line(),
        format!("cannot reach `{}`: the reply began, but no more of it comes", server.url())
    );
    server.departure().await;
}

#[tokio::test]
async fn a_server_that_does_not_hang_up_after_the_reply_delays_nothing() {
    let server = FakeAnthropic::start(|_| Response::text("Hello").held());
    let outcome = super::say_hello(&server).await;
    assert_eq!(outcome.events, [text("Hello"), done(Stop::End)]);
    server.departure().await;
}

#[tokio::test]
async fn the_folded_reply_is_what_the_stream_showed() {
    let server = FakeAnthropic::script([Reply::start().text(&["Hel", "lo"]).stop("end_turn")]);
    let model = model_at(&server.url(), quick());
    let mut shown = Vec::new();
    let request: Request = hello();
    let reply = complete(&model, &request, |event| shown.push(event.clone())).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.done.stop), ("Hello", Stop::End));
    assert_eq!(shown, [text("Hel"), text("lo"), done(Stop::End)]);
}
