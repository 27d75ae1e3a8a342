//! Writes an update in its documented form.

use serde_json::{Map, Value, json};

use super::{Confidence, Update};

pub(super) fn update(update: &Update) -> Value {
    let mut out = Map::new();
    if let Some(summary) = &update.running_summary {
        out.insert("running_summary".to_owned(), json!(summary));
    }
    let facts = update.new_facts.iter();
    put(
        &mut out,
        "new_facts",
        facts.map(|p| entry(json!({"fact": p.fact}), Some(p.confidence), p.quote.as_deref())),
    );
    let revisions = update.updated_facts.iter();
    put(
        &mut out,
        "updated_facts",
        revisions.map(|p| {
            entry(json!({"id": p.id, "fact": p.fact}), Some(p.confidence), p.quote.as_deref())
        }),
    );
    let retired = update.retired_facts.iter();
    put(
        &mut out,
        "retired_facts",
        retired.map(|p| entry(json!({"id": p.id}), None, p.quote.as_deref())),
    );
    put(&mut out, "confirmed_facts", update.confirmed_facts.iter().map(|id| json!(id)));
    let preferences = update.updated_preferences.iter();
    put(
        &mut out,
        "updated_preferences",
        preferences.map(|p| {
            entry(json!({"key": p.key, "value": p.value}), Some(p.confidence), p.quote.as_deref())
        }),
    );
    let decisions = update.new_decisions.iter();
    put(
        &mut out,
        "new_decisions",
        decisions.map(|p| {
            entry(
                json!({"topic": p.topic, "decision": p.decision}),
                Some(p.confidence),
                p.quote.as_deref(),
            )
        }),
    );
    Value::Object(out)
}

fn put(out: &mut Map<String, Value>, name: &str, entries: impl Iterator<Item = Value>) {
    let entries: Vec<Value> = entries.collect();
    if !entries.is_empty() {
        out.insert(name.to_owned(), entries.into());
    }
}

fn entry(mut entry: Value, confidence: Option<Confidence>, quote: Option<&str>) -> Value {
    if let Some(members) = entry.as_object_mut() {
        if let Some(confidence) = confidence {
            members.insert("confidence".to_owned(), json!(confidence));
        }
        if let Some(quote) = quote {
            members.insert("quote".to_owned(), json!(quote));
        }
    }
    entry
}
