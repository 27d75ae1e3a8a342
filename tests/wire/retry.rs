//! When it is tried again.

use std::time::Duration;

use acquaint::model::{Error, Event, Limits};

use super::{answered_by, call, hello, model_at, quick, say_hello};
use crate::support::fake_anthropic::{FakeAnthropic, Reply, Response};

fn busy() -> Response {
    Response::error(529, "overloaded_error", "Overloaded")
}

#[tokio::test]
async fn what_passes_is_tried_three_times_in_all() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529] {
        let failing = || Response::error(status, "api_error", "oh");
        let (outcome, server) = answered_by([failing(), failing(), Response::text("ok")]).await;
        assert_eq!((outcome.text().as_str(), outcome.retries()), ("ok", 2), "{status}");
        assert_eq!(server.requests().len(), 3);
        let (outcome, server) = answered_by([failing(), failing(), failing()]).await;
        assert!(matches!(outcome.error, Some(Error::Unavailable { .. })), "{status}");
        assert_eq!((outcome.retries(), server.requests().len()), (2, 3));
    }
}

#[tokio::test]
async fn what_stays_wrong_is_tried_once() {
    for status in [307, 400, 401, 402, 403, 404, 413, 418, 422] {
        let (outcome, server) = answered_by([Response::error(status, "x", "no")]).await;
        assert!(outcome.error.is_some());
        assert_eq!((outcome.retries(), server.requests().len()), (0, 1), "{status}");
    }
}

#[tokio::test]
async fn the_server_has_the_last_word_except_on_spending() {
    let no = busy().header("x-should-retry", "false");
    let (outcome, _server) = answered_by([no]).await;
    assert!(matches!(outcome.error, Some(Error::Unavailable { status: 529, .. })));
    let yes = Response::error(400, "invalid_request_error", "oh").header("x-should-retry", "true");
    let (outcome, _server) = answered_by([yes, Response::text("ok")]).await;
    assert_eq!((outcome.text().as_str(), outcome.retries()), ("ok", 1));
    let spent = Response::error(402, "billing_error", "pay").header("x-should-retry", "true");
    let (outcome, _server) = answered_by([spent]).await;
    assert!(matches!(outcome.error, Some(Error::Spending { .. })));
}

#[tokio::test]
async fn a_retry_says_why_and_how_long_it_waits() {
    let limits = Limits { backoff: Duration::from_hours(1), ..quick() };
    let server =
        FakeAnthropic::script([busy().header("retry-after-ms", "1"), Response::text("ok")]);
    let outcome = call(&model_at(&server.url(), limits), &hello()).await;
    assert_eq!(
        outcome.events.first(),
        Some(&Event::Retry {
            why: "the service answered with status 529: Overloaded (request `req_fake_1`)"
                .to_owned(),
            after: Duration::from_millis(1),
        })
    );
    assert_eq!(outcome.text(), "ok");
}

#[tokio::test]
async fn the_retry_is_told_before_the_wait() {
    use acquaint::model::Model;
    use futures_util::StreamExt;
    let server = FakeAnthropic::script([busy().header("retry-after", "3600")]);
    let model = model_at(&server.url(), quick());
    let mut stream = model.stream(&hello()).await.unwrap();
    let Some(Ok(Event::Retry { after, .. })) = stream.next().await else { panic!() };
    assert_eq!(after, Duration::from_mins(1));
}

#[tokio::test]
async fn without_a_wish_of_the_server_the_wait_doubles() {
    let limits = Limits { backoff: Duration::from_millis(8), ..quick() };
    let server = FakeAnthropic::start(|_| busy());
    let outcome = call(&model_at(&server.url(), limits), &hello()).await;
    let waits = outcome.events.iter().map(|event| match event {
        Event::Retry { after, .. } => after.as_micros(),
        _ => 0,
    });
    let waits: Vec<_> = waits.collect();
    assert!(
        (6_000..=8_000).contains(&waits[0]) && (12_000..=16_000).contains(&waits[1]),
        "{waits:?}"
    );
}

#[tokio::test]
async fn a_lost_connection_is_made_again() {
    let server = FakeAnthropic::script([Response::closed(), Response::text("ok")]).refusing(1);
    let outcome = say_hello(&server).await;
    assert_eq!((outcome.text().as_str(), outcome.retries()), ("ok", 2));
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn no_answer_in_time_is_a_fault_that_passes() {
    let limits = Limits { total: Duration::from_millis(60), ..quick() };
    let server = FakeAnthropic::script([Response::silence(), Response::text("ok")]);
    let outcome = call(&model_at(&server.url(), limits), &hello()).await;
    assert_eq!(outcome.text(), "ok");
    let Some(Event::Retry { why, .. }) = outcome.events.first() else { panic!() };
    assert_eq!(*why, format!("cannot reach `{}`: no answer in time", server.url()));
}

#[tokio::test]
async fn a_stream_that_fails_before_its_first_word_is_tried_again() {
    let limits = Limits { stall: Duration::from_millis(60), ..quick() };
    for failing in [
        Reply::start().thinking().fail("overloaded_error", "Overloaded"),
        Reply::start().ping().stop("end_turn").cut_after(150),
        Reply::start().unfinished(),
        Reply::start().ping().unfinished().held(),
    ] {
        let server = FakeAnthropic::script([failing, Response::text("ok")]);
        let outcome = call(&model_at(&server.url(), limits), &hello()).await;
        assert_eq!((outcome.text().as_str(), outcome.retries()), ("ok", 1));
    }
}

#[tokio::test]
async fn a_stream_that_fails_after_its_first_word_is_never_tried_again() {
    let limits = Limits { stall: Duration::from_millis(60), ..quick() };
    for failing in [
        Reply::start().text(&["H"]).fail("overloaded_error", "Overloaded"),
        Reply::start().text(&["H"]).unfinished(),
        Reply::start().text(&["H"]).unfinished().held(),
        Reply::start().text(&["H"]).stop("end_turn").cut_after(640),
    ] {
        let server = FakeAnthropic::script([failing]);
        let outcome = call(&model_at(&server.url(), limits), &hello()).await;
        assert_eq!((outcome.text().as_str(), outcome.retries()), ("H", 0));
        assert!(outcome.error.unwrap().retryable());
    }
}

#[tokio::test]
async fn a_stream_that_keeps_failing_is_tried_three_times_in_all() {
    let server = FakeAnthropic::start(|_| Reply::start().fail("overloaded_error", "Overloaded"));
    let outcome = say_hello(&server).await;
    assert_eq!((outcome.retries(), server.requests().len()), (2, 3));
    let bodies: Vec<_> = server.requests().into_iter().map(|r| r.body).collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}
