//! The body of a call.
//!
//! Texts are always sent as blocks, never as plain strings, so that moving a cache mark from one turn to the next changes
//! no other byte of what comes before it.

use serde_json::{Map, Value, json};

use crate::model::{Message, Prices, Request};

/// Marks are free and ignored where the prompt is too short, so the estimate may be high: three bytes a token.
const BYTES_PER_TOKEN: usize = 3;

/// Writes the body. A member that is not needed is left out.
pub(super) fn body(request: &Request, model: &str, prices: &Prices) -> Value {
    let points = CachePoints::choose(request, prices.cache_minimum(model));
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("model", json!(model));
    put("max_tokens", json!(request.max_tokens));
    put("stream", json!(true));
    if let Some(user) = &request.user {
        put("metadata", json!({"user_id": user}));
    }
    if let Some(schema) = &request.schema {
        put("output_config", output_config(schema, prices.takes_effort(model)));
    }
    // An empty block would be refused.
    if !request.system.trim().is_empty() {
        put("system", json!([text_block(&request.system, points.system)]));
    }
    put("messages", messages(&request.messages, points.messages));
    Value::Object(body)
}

/// Asks for JSON that follows a schema, and for little thinking: newer models think by default, which counts in
/// `max_tokens`, and extraction needs none. Models up to 4.5 answer 400 to an effort level.
fn output_config(schema: &Value, takes_effort: bool) -> Value {
    let format = json!({"type": "json_schema", "schema": schema});
    if takes_effort {
        json!({"effort": "low", "format": format})
    } else {
        json!({"format": format})
    }
}

/// Where the provider shall keep what it has read: after the system prompt, and after the last two messages.
///
/// The next turn finds the mark of the last message again, unless that message was sent with something that is not part
/// of the conversation (what recall found); then it finds the one before. At most four marks are allowed.
struct CachePoints {
    system: bool,
    messages: bool,
}

impl CachePoints {
    fn choose(request: &Request, minimum: usize) -> Self {
        let system = request.system.len();
        let all = system + request.messages.iter().map(|m| m.text.len()).sum::<usize>();
        let is_enough = |bytes: usize| request.cache && bytes / BYTES_PER_TOKEN >= minimum;
        Self { system: is_enough(system), messages: is_enough(all) }
    }
}

fn messages(messages: &[Message], mark: bool) -> Value {
    let first_marked = messages.len().saturating_sub(2);
    messages
        .iter()
        .enumerate()
        .map(|(index, message)| {
            let block = text_block(&message.text, mark && index >= first_marked);
            json!({"role": message.role, "content": [block]})
        })
        .collect()
}

fn text_block(text: &str, mark: bool) -> Value {
    if mark {
        json!({"type": "text", "text": text, "cache_control": {"type": "ephemeral"}})
    } else {
        json!({"type": "text", "text": text})
    }
}
