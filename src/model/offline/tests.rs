use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::{Message, complete};

mod chat;
mod sentences;
mod sessions;

fn call(request: &Request) -> Result<String, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let reply = runtime.block_on(complete(&Offline::new(), request, |_| ()))?;
    assert_eq!((reply.done.stop, reply.done.model.as_str()), (Stop::End, "offline"));
    Ok(reply.text)
}

fn request(system: &str, messages: &[&str], schema: Option<Value>) -> Request {
    let role = |n: usize| {
        if n.is_multiple_of(2) { Role::User } else { Role::Assistant }
    };
    let message = |(n, text): (usize, &&str)| Message { role: role(n), text: (*text).to_owned() };
    Request {
        system: system.to_owned(),
        messages: messages.iter().enumerate().map(message).collect(),
        max_tokens: 1024,
        schema: schema.map(std::sync::Arc::new),
        user: None,
        cache: false,
    }
}

/// The reply to the input of an extraction.
fn extracted(input: &Value) -> Value {
    let text = call(&request("", &[&input.to_string()], Some(json!({})))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What a first session of one turn teaches: `f:` facts, `p:` preferences, `d:` decisions.
fn learned(text: &str) -> Vec<String> {
    let input = json!({"running_summary": "", "facts": [], "preferences": [], "decisions": [],
        "turns": [{"role": "user", "at": "2026-11-21T09:14:05Z", "text": text}]});
    let update = extracted(&input);
    let each = |name: &str| update[name].as_array().cloned().unwrap_or_default();
    let text_of = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let mut items = Vec::new();
    for item in each("new_facts") {
        items.push(format!("f:{}", text_of(&item["fact"])));
    }
    for item in each("updated_preferences") {
        items.push(format!("p:{}={}", text_of(&item["key"]), text_of(&item["value"])));
    }
    for item in each("new_decisions") {
        items.push(format!("d:{}={}", text_of(&item["topic"]), text_of(&item["decision"])));
    }
    for name in ["new_facts", "updated_preferences", "new_decisions"] {
        for item in each(name) {
            assert!(
                text.contains(item["quote"].as_str().unwrap()),
                "{item} is not quoted from {text}"
            );
        }
    }
    items
}
