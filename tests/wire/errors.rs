//! What is made of an error status.

use acquaint::model::Error;
use serde_json::json;

use super::{Outcome, answered_by, say_hello};
use crate::support::fake_anthropic::{FakeAnthropic, Response};

/// The outcome of a call that is answered in this way however often it asks.
async fn always(response: Response) -> Outcome {
    let server = FakeAnthropic::start(move |_| response.clone());
    say_hello(&server).await
}

/// Status, type and message of an error, and how the line about it begins.
const ERRORS: &[(u16, &str, &str, &str)] = &[
    (400, "invalid_request_error", "messages: bad", "the request was refused with status 400"),
    (
        400,
        "invalid_request_error",
        "You have reached your specified API usage limits. You will regain access on 2026-12-01.",
        "the account's spending limit is reached",
    ),
    (
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the API.",
        "the account's spending limit is reached",
    ),
    (
        400,
        "invalid_request_error",
        "prompt is too long: 208310 tokens > 200000 maximum",
        "the conversation is too long for the model",
    ),
    (
        400,
        "invalid_request_error",
        "input length and `max_tokens` exceed context limit: 197000 + 20000 > 200000",
        "the conversation is too long for the model",
    ),
    (401, "authentication_error", "invalid x-api-key", "the API key was refused"),
    (402, "billing_error", "pay first", "the account's spending limit is reached"),
    (403, "permission_error", "not yours", "the API key was refused"),
    (403, "permission_error", "spend limit reached", "the account's spending limit is reached"),
    (404, "not_found_error", "model: claude-9", "there is no model `claude-haiku-5-5`"),
    (404, "not_found_error", "Not Found", "the request was refused with status 404"),
    (408, "timeout_error", "late", "the service answered with status 408"),
    (409, "conflict_error", "twice", "the service answered with status 409"),
    (413, "request_too_large", "33 MB", "the conversation is too long for the model"),
    (418, "invalid_request_error", "a teapot", "the request was refused with status 418"),
    (429, "rate_limit_error", "slow down", "the service answered with status 429"),
    (500, "api_error", "oh", "the service answered with status 500"),
    (504, "timeout_error", "late", "the service answered with status 504"),
    (529, "overloaded_error", "Overloaded", "the service answered with status 529"),
];

#[tokio::test]
async fn each_error_of_the_api_is_sorted_by_what_to_do_about_it() {
    for &(status, kind, message, line) in ERRORS {
        let outcome = always(Response::error(status, kind, message)).await;
        let expected = format!("{line}: {message} (request `req_fake_1`)");
        assert_eq!(outcome.error_line(), expected, "{status} {kind}");
        assert!(outcome.error.unwrap().hint().is_some_and(|hint| !hint.contains('\n')));
    }
}

#[tokio::test]
async fn a_spending_limit_is_told_from_a_rate_limit_by_its_code() {
    for code in
        ["enforced_spend_limit_reached", "contract_spend_limit_reached", "ramp_limit_exceeded"]
    {
        let body = json!({
            "type": "error",
            "error": {"type": "rate_limit_error", "message": "limit", "details": {"error_code": code}},
        });
        let (outcome, server) = answered_by([Response::json(429, &body)]).await;
        assert!(matches!(outcome.error, Some(Error::Spending { .. })), "{code}");
        assert!(!outcome.error.unwrap().retryable());
        assert_eq!(server.requests().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_body_in_another_form_is_shown_in_a_few_words() {
    let title = "502 Bad\n\u{1b}[31mGateway\u{202e}";
    for (response, line) in [
        (Response::html(502, title), "the service answered with status 502: 502 Bad [31mGateway"),
        (Response::raw(502, "text/html", ""), "the service answered with status 502: bad gateway"),
        (Response::raw(529, "", ""), "the service answered with status 529: no reason given"),
        (
            Response::raw(503, "text/plain", " try\nlater "),
            "the service answered with status 503: try later",
        ),
        (
            Response::json(403, &json!({"message": "no"})),
            "the request was refused with status 403: no",
        ),
        (Response::html(403, "Blocked"), "the request was refused with status 403: Blocked"),
        (
            Response::html(413, "413 Too Large"),
            "the conversation is too long for the model: 413 Too Large",
        ),
        (
            Response::json(400, &json!({"error": "bad"})),
            "the request was refused with status 400: bad",
        ),
        (Response::json(404, &json!(null)), "the request was refused with status 404: null"),
        (
            Response::raw(307, "", "").header("location", "https://elsewhere.example"),
            "the request was refused with status 307: it redirects to `https://elsewhere.example`",
        ),
    ] {
        assert_eq!(always(response).await.error_line(), format!("{line} (request `req_fake_1`)"));
    }
    let endless = always(Response::raw(500, "text/plain", "a ".repeat(1 << 20))).await;
    assert!(endless.error_line().chars().count() < 280);
}

#[tokio::test]
async fn the_request_id_is_taken_from_the_body_where_the_head_has_none() {
    let response = Response::error(401, "authentication_error", "no").header("request-id", "");
    assert_eq!(
        always(response).await.error_line(),
        "the API key was refused: no (request `req_fake_1`)"
    );
    let response =
        Response::error(401, "authentication_error", "no").header("request-id", "req_head");
    assert_eq!(
        always(response).await.error_line(),
        "the API key was refused: no (request `req_head`)"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let outcome = super::call(&super::model_at(&url, super::quick()), &super::hello()).await;
    let line = outcome.error_line().to_lowercase();
    assert!(line.starts_with(&format!("cannot reach `{url}`: connection refused")), "{line}");
    assert_eq!(outcome.retries(), 2);
    let hint = outcome.error.unwrap().hint().unwrap();
    assert!(hint.contains("ANTHROPIC_BASE_URL") && hint.contains("acquaint doctor"));
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_named() {
    let server = FakeAnthropic::script([]);
    let url = server.url().replace("http:", "https:");
    let outcome = super::call(&super::model_at(&url, super::quick()), &super::hello()).await;
    assert!(outcome.error_line().starts_with(&format!("cannot reach `{url}`: ")));
    assert_eq!((outcome.retries(), server.connections()), (2, 3));
}
