//! What is sent.

use acquaint::model::{Event, Message, Model, Request, Role};
use serde_json::{Value, json};

use super::{KEY, call, hello, message, model_at, quick, say_hello};
use crate::support::fake_anthropic::{FakeAnthropic, Response};

fn block(text: &str) -> Value {
    json!([{"type": "text", "text": text}])
}

fn marked(text: &str) -> Value {
    json!([{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
}

/// The body that is sent for a request.
async fn sent(model: &str, request: &Request) -> Value {
    let server = FakeAnthropic::script([Response::text("ok")]);
    let model = model_at(&server.url(), quick()).with_model(model);
    assert_eq!(call(&model, request).await.text(), "ok");
    server.request().body
}

fn conversation(system: &str, texts: &[&str]) -> Request {
    let message = |(index, text): (usize, &&str)| -> Message {
        let role = if index % 2 == 0 { Role::User } else { Role::Assistant };
        message(role, text)
    };
    Request {
        system: system.to_owned(),
        messages: texts.iter().enumerate().map(message).collect(),
        cache: true,
        ..hello()
    }
}

#[tokio::test]
async fn a_bare_request_has_no_member_that_it_does_not_need() {
    let body = sent("claude-haiku-5-5", &hello()).await;
    assert_eq!(
        body,
        json!({
            "model": "claude-haiku-5-5",
            "max_tokens": 256,
            "stream": true,
            "messages": [{"role": "user", "content": block("Hello")}],
        })
    );
}

#[tokio::test]
async fn the_head_names_the_key_the_version_and_the_program() {
    let server = FakeAnthropic::script([Response::text("ok")]);
    say_hello(&server).await;
    let request = server.request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/messages"));
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("anthropic-version"), Some("2023-06-01"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    let agent = concat!("acquaint/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent));
}

#[tokio::test]
async fn system_user_and_consecutive_messages_of_one_role_are_sent_as_they_are() {
    let request = Request {
        system: "Be brief.".to_owned(),
        messages: vec![message(Role::User, "a\n\u{1f600}"), message(Role::User, "\"b\"")],
        user: Some("5f7c".to_owned()),
        ..hello()
    };
    let body = sent("claude-haiku-5-5", &request).await;
    assert_eq!(
        body,
        json!({
            "model": "claude-haiku-5-5",
            "max_tokens": 256,
            "stream": true,
            "metadata": {"user_id": "5f7c"},
            "system": block("Be brief."),
            "messages": [
                {"role": "user", "content": block("a\n\u{1f600}")},
                {"role": "user", "content": block("\"b\"")},
            ],
        })
    );
}

#[tokio::test]
async fn a_schema_asks_for_little_effort_only_where_the_model_takes_a_level() {
    let schema = json!({
        "type": "object", "additionalProperties": false, "required": ["a"], "properties": {"a": {"type": "string"}},
    });
    let request = Request { schema: Some(schema.clone().into()), ..hello() };
    let format = json!({"type": "json_schema", "schema": schema});
    for (model, config) in [
        ("claude-haiku-5-5", json!({"effort": "low", "format": format})),
        ("claude-sonnet-4-6", json!({"effort": "low", "format": format})),
        ("claude-haiku-4-5-20251001", json!({"format": format})),
        ("claude-unheard-of-9", json!({"format": format})),
    ] {
        assert_eq!(sent(model, &request).await["output_config"], config, "{model}");
    }
}

#[tokio::test]
async fn a_server_that_knows_no_schemas_is_asked_once_more_without_one() {
    let schema = json!({"type": "object", "additionalProperties": false});
    let request = Request { schema: Some(schema.into()), ..hello() };
    let server = FakeAnthropic::start(|request| {
        if request.is_extraction() {
            Response::error(400, "invalid_request_error", "output_config.format: not supported")
        } else {
            Response::text("{}")
        }
    });
    let outcome = call(&model_at(&server.url(), quick()), &request).await;
    assert_eq!(outcome.text(), "{}");
    assert_eq!(outcome.retries(), 0);
    let mut bodies: Vec<_> = server.requests().into_iter().map(|r| r.body).collect();
    assert_eq!(bodies.len(), 2);
    bodies[0].as_object_mut().unwrap().shift_remove("output_config");
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn a_server_that_complains_of_the_schema_for_ever_is_not_asked_for_ever() {
    let request = Request {
        schema: Some(json!({"type": "object", "additionalProperties": false}).into()),
        ..hello()
    };
    let server = FakeAnthropic::start(|_| {
        Response::error(400, "invalid_request_error", "output_config: no")
    });
    let outcome = call(&model_at(&server.url(), quick()), &request).await;
    assert!(outcome.error_line().contains("output_config: no"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_long_prompt_is_marked_after_the_system_prompt_and_the_last_two_messages() {
    let long = "x".repeat(4_000);
    let body = sent("claude-haiku-5-5", &conversation(&long, &["a", "b", "c"])).await;
    assert_eq!(body["system"], marked(&long));
    assert_eq!(
        body["messages"],
        json!([
            {"role": "user", "content": block("a")},
            {"role": "assistant", "content": marked("b")},
            {"role": "user", "content": marked("c")},
        ])
    );
}

#[tokio::test]
async fn a_prompt_below_what_the_model_caches_is_not_marked() {
    let marks = |body: &Value| body.to_string().matches("cache_control").count();
    let short = conversation("Be brief.", &["Hello"]);
    assert_eq!(marks(&sent("claude-haiku-5-5", &short).await), 0);
    // 2,000 tokens are enough for one model and too few for another.
    let middling = conversation("Be brief.", &[&"x".repeat(6_000)]);
    assert_eq!(marks(&sent("claude-haiku-5-5", &middling).await), 1);
    assert_eq!(marks(&sent("claude-haiku-4-5", &middling).await), 0);
    let long = conversation(&"x".repeat(60_000), &["a", "b", "c", "d", "e"]);
    assert_eq!(marks(&sent("claude-haiku-4-5", &long).await), 3);
    let unasked = Request { cache: false, ..long };
    assert_eq!(marks(&sent("claude-haiku-4-5", &unasked).await), 0);
}

#[tokio::test]
async fn the_next_turn_sends_the_same_bytes_again_but_for_the_marks() {
    let long = "x".repeat(4_000);
    let bytes =
        |body: Value| body.to_string().replace(r#","cache_control":{"type":"ephemeral"}"#, "");
    let first = bytes(sent("claude-haiku-5-5", &conversation(&long, &["a", "b", "c"])).await);
    let next =
        bytes(sent("claude-haiku-5-5", &conversation(&long, &["a", "b", "c", "d", "e"])).await);
    let shared = first.strip_suffix("]}").unwrap();
    assert!(next.starts_with(shared), "{next}");
}

#[tokio::test]
async fn two_models_of_one_account_share_a_connection() {
    let server = FakeAnthropic::start(|_| Response::text("ok"));
    let chat = model_at(&server.url(), quick());
    let extraction = chat.with_model("claude-haiku-4-5");
    for model in [&chat, &extraction, &chat] {
        assert!(matches!(call(model, &hello()).await.events.last(), Some(Event::Done(_))));
    }
    assert_eq!(server.connections(), 1);
    let models: Vec<_> = server.requests().iter().map(|r| r.body["model"].clone()).collect();
    assert_eq!(models, ["claude-haiku-5-5", "claude-haiku-4-5", "claude-haiku-5-5"]);
    assert_eq!((chat.context_window(), extraction.context_window()), (1_000_000, 200_000));
}
