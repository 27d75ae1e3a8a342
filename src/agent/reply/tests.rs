use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

const UPDATE: &str = r#"{"running_summary": "Ana, a nurse. 👩🏽‍⚕️", "new_facts": [{"fact": "Lives in Porto", "confidence": "high", "quote": "I live in \"Porto\""}, {"fact": "Keeps {bees} 🐝", "confidence": "medium", "quote": "my bees, [all] of them"}], "confirmed_facts": ["f1", "f2"], "updated_preferences": [{"key": "drink", "value": null, "quote": "no tea"}], "new_decisions": [{"topic": "pricing", "decision": "usage-based", "quote": "usage-based it is"}]}"#;

fn update() -> Value {
    serde_json::from_str(UPDATE).unwrap()
}

fn summary(text: &str) -> Value {
    json!({ "running_summary": text })
}

#[test]
fn an_update_is_found_whatever_is_around_it() {
    for reply in [
        UPDATE.to_owned(),
        format!("\u{feff}{UPDATE}"),
        format!("```json\n{UPDATE}\n```"),
        format!("```\n{UPDATE}"),
        format!("Here's the update, use {{x}} or [y]:\n\n{UPDATE}\n\nThat's {{all}} of it."),
        format!("A stray {{ here, isn't it \"odd\n```json\n{UPDATE}\n```"),
        format!("A stray {{ here, isn't it \"odd: {UPDATE}"),
        format!("<think>perhaps {{\"running_summary\": \"draft\"}}</think>{UPDATE}"),
        format!("perhaps {UPDATE} hm</think>\n{UPDATE}"),
        format!("[{UPDATE}]"),
        format!("{{\"update\": {UPDATE}}}"),
        format!("{{\"thoughts\": \"none\", \"result\": [{UPDATE}]}}"),
        serde_json::to_string(UPDATE).unwrap(),
        format!("{{\"running_summary\": \"draft\", \"new_facts\": []}}\n{UPDATE}"),
        format!("{UPDATE}\n{{\"running_summary\": \"an afterthought\"}}"),
    ] {
        assert_eq!(parse(&reply, true).as_ref(), Ok(&update()), "{reply}");
    }
}

#[test]
fn broken_json_is_repaired() {
    for (reply, expected) in [
        (
            "{'running_summary': 'It\\'s Ana', 'new_facts': [], 'x': True, 'y': None}",
            json!({"running_summary": "It's Ana", "new_facts": [], "x": true, "y": null}),
        ),
        ("{'running_summary': \"It's Ana\"}", json!({"running_summary": "It's Ana"})),
        (
            "{\"running_summary\": \"Ana\", \"confirmed_facts\": [\"f1\",],}",
            json!({"running_summary": "Ana", "confirmed_facts": ["f1"]}),
        ),
        ("{\n// it's short {\n\"running_summary\": \"Ana\" /* } */}", summary("Ana")),
        ("{“running_summary”: “It’s Ana”}", summary("It’s Ana")),
        ("{running_summary: \"see https://x.org\"}", summary("see https://x.org")),
        (
            "{\"running_summary\": \"Ana\" \"confirmed_facts\": [\"f1\" \"f2\"]}",
            json!({"running_summary": "Ana", "confirmed_facts": ["f1", "f2"]}),
        ),
        ("{\"running_summary\": \"two\nlines\"}", summary("two\nlines")),
        (
            "{\"new_facts\": [{\"fact\": \"a\", \"quote\": \"a\"}, \"running_summary\": \"Ana\"}",
            json!({"new_facts": [{"fact": "a", "quote": "a"}]}),
        ),
        ("{\"running_summary\": \"old\", \"running_summary\": \"new\"}", summary("new")),
        ("{\"running_summary\": \"🐝 \\ud83d\\udc1d\",}", summary("🐝 🐝")),
    ] {
        assert_eq!(parse(reply, true), Ok(expected), "{reply}");
    }
}

#[test]
fn of_two_equals_the_last_is_taken() {
    let reply = "First {\"running_summary\": \"a\"}, no: {'running_summary': 'b'}";
    assert_eq!(parse(reply, true), Ok(summary("b")));
}

#[test]
fn what_is_no_update_is_an_error() {
    for reply in [
        "I cannot do that.",
        "use {x}",
        "{\"error\": \"overloaded\"}",
        "<html><body>502 {}</body></html>",
        "[]",
        "null",
        "{\"quote\": \"{\\\"running_summary\\\": \\\"x\\\"}\"}",
        "I found nothing: {}",
        "{\"running_summary\": \"cut in the",
    ] {
        let outcome = parse(reply, true);
        assert!(matches!(outcome, Err(NoJson::NoUpdate { .. })), "{reply}: {outcome:?}");
    }
    for reply in ["", " \n", "\u{feff}", "<think>{\"running_summary\": \"draft\"}"] {
        assert_eq!(parse(reply, true), Err(NoJson::Empty), "{reply}");
    }
    let error = parse("<p>Bad   gateway</p>", true).unwrap_err();
    assert_eq!(error.to_string(), "the reply holds no update; it begins `<p>Bad gateway</p>`");
}

#[test]
fn an_empty_object_alone_is_an_update_that_changes_nothing() {
    for reply in ["{}", "```json\n{ }\n```", "<think>nothing</think>\n{}"] {
        assert_eq!(parse(reply, true), Ok(json!({})), "{reply}");
    }
}

#[test]
fn tags_within_a_string_are_no_draft() {
    let reply = r#"Sure: {"running_summary": "writes <think> and </think> tags"}"#;
    assert_eq!(parse(reply, true), Ok(summary("writes <think> and </think> tags")));
}

/// The items of an update, each whole, by member.
fn items(update: &Value) -> Vec<(String, Value)> {
    let members = update.as_object().unwrap().iter();
    let each = |(name, value): (&String, &Value)| match value {
        Value::Array(values) => values.iter().map(|v| (name.clone(), v.clone())).collect(),
        Value::Object(map) if name == "updated_preferences" => {
            map.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
        }
        value => vec![(name.clone(), value.clone())],
    };
    members.flat_map(each).collect::<Vec<_>>()
}

/// Cuts a reply at every byte: what is found is a beginning of what was there, and grows.
fn cut_everywhere(before: &str, reply: &str, after: &str) {
    let everything = items(&parse(reply, true).unwrap());
    let mut found = 0;
    for end in (0..=reply.len()).filter(|&end| reply.is_char_boundary(end)) {
        let text = format!("{before}{}", &reply[..end]);
        for whole in [false, true] {
            let Ok(update) = parse(&text, whole) else {
                assert_eq!(found, 0, "lost at {end}");
                continue;
            };
            let items = items(&update);
            assert!(everything.starts_with(&items), "{end}: {items:?}");
            assert!(items.len() >= found, "lost an item at {end}");
            found = items.len();
        }
    }
    assert_eq!(found, everything.len());
    let text = format!("{before}{reply}{after}");
    assert_eq!(items(&parse(&text, false).unwrap()), everything);
}

#[test]
fn a_cut_off_reply_gives_every_complete_item_and_no_half_one() {
    cut_everywhere("", UPDATE, "");
    cut_everywhere("Here {is} it:\n```json\n", UPDATE, "\n``` That was");
    cut_everywhere("<think>a {draft</think>", UPDATE, "");
    cut_everywhere("", &UPDATE.replace(", ", ",\n\t"), "");
}

#[test]
fn a_cut_off_reply_in_the_tutorials_form_gives_its_complete_items() {
    let reply = r#"{"running_summary": "Ana", "new_facts": ["a, b", "c"], "updated_preferences": {"theme": "dark", "size": 12, "nested": {"a": 1, "b": 2}}, "new_decision": {"topic": "a", "decision": "b"}}"#;
    cut_everywhere("", reply, "");
    cut_everywhere("", &reply.replace('"', "'"), "");
}

#[test]
fn a_cut_off_wrapper_gives_its_complete_items() {
    for wrapper in ["[", "{\"update\": ", "[{\"result\": "] {
        let reply = format!("{wrapper}{}", UPDATE.split_once(", \"confirmed").unwrap().0);
        let found = items(&parse(&reply, false).unwrap());
        assert_eq!(found, items(&update())[..3], "{wrapper}");
        let found = items(&parse(&reply[..reply.len() - 20], false).unwrap());
        assert_eq!(found, items(&update())[..2], "{wrapper}");
    }
}

#[test]
fn huge_and_deep_replies_take_linear_time_and_little_stack() {
    for (unit, repeat) in [
        ("[", 10_000),
        ("{", 10_000),
        ("{\"new_facts\":", 10_000),
        ("{\"new_facts\":[", 10_000),
        ("[}", 10_000),
        ("{]", 10_000),
        ("{'", 10_000),
        ("'   ", 10_000),
        ("{x} ", 10_000),
        ("<think>", 10_000),
        ("</think>", 10_000),
        ("```{", 10_000),
        ("\"", 10_000),
        ("{\"running_summary\":1}", 2_000),
        ("{\"running_summary\":1,}", 1_000),
        ("/*", 10_000),
        ("#{", 10_000),
        ("“", 10_000),
        ("\\", 10_000),
        ("f(", 10_000),
    ] {
        let text = unit.repeat(repeat);
        for text in [
            text.clone(),
            format!("{{\"running_summary\": {text}"),
            format!("{{\"running_summary\": [{text}}}"),
            format!("{{\"running_summary\": \"a\", \"x\": \"b' {text}"),
        ] {
            let began = std::time::Instant::now();
            for whole in [true, false] {
                drop(parse(&text, whole));
            }
            // A quadratic reader would need minutes, a recursive one the whole stack.
            assert!(began.elapsed().as_secs() < 5, "{unit}");
        }
    }
    let too_long = " ".repeat(MAX_BYTES + 1);
    assert!(matches!(parse(&too_long, true), Err(NoJson::TooLong { .. })));
}

#[test]
fn ten_thousand_items_are_read() {
    let item = r#"{"fact": "x", "quote": "y"}"#;
    let reply = format!("{{\"new_facts\": [{}]}}", vec![item; 10_000].join(", "));
    assert_eq!(parse(&reply, true).unwrap()["new_facts"].as_array().unwrap().len(), 10_000);
    let cut = parse(&reply[..reply.len() - 5], true).unwrap();
    assert_eq!(cut["new_facts"].as_array().unwrap().len(), 9_999);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\PC🐝{}\\[\\]\"'<>`/#,: ]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn any_object_of_an_update_survives_its_wrapping(
        members in prop::collection::vec((prop::sample::select(&MEMBERS[..]), any_json()), 1..4),
        (before, after) in prop::sample::select(vec![
            ("", ""),
            ("\u{feff}\n", ""),
            ("```json\n", "\n```"),
            ("```\n", "\n```\nDone."),
            ("Here's it, use {x} and [1]: ", " and {y}, that's it."),
            ("<think>say {\"new_facts\": [\"no\"]}?</think>\n", ""),
            ("[", "]"),
            ("{\"update\": ", "}"),
        ]),
        pretty in any::<bool>(),
        whole in any::<bool>(),
    ) {
        let object: Map<String, Value> = members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let object = Value::from(object);
        let text = if pretty { format!("{object:#}") } else { object.to_string() };
        prop_assert_eq!(parse(&format!("{before}{text}{after}"), whole), Ok(object));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), whole in any::<bool>()) {
        drop(parse(&text, whole));
        drop(parse(&format!("{{\"running_summary\": {text}"), whole));
    }

    #[test]
    fn no_json_like_text_makes_it_panic(
        text in "(\\{|\\}|\\[|\\]|\"|'|“|’|,|:|\\\\|/\\*|#|<think>|</think>|```|new_facts|a| |🐝){0,60}",
        whole in any::<bool>(),
    ) {
        drop(parse(&text, whole));
    }
}
