use proptest::prelude::*;
use serde_json::{Value, json};

use super::arbitrary;
use crate::profile::{Confidence, PreferenceProposal, Update};

fn problems(value: &Value) -> Vec<String> {
    Update::from_value(value).1.iter().map(ToString::to_string).collect()
}

#[test]
fn the_documented_form_is_read_and_written() {
    let value = json!({
        "running_summary": "s",
        "new_facts": [{"fact": "a", "confidence": "medium", "quote": "q"}],
        "updated_facts": [{"id": "f3", "fact": "b", "confidence": "high", "quote": "q"}],
        "retired_facts": [{"id": "f2", "quote": "q"}],
        "confirmed_facts": ["f1"],
        "updated_preferences": [{"key": "k", "value": null, "confidence": "high"}],
        "new_decisions": [{"topic": "t", "decision": "d", "confidence": "low", "quote": "q"}]
    });
    let (update, problems) = Update::from_value(&value);
    assert_eq!((problems, update.to_value()), (vec![], value));
}

#[test]
fn the_tutorials_reply_is_understood() {
    let (update, problems) = Update::from_value(&json!({
        "running_summary": null,
        "new_facts": ["Uses Rust"],
        "updated_preferences": {"tone": "brief", "n": 3, "old": null},
        "new_decision": {"topic": "db", "decision": "Postgres", "date": "2026-01-01"},
        "new_decisions": ["ship it"],
        "mood": "fine"
    }));
    assert_eq!(problems, []);
    assert_eq!(update.new_facts[0].fact, "Uses Rust");
    let slot = |key: &str, value| PreferenceProposal {
        key: key.to_owned(),
        value,
        ..PreferenceProposal::default()
    };
    assert_eq!(
        update.updated_preferences,
        [slot("tone", json!("brief")), slot("n", json!(3)), slot("old", json!(null))]
    );
    let decisions: Vec<_> =
        update.new_decisions.iter().map(|d| (d.topic.as_str(), d.decision.as_str())).collect();
    assert_eq!(decisions, [("", "ship it"), ("db", "Postgres")]);
    assert!(Update::from_value(&json!({"new_decision": null})).0.is_empty());
}

#[test]
fn what_is_wrong_is_told_and_the_rest_is_kept() {
    let value = json!({
        "running_summary": 3,
        "new_facts": [{"fact": "a", "confidence": "SURE", "quote": 4}, {"fact": 5}, 6, {"text": "x"}, "N/A.", "", {"fact": "b", "confidence": " High "}],
        "retired_facts": 7,
        "confirmed_facts": [null, "f1"],
        "updated_preferences": [{"key": "k"}]
    });
    let (update, _) = Update::from_value(&value);
    let facts: Vec<_> = update.new_facts.iter().map(|f| (f.fact.as_str(), f.confidence)).collect();
    assert_eq!(facts, [("a", Confidence::Low), ("b", Confidence::High)]);
    assert_eq!(update.confirmed_facts, ["f1"]);
    assert_eq!(
        problems(&value),
        [
            "`running_summary`: expected a text, found a number",
            "`new_facts[0].confidence`: expected `high`, `medium` or `low`; taken as `low`",
            "`new_facts[0].quote`: expected a text, found a number",
            "`new_facts[1].fact`: expected a text, found a number",
            "`new_facts[2]`: expected a fact: a text or an object, found a number",
            "`new_facts[3].fact`: it is missing",
            "`new_facts[4]`: it says nothing",
            "`new_facts[5]`: it says nothing",
            "`retired_facts`: expected a list, found a number",
            "`confirmed_facts[0]`: expected an id, found null",
            "`updated_preferences[0].value`: it is missing",
        ]
    );
    assert_eq!(problems(&json!([1])), ["`update`: expected an object, found a list"]);
}

#[test]
fn ten_thousand_items_are_bounded() {
    let facts: Vec<String> = (0..10_000).map(|n| format!("fact {n}")).collect();
    let (update, problems) = Update::from_value(&json!({"new_facts": facts, "new_decision": "x"}));
    assert_eq!((update.new_facts.len(), problems.len()), (50, 1));
    assert_eq!(problems[0].to_string(), "`new_facts`: only the first 50 of 10000 entries are read");
    let nothing = json!({"new_facts": vec![json!(1); 10_000], "retired_facts": vec![json!(1); 10_000], "new_decisions": vec![json!(1); 10_000]});
    assert!(Update::from_value(&nothing).1.len() <= 100);
}

proptest! {
    #[test]
    fn any_value_is_read_without_a_panic(value in arbitrary::value(), name in "new_facts|updated_preferences|new_decision|updated_facts|retired_facts") {
        let (alone, _) = Update::from_value(&value);
        prop_assert!(alone.new_facts.len() <= 50);
        let (update, _) = Update::from_value(&json!({ name: [value.clone(), value] }));
        prop_assert!(update.new_facts.len() <= 2);
    }

    #[test]
    fn what_is_written_is_read_again(update in arbitrary::update()) {
        let (once, _) = Update::from_value(&update.to_value());
        prop_assert_eq!(Update::from_value(&once.to_value()), (once, vec![]));
    }
}
