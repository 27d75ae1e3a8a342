//! The API's rules for a request, as its documentation of November 2026 has them, and ours where they are narrower.

use serde_json::{Map, Value};

use super::Request;

const VERSIONS: [&str; 2] = ["2023-06-01", "2026-10-21"];
const MEMBERS: [&str; 7] =
    ["model", "messages", "max_tokens", "system", "metadata", "output_config", "stream"];
const SAMPLING: [&str; 3] = ["temperature", "top_p", "top_k"];
const FORBIDDEN_IN_SCHEMA: [&str; 10] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Says which rules a request breaks.
pub(crate) fn broken_rules(request: &Request) -> Vec<String> {
    let mut rules = Rules(Vec::new());
    rules.head(request);
    match request.body.as_object() {
        Some(body) => rules.body(body),
        None => rules.broken("the body is no JSON object"),
    }
    rules.0
}

struct Rules(Vec<String>);

impl Rules {
    fn broken(&mut self, rule: impl Into<String>) {
        self.0.push(rule.into());
    }

    fn holds(&mut self, holds: bool, rule: &str) {
        if !holds {
            self.broken(rule);
        }
    }

    fn head(&mut self, request: &Request) {
        let values = |name: &str| -> Vec<&str> {
            let found = request.headers.iter().filter(|(n, _)| n == name);
            found.map(|(_, value)| value.as_str()).collect()
        };
        self.holds(request.method == "POST", "the method is not POST");
        self.holds(request.path == "/v1/messages", "the path is not /v1/messages");
        let credentials = [values("x-api-key"), values("authorization")].concat();
        self.holds(credentials.len() == 1 && !credentials[0].is_empty(), "not one credential");
        let version = values("anthropic-version");
        self.holds(version.len() == 1 && VERSIONS.contains(&version[0]), "anthropic-version");
        self.holds(values("content-type") == ["application/json"], "content-type");
        self.holds(
            values("user-agent") == [concat!("acquaint/", env!("CARGO_PKG_VERSION"))],
            "user-agent",
        );
    }

    fn body(&mut self, body: &Map<String, Value>) {
        for member in body.keys().map(String::as_str) {
            if SAMPLING.contains(&member) {
                self.broken(format!("{member}: Extra inputs are not permitted"));
            } else if !MEMBERS.contains(&member) {
                self.broken(format!("{member}: unknown"));
            }
        }
        let max_tokens = body.get("max_tokens").and_then(Value::as_u64);
        self.holds(max_tokens.is_some_and(|n| (1..=128_000).contains(&n)), "max_tokens");
        self.holds(body.get("model").is_some_and(is_said), "model");
        self.holds(body.get("stream") == Some(&Value::Bool(true)), "stream is not true");
        if let Some(metadata) = body.get("metadata") {
            self.only(metadata, &["user_id"], "metadata");
            self.holds(metadata.get("user_id").is_some_and(is_opaque), "metadata.user_id");
        }
        if let Some(system) = body.get("system") {
            self.blocks(system, "system");
        }
        if let Some(config) = body.get("output_config") {
            self.output_config(config);
        }
        self.messages(body.get("messages").unwrap_or(&Value::Null));
        let marks = count_marks(&Value::Object(body.clone()));
        self.holds(marks <= 4, "more than 4 cache_control");
    }

    fn messages(&mut self, messages: &Value) {
        let messages = messages.as_array().map(Vec::as_slice).unwrap_or_default();
        let roles: Vec<_> =
            messages.iter().map(|m| m["role"].as_str().unwrap_or_default()).collect();
        self.holds(roles.first() == Some(&"user"), "messages: the first is not the user's");
        self.holds(
            roles.last() == Some(&"user"),
            "messages: the conversation must end with a user message",
        );
        for (message, role) in messages.iter().zip(&roles) {
            self.only(message, &["role", "content"], "messages");
            self.holds(["user", "assistant"].contains(role), "messages: role");
            self.blocks(&message["content"], "messages: content");
        }
    }

    fn blocks(&mut self, blocks: &Value, place: &str) {
        let blocks = blocks.as_array().map(Vec::as_slice).unwrap_or_default();
        self.holds(!blocks.is_empty(), &format!("{place}: no blocks"));
        for block in blocks {
            self.only(block, &["type", "text", "cache_control"], place);
            self.holds(block["type"] == "text", &format!("{place}: not text"));
            self.holds(is_said(&block["text"]), &format!("{place}: text is empty"));
            let mark = block.get("cache_control");
            let is_mark = mark.is_none_or(|mark| *mark == serde_json::json!({"type": "ephemeral"}));
            self.holds(is_mark, &format!("{place}: cache_control"));
        }
    }

    fn output_config(&mut self, config: &Value) {
        self.only(config, &["effort", "format"], "output_config");
        if let Some(effort) = config.get("effort") {
            let levels = ["low", "medium", "high", "xhigh", "max"];
            self.holds(
                effort.as_str().is_some_and(|e| levels.contains(&e)),
                "output_config: effort",
            );
        }
        let Some(format) = config.get("format") else {
            return;
        };
        self.only(format, &["type", "schema"], "output_config: format");
        self.holds(format["type"] == "json_schema", "output_config: format type");
        let mut schema =
            Schema { root: &format["schema"], optional: 0, unions: 0, refs: Vec::new() };
        schema.check(schema.root, self);
        self.holds(schema.optional <= 24, "schema: more than 24 optional parameters");
        self.holds(schema.unions <= 16, "schema: more than 16 unions");
    }

    fn only(&mut self, object: &Value, members: &[&str], place: &str) {
        let Some(object) = object.as_object() else {
            return self.broken(format!("{place}: no object"));
        };
        for member in object.keys().filter(|key| !members.contains(&key.as_str())) {
            self.broken(format!("{place}: unknown member {member}"));
        }
    }
}

/// A walk through a JSON Schema.
struct Schema<'a> {
    root: &'a Value,
    optional: usize,
    unions: usize,
    refs: Vec<String>,
}

impl<'a> Schema<'a> {
    fn check(&mut self, schema: &'a Value, rules: &mut Rules) {
        let Some(object) = schema.as_object() else {
            return rules.broken("schema: no object");
        };
        for keyword in FORBIDDEN_IN_SCHEMA {
            rules.holds(
                !object.contains_key(keyword),
                &format!("schema: {keyword} is not supported"),
            );
        }
        let items = object.get("minItems").map_or(Some(0), Value::as_u64);
        rules.holds(items.is_some_and(|n| n <= 1), "schema: minItems is not 0 or 1");
        if object.get("type").is_some_and(|t| has_type(t, "object"))
            || object.contains_key("properties")
        {
            let closed = object.get("additionalProperties") == Some(&Value::Bool(false));
            rules.holds(closed, "schema: additionalProperties is not false");
        }
        self.unions += usize::from(object.get("type").is_some_and(Value::is_array));
        self.properties(object, rules);
        for keyword in ["anyOf", "oneOf", "allOf"] {
            let Some(branches) = object.get(keyword).and_then(Value::as_array) else {
                continue;
            };
            self.unions += usize::from(keyword != "allOf");
            for branch in branches {
                self.check(branch, rules);
            }
        }
        if let Some(items) = object.get("items") {
            self.check(items, rules);
        }
        self.reference(object, rules);
    }

    fn properties(&mut self, object: &'a Map<String, Value>, rules: &mut Rules) {
        let required = object.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|n| n == name));
        for (name, property) in
            object.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            self.optional += usize::from(!is_required(name));
            self.check(property, rules);
        }
    }

    fn reference(&mut self, object: &'a Map<String, Value>, rules: &mut Rules) {
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
            return;
        };
        if self.refs.iter().any(|seen| seen == reference) {
            return rules.broken("schema: it is recursive");
        }
        let Some(target) = self.root.pointer(reference.trim_start_matches('#')) else {
            return rules.broken("schema: a $ref leads nowhere");
        };
        self.refs.push(reference.to_owned());
        self.check(target, rules);
        self.refs.pop();
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    value == name || value.as_array().is_some_and(|names| names.iter().any(|n| n == name))
}

fn is_said(text: &Value) -> bool {
    text.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// An id that tells nobody who it is: no mail address, no blanks.
fn is_opaque(id: &Value) -> bool {
    id.as_str().is_some_and(|id| !id.is_empty() && !id.contains(['@', ' ']))
}

fn count_marks(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| usize::from(name == "cache_control") + count_marks(value))
            .sum(),
        Value::Array(items) => items.iter().map(count_marks).sum(),
        _ => 0,
    }
}
