//! The fake server itself: it must be as strict as the API, or the other tests prove nothing.

use serde_json::{Value, json};

use super::{Role, hello, message, say_hello};
use crate::support::fake_anthropic::{FakeAnthropic, Request, Response, broken_rules};

fn request(body: Value) -> Request {
    let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Request {
        method: "POST".to_owned(),
        path: "/v1/messages".to_owned(),
        headers: [
            ("x-api-key", "k"),
            ("anthropic-version", "2023-06-01"),
            ("content-type", "application/json"),
            ("user-agent", concat!("acquaint/", env!("CARGO_PKG_VERSION"))),
        ]
        .map(header)
        .to_vec(),
        body,
    }
}

fn body() -> Value {
    json!({
        "model": "m", "max_tokens": 1, "stream": true,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}],
    })
}

/// The rules that the body breaks when one place of it, by its JSON pointer, is changed.
fn with(pointer: &str, value: Value) -> String {
    let mut body = body();
    match body.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => body[&pointer[1..]] = value,
    }
    broken_rules(&request(body)).join("; ")
}

fn with_schema(schema: &Value) -> String {
    with("/output_config", json!({"format": {"type": "json_schema", "schema": schema}}))
}

#[test]
fn a_proper_request_breaks_no_rule() {
    assert_eq!(broken_rules(&request(body())), [""; 0]);
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["a"], "properties": {
        "a": {"type": "array", "items": {"$ref": "#/$defs/b"}, "minItems": 1}},
        "$defs": {"b": {"anyOf": [{"type": "string"}, {"type": "null"}]}}});
    assert_eq!(with_schema(&schema), "");
}

#[test]
fn a_head_that_the_api_refuses_breaks_a_rule() {
    let mut twice = request(body());
    twice.headers.push(("authorization".to_owned(), "Bearer k".to_owned()));
    assert_eq!(broken_rules(&twice), ["not one credential"]);
    let mut bare = request(body());
    bare.headers.clear();
    assert_eq!(broken_rules(&bare).len(), 4);
    let mut get = request(body());
    get.method = "GET".to_owned();
    get.path = "/v1/v1/messages".to_owned();
    assert_eq!(broken_rules(&get).len(), 2);
}

#[test]
fn a_body_that_the_api_refuses_breaks_a_rule() {
    let mark = json!({"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}});
    for (pointer, value) in [
        ("/temperature", json!(1.0)),
        ("/top_k", json!(5)),
        ("/unheard_of", json!(1)),
        ("/max_tokens", json!(0)),
        ("/max_tokens", json!(128_001)),
        ("/max_tokens", json!("5")),
        ("/stream", json!(false)),
        ("/model", json!("")),
        ("/metadata", json!({"user_id": "alice@example.com"})),
        ("/metadata", json!({"name": "alice"})),
        ("/system", json!([{"type": "text", "text": ""}])),
        ("/system", json!([])),
        ("/messages", json!([])),
        ("/messages/0/role", json!("assistant")),
        ("/messages/0/role", json!("system")),
        ("/messages/0/content/0/text", json!(" ")),
        ("/messages/0/content/0/type", json!("image")),
        ("/messages/0/content", json!([mark, mark, mark, mark, mark])),
        ("/output_config", json!({"effort": "lazy"})),
        ("/output_config", json!({"format": {"type": "json"}})),
    ] {
        assert_ne!(with(pointer, value.clone()), "", "{pointer} {value}");
    }
}

#[test]
fn a_schema_that_the_api_refuses_breaks_a_rule() {
    let optional: Value = (0..25).map(|n| (format!("p{n}"), json!({"type": "string"}))).collect();
    let union = json!({"anyOf": [{"type": "string"}, {"type": "null"}]});
    let unions: Vec<_> = vec![union; 17];
    let object = |members: Value| json!({"type": "object", "additionalProperties": false, "properties": members});
    for schema in [
        json!({"type": "object"}),
        json!({"type": "object", "additionalProperties": true}),
        object(json!({"a": {"type": "object"}})),
        object(json!({"a": {"type": "string", "maxLength": 5}})),
        object(json!({"a": {"type": "array", "items": {"type": "integer", "minimum": 1}}})),
        object(json!({"a": {"type": "array", "minItems": 2, "items": {"type": "string"}}})),
        object(json!({"a": {"$ref": "#"}, "b": {"$ref": "#"}})),
        object(json!({"a": {"$ref": "#/$defs/none"}})),
        object(optional),
        json!({"allOf": unions}),
    ] {
        assert_ne!(with_schema(&schema), "", "{schema}");
    }
}

#[tokio::test]
async fn a_broken_rule_is_answered_400_and_kept_for_the_test() {
    let server = FakeAnthropic::start(|_| Response::text("ok"));
    let model = super::model_at(&server.url(), super::quick());
    let prefilled = acquaint::model::Request {
        messages: vec![message(Role::User, "a"), message(Role::Assistant, "{")],
        ..hello()
    };
    let outcome = super::call(&model, &prefilled).await;
    let rule = "messages: the conversation must end with a user message";
    assert!(outcome.error_line().contains(rule));
    assert_eq!(server.take_broken_rules(), [rule]);
}

#[tokio::test]
async fn a_request_too_many_breaks_a_rule() {
    let server = FakeAnthropic::script([]);
    assert!(say_hello(&server).await.error.is_some());
    assert_eq!(server.take_broken_rules(), ["one request too many"]);
}
