//! What must not get out, and what must stop.

use std::process::{Command, Stdio};

use acquaint::model::{Event, Model};
use futures_util::StreamExt;

use super::{KEY, hello, model_at, quick, say_hello};
use crate::support::fake_anthropic::{FakeAnthropic, Reply, Response};

#[tokio::test]
async fn a_key_that_a_server_repeats_is_not_shown() {
    let padding = "x".repeat(185);
    for response in [
        Response::error(401, "authentication_error", &format!("bad key {KEY}")),
        Response::error(401, "authentication_error", &format!("{padding} {KEY}")),
        Response::error(500, "api_error", KEY).header("request-id", KEY),
        Response::html(502, KEY),
        Response::raw(400, "text/plain", KEY),
        Response::raw(200, "text/plain", KEY),
        Response::raw(307, "", "").header("location", &format!("https://h.example/{KEY}")),
        Response::raw(200, "text/event-stream", format!("data: {KEY}\n\n")),
        Reply::start().fail("overloaded_error", KEY),
        Response::text("ok").header("request-id", KEY),
    ] {
        let server = FakeAnthropic::start(move |_| response.clone());
        let outcome = say_hello(&server).await;
        let all = format!("{outcome:?} {:?}", outcome.error.as_ref().map(ToString::to_string));
        assert!(!all.contains("sk-ant"), "{all}");
    }
}

#[tokio::test]
async fn the_model_does_not_show_its_key() {
    let model = model_at("http://127.0.0.1:9", quick());
    assert!(!format!("{model:?} {model:#?}").contains("sk-ant"));
}

#[tokio::test]
async fn dropping_the_stream_before_the_answer_cancels_the_call() {
    let server = FakeAnthropic::script([Response::silence()]);
    let model = model_at(&server.url(), quick());
    let mut stream = model.stream(&hello()).await.unwrap();
    let waiting = tokio::spawn(async move { stream.next().await });
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    server.departure().await;
}

#[tokio::test]
async fn dropping_the_stream_in_the_middle_of_the_reply_cancels_the_call() {
    let server = FakeAnthropic::script([Reply::start().text(&["Hel"]).unfinished().held()]);
    let model = model_at(&server.url(), quick());
    let mut stream = model.stream(&hello()).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), Event::Text("Hel".to_owned()));
    drop(stream);
    server.departure().await;
}

#[test]
fn a_proxy_does_not_stand_before_this_machine() {
    // The environment of this process is everybody's, so the test runs itself again in one of its own.
    let mut again = Command::new(std::env::current_exe().unwrap());
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        again.env(variable, "http://127.0.0.1:1");
    }
    let status = again
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .args(["--exact", "wire::request::a_bare_request_has_no_member_that_it_does_not_need"])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}
