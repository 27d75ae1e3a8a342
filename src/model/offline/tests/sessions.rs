//! What a session changes of what is known.

use super::*;

fn input(turns: &[&str]) -> Value {
    let turns: Vec<Value> = (turns.iter())
        .map(|text| json!({"role": "user", "at": "2026-11-21T09:14:05Z", "text": text}))
        .collect();
    json!({
        "running_summary": "Ana lives in Lisbon.",
        "facts": [
            {"id": "f1", "fact": "Lives in Lisbon"},
            {"id": "f2", "fact": "Uses Redis for the cache"},
            {"id": "f3", "fact": "Name is Ana"},
            {"id": "f4", "fact": "Likes tea"},
            {"id": "f5", "fact": "Works at Acme"}
        ],
        "preferences": [{"key": "drink", "value": "tea"}, {"key": "size", "value": 12}],
        "decisions": [{"id": "d1", "topic": "pricing", "decision": "usage-based", "date": "2026-11-20"}],
        "turns": turns
    })
}

/// The update without its summary.
fn changes(turns: &[&str]) -> Value {
    let mut update = extracted(&input(turns));
    update.as_object_mut().unwrap().shift_remove("running_summary").unwrap();
    update
}

#[test]
fn what_changed_is_updated_by_its_id() {
    assert_eq!(
        changes(&["We moved to Porto!"]),
        json!({"updated_facts": [{"id": "f1", "fact": "Lives in Porto", "confidence": "high", "quote": "We moved to Porto"}]})
    );
    for (turn, id, fact) in [
        ("Actually my name is Anna", "f3", "Name is Anna"),
        ("I work at Globex as a nurse", "f5", "Works at Globex as a nurse"),
        ("I hate tea", "f4", "Hates tea"),
        ("I don't like tea", "f4", "Dislikes tea"),
        ("We switched from Redis to Valkey", "f2", "Uses Valkey for the cache"),
        ("let's go with flat-rate for pricing", "d1", "flat-rate"),
    ] {
        let changes = changes(&[turn]);
        assert_eq!(changes["updated_facts"][0]["id"], id, "{turn}: {changes}");
        assert_eq!(changes["updated_facts"][0]["fact"], fact, "{turn}");
        assert_eq!(changes.as_object().unwrap().len(), 1, "{turn}: {changes}");
    }
}

#[test]
fn what_is_taken_back_is_retired_by_its_id() {
    for (turn, id) in [
        ("I no longer use Redis", "f2"),
        ("I don't use Redis anymore.", "f2"),
        ("we stopped using redis", "f2"),
        ("I don’t use Redis", "f2"),
        ("I left Acme", "f5"),
        ("I quit my job at Acme", "f5"),
        ("I no longer live in Lisbon", "f1"),
        ("Forget that I live in Lisbon", "f1"),
        ("I used to live in Lisbon", "f1"),
    ] {
        let changes = changes(&[turn]);
        assert_eq!(changes["retired_facts"][0]["id"], id, "{turn}: {changes}");
        assert_eq!(changes.as_object().unwrap().len(), 1, "{turn}: {changes}");
    }
}

#[test]
fn what_is_said_again_is_confirmed_and_not_added() {
    assert_eq!(
        changes(&[
            "I live in lisbon",
            "As I said, I live in Lisbon!",
            "we use Redis for the cache"
        ]),
        json!({"confirmed_facts": ["f1", "f2"]})
    );
    assert_eq!(
        changes(&["We'll go with usage-based for pricing"]),
        json!({"confirmed_facts": ["d1"]})
    );
}

#[test]
fn a_changed_preference_replaces_the_old_one() {
    let set = |value: Value, quote: &str| json!({"updated_preferences": [{"key": "drink", "value": value, "confidence": "high", "quote": quote}]});
    assert_eq!(changes(&["I prefer coffee"]), set(json!("coffee"), "I prefer coffee"));
    assert_eq!(changes(&["I prefer mate over tea"]), set(json!("mate"), "I prefer mate over tea"));
    assert_eq!(
        changes(&["I prefer coffee", "No, I prefer juice"]),
        set(json!("juice"), "I prefer juice")
    );
    assert_eq!(
        changes(&["I don't prefer tea anymore"])["updated_preferences"][0]["value"],
        Value::Null
    );
}

#[test]
fn later_turns_correct_earlier_ones() {
    let update = changes(&[
        "I use Kafka for events",
        "I no longer use Kafka",
        "I moved to Porto",
        "I moved to Faro",
    ]);
    assert_eq!(update["updated_facts"][0]["fact"], "Lives in Faro");
    assert_eq!(update.as_object().unwrap().len(), 1, "{update}");
}

#[test]
fn only_the_users_turns_count() {
    let mut input = input(&["ok"]);
    input["turns"][0] = json!({"role": "assistant", "text": "I live in Porto and I prefer coffee"});
    assert_eq!(extracted(&input), json!({"running_summary": "Ana lives in Lisbon."}));
}

#[test]
fn the_summary_stays_when_nothing_changed_and_is_rewritten_otherwise() {
    let summary =
        |turns: &[&str]| extracted(&input(turns))["running_summary"].as_str().unwrap().to_owned();
    assert_eq!(summary(&["How are you?"]), "Ana lives in Lisbon.");
    assert_eq!(summary(&["I live in Lisbon"]), "Ana lives in Lisbon.");
    assert_eq!(
        summary(&["I moved to Porto and I use Rust for the worker"]),
        "Ana lives in Porto and works at Acme. Known: uses Rust for the worker; likes tea; uses Redis for the cache. \
         Decided: pricing: usage-based."
    );
    let many: Vec<String> =
        (0..30).map(|n| format!("I use {}{n} for it", "tool ".repeat(20))).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(summary(&many).chars().count() <= 500);
}

#[test]
fn a_session_proposes_at_most_twenty_items() {
    let turns: Vec<String> = (0..100).map(|n| format!("I use tool{n}x")).collect();
    let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
    assert_eq!(changes(&turns)["new_facts"].as_array().unwrap().len(), 20);
}

#[test]
fn a_long_quote_is_cut_at_a_word() {
    let turn = format!("I live in Porto because {}", "word ".repeat(100));
    let update = changes(&[&turn]);
    let quote = update["updated_facts"][0]["quote"].as_str().unwrap();
    assert!(turn.starts_with(quote) && quote.ends_with("word") && quote.chars().count() <= 200);
}

#[test]
fn the_update_follows_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../prompts/extraction.schema.json")).unwrap();
    let turns = [
        "We moved to Porto",
        "I no longer use Redis",
        "my name is Ana",
        "I prefer coffee",
        "I don't prefer coffee anymore",
        "let's use Fly for hosting",
        "I have a dog",
    ];
    let update = extracted(&input(&turns));
    assert!(jsonschema::is_valid(&schema, &update), "{update:#}");
    assert!(!jsonschema::is_valid(&schema, &json!({"running_summary": "", "other": 1})));
}

#[test]
fn the_schema_keeps_to_what_providers_enforce() {
    fn walk(schema: &Value, counts: &mut (usize, usize)) {
        let object = schema.as_object().unwrap();
        let known = ["type", "properties", "items", "required", "additionalProperties", "enum"];
        assert!(object.keys().all(|key| known.contains(&key.as_str())), "{schema}");
        counts.1 += usize::from(schema["type"].is_array());
        if schema["type"] == "object" {
            assert_eq!(schema["additionalProperties"], false);
            let properties = schema["properties"].as_object().unwrap();
            counts.0 += properties.len() - schema["required"].as_array().unwrap().len();
            properties.values().for_each(|property| walk(property, counts));
        }
        if let Some(items) = schema.get("items") {
            walk(items, counts);
        }
    }
    let schema: Value =
        serde_json::from_str(include_str!("../../../../prompts/extraction.schema.json")).unwrap();
    let mut counts = (0, 0);
    walk(&schema, &mut counts);
    assert!(counts.0 <= 24 && counts.1 <= 16, "{counts:?}");
}

#[test]
fn the_prompts_example_is_an_update_and_the_prompt_is_short() {
    let prompt = include_str!("../../../../prompts/extraction.md");
    assert!(prompt.chars().count() <= 3_600);
    let example = |label: &str| -> Value {
        let (_, rest) = prompt.rsplit_once(label).unwrap();
        serde_json::from_str(rest.lines().next().unwrap()).unwrap()
    };
    let schema: Value =
        serde_json::from_str(include_str!("../../../../prompts/extraction.schema.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &example("Out:\n")));
    let found = extracted(&example("In:\n"));
    assert_eq!(found["updated_facts"][0]["fact"], "Lives in Porto");
    assert_eq!(found["new_decisions"][0]["decision"], "Fly");
}

#[test]
fn two_summaries_become_one_without_repetition() {
    let merged = |newer: &str, draft: &str| {
        let input = json!({"running_summary": newer, "draft": draft}).to_string();
        let reply = call(&request("", &[&input], Some(json!({})))).unwrap();
        let reply: Value = serde_json::from_str(&reply).unwrap();
        reply["running_summary"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        merged("Ana lives in Porto. Likes tea.", "Likes tea! Has a dog."),
        "Ana lives in Porto. Likes tea. Has a dog."
    );
    assert_eq!(merged("", "Has a dog."), "Has a dog.");
    assert_eq!(merged("Has a dog.", ""), "Has a dog.");
    let long = "One more sentence of words here, number ";
    let many = |range: std::ops::Range<u32>| {
        range.map(|n| format!("{long}{n}.")).collect::<Vec<_>>().join(" ")
    };
    let newer = many(0..9);
    let older = many(10..40);
    let both = merged(&newer, &older);
    assert!(both.starts_with(&newer) && both.ends_with('.') && both.chars().count() <= 500);
    assert!(merged("", &"word ".repeat(1_000)).ends_with("word…"));
}

#[test]
fn damaged_input_is_refused_and_odd_values_are_borne() {
    for message in ["{", "{}", "[]", "hello", "{\"turns\": 3, \"running_summary\": \"\"}"] {
        let outcome = call(&request("", &[message], Some(json!({}))));
        assert!(matches!(outcome, Err(Error::Rejected { .. })), "{message}: {outcome:?}");
    }
    let update = extracted(
        &json!({"running_summary": "x", "turns": [], "facts": [{"id": "f1"}], "other": 1}),
    );
    assert_eq!(update, json!({"running_summary": "x"}));
}

#[test]
fn a_second_attempt_is_read_from_the_first_message() {
    let input = input(&["We moved to Porto"]).to_string();
    let messages = [input.as_str(), "{broken", "Answer with JSON only."];
    let reply = call(&request("", &messages, Some(json!({})))).unwrap();
    assert!(reply.contains("Lives in Porto"));
}
