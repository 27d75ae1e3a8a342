use proptest::prelude::*;
use serde_json::json;

use super::{arbitrary, at, parse};
use crate::profile::{Confidence, Error, Profile};

#[test]
fn the_tutorial_file_loads_as_it_is() {
    let profile = parse(
        r#"{
          "user_id": "alice",
          "running_summary": "Alice builds a worker.",
          "key_facts": ["Uses Rust", "Lives in Porto"],
          "preferences": {"tone": "brief", "emoji": false, "langs": ["pt", "en"], "editor": {"name": "vim"}},
          "recent_decisions": [{"topic": "pricing", "decision": "usage-based", "date": "2026-11-20"},
                               {"topic": "db", "decision": "Postgres", "date": "last week"}, "go on"],
          "session_count": 3,
          "last_session": "2026-11-20T18:04:05.123456"
        }"#,
    );
    let facts: Vec<_> =
        profile.key_facts.iter().map(|f| (f.id.as_str(), f.fact.as_str(), f.meta.pinned)).collect();
    assert_eq!(facts, [("f1", "Uses Rust", true), ("f2", "Lives in Porto", true)]);
    let values: Vec<_> = profile
        .preferences
        .iter()
        .map(|p| (p.key.as_str(), p.value.clone(), p.meta.pinned))
        .collect();
    assert_eq!(
        values,
        [
            ("tone", json!("brief"), true),
            ("emoji", json!(false), true),
            ("langs", json!(["pt", "en"]), true),
            ("editor", json!({"name": "vim"}), true),
        ]
    );
    let [pricing, db, bare] = profile.recent_decisions.as_slice() else { panic!() };
    assert_eq!(
        (pricing.id.as_str(), pricing.date.unwrap().to_string(), pricing.meta.pinned),
        ("d1", "2026-11-20".to_owned(), false)
    );
    assert_eq!((db.date, &db.other["date_said"]), (None, &json!("last week")));
    assert_eq!(
        (bare.topic.as_str(), bare.decision.as_str(), bare.meta.pinned),
        ("", "go on", true)
    );
    assert_eq!(
        (profile.session_count, profile.last_session),
        (3, Some(at("2026-11-20T18:04:05Z")))
    );
    assert_eq!((profile.last_ids, profile.revision), ((2, 3), 0));
    assert!(profile.key_facts.iter().all(|f| f.meta.confidence == Confidence::High));
}

#[test]
fn a_saved_document_has_one_order_and_ends_in_a_line_break() {
    let json = parse(
        r#"{"zeta": 1, "key_facts": [{"zz": 1, "fact": "x", "aa": 2}], "alpha": {"b": 1, "a": 2}}"#,
    )
    .to_json();
    let saved = r#"{
  "user_id": "alice",
  "running_summary": "",
  "key_facts": [
    {
      "id": "f1",
      "fact": "x",
      "confidence": "high",
      "pinned": true,
      "zz": 1,
      "aa": 2
    }
  ],
  "preferences": {},
  "recent_decisions": [],
  "session_count": 0,
  "last_session": null,
  "schema_version": 1,
  "revision": 0,
  "last_ids": {
    "fact": 1,
    "decision": 0
  },
  "forgotten": [],
  "zeta": 1,
  "alpha": {
    "b": 1,
    "a": 2
  }
}
"#;
    assert_eq!(json, saved);
}

#[test]
fn times_are_read_in_every_common_form_and_kept_to_the_second() {
    for (text, time) in [
        ("2026-11-20T18:04:05Z", "2026-11-20T18:04:05Z"),
        ("2026-11-20T18:04:05.999+02:00", "2026-11-20T16:04:05Z"),
        ("2026-11-20T18:04:05", "2026-11-20T18:04:05Z"),
        ("2026-11-20 18:04:05.5", "2026-11-20T18:04:05Z"),
        ("2026-11-20", "2026-11-20T00:00:00Z"),
    ] {
        let profile = parse(&json!({"last_session": text}).to_string());
        assert_eq!(profile.last_session, Some(at(time)), "{text}");
    }
    assert_eq!(parse(r#"{"last_session": null}"#).last_session, None);
}

#[test]
fn ids_are_given_once() {
    let profile = parse(
        r#"{"key_facts": [{"id": "f7", "fact": "a"}, {"id": "f7", "fact": "b"}, {"fact": "c"}, {"id": "f09", "fact": "d"}, "e"],
            "forgotten": [{"id": "f12", "value": "00", "at": "2026-11-20T18:04:05Z"}],
            "last_ids": {"fact": 3, "decision": 4}}"#,
    );
    let ids: Vec<_> = profile.key_facts.iter().map(|fact| fact.id.as_str()).collect();
    assert_eq!(ids, ["f7", "f13", "f14", "f15", "f16"]);
    assert_eq!(profile.last_ids, (16, 4));
}

#[test]
fn numbers_that_nothing_holds_survive() {
    let text = r#"{"big": 123456789012345678901234567890, "x": [1e400, 0.12345678901234567890], "preferences": {"n": 340282366920938463463374607431768211456}, "u": 18446744073709551615, "s": "1e400"}"#;
    let json = parse(text).to_json();
    for number in [
        "123456789012345678901234567890,",
        "1e400,",
        "0.12345678901234567890\n",
        "340282366920938463463374607431768211456,",
        "18446744073709551615,",
        "\"1e400\"",
    ] {
        assert!(json.contains(number), "{number} in {json}");
    }
    assert_eq!(parse(&json).to_json(), json);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (json, line, column, what) in [
        ("", 1, 1, "the document is empty"),
        ("\u{feff} \n", 1, 1, "the document is empty"),
        ("[]", 1, 1, "expected a profile: an object"),
        ("{\n  \"key_facts\": {}\n}", 2, 16, "expected a list of facts"),
        (
            "{\n \"é\": 1, \"key_facts\": [\"a\",\n  \"ü\", 7]}",
            3,
            8,
            "expected a fact: a text, or an object with `fact`",
        ),
        (
            "{\"key_facts\": [{\"id\": \"f1\"}]}",
            1,
            16,
            "expected a fact: this object has no `fact`",
        ),
        (
            "{\"key_facts\": [{\"fact\": \"a\", \"learned\": \"soon\"}]}",
            1,
            41,
            "expected a time such as `2026-11-21T09:14:05Z`",
        ),
        (
            "{\"key_facts\": [{\"fact\": \"a\", \"confidence\": \"sure\"}]}",
            1,
            44,
            "expected `high`, `medium` or `low`",
        ),
        ("{\"preferences\": []}", 1, 17, "expected preferences: an object of values"),
        ("{\"session_count\": -1}", 1, 19, "expected a whole number from 0"),
        ("{\"running_summary\": 5}", 1, 21, "expected the summary: a text"),
        ("{\"schema_version\": \"1\"}", 1, 20, "expected the schema version: a whole number"),
        ("{\n\"a\": 1,\n\"a\": 2}", 3, 3, "the member `a` is there twice"),
        ("{\"x\": {\"b\": 1, \"b\": 2}}", 1, 18, "the member `b` is there twice"),
        ("{\"a\": 1", 1, 7, "the document ends too early"),
        ("{\"a\": 1,}", 1, 9, "expected the name of a member, in double quotes"),
        ("{\"x\": \"\\ud800\"}", 1, 14, "unexpected end of hex escape"),
    ] {
        let Error::Damaged { line: l, column: c, what: w } =
            Profile::parse(json.as_bytes(), "alice").unwrap_err()
        else {
            panic!("{json}")
        };
        assert_eq!((w.as_str(), l, c), (what, line, column), "{json}");
    }
}

#[test]
fn bytes_that_are_no_text_are_damage_and_not_a_panic() {
    for bytes in
        [&b"\0\0\0\0"[..], b"{\"a\": \"\0\"}", b"{\n\"a\": \"\xff\"}", b"\xff\xfe{\0}\0", b"{} {}"]
    {
        assert!(matches!(Profile::parse(bytes, "alice"), Err(Error::Damaged { .. })), "{bytes:?}");
    }
    let Error::Damaged { line, column, .. } =
        Profile::parse(b"{\n\"a\": \"\xff\"}", "a").unwrap_err()
    else {
        panic!()
    };
    assert_eq!((line, column), (2, 7));
    for open in ["[", "{\"a\":"] {
        let bomb = format!("{{\"x\": {}", open.repeat(200_000));
        assert!(Profile::parse(bomb.as_bytes(), "alice").is_err());
    }
    let deep = format!("{{\"x\": {}1{}}}", "[".repeat(65), "]".repeat(65));
    let error = Profile::parse(deep.as_bytes(), "alice").unwrap_err();
    assert!(error.to_string().ends_with("nested more than 64 deep"), "{error}");
}

#[test]
fn a_newer_document_is_told_apart_before_its_form_matters() {
    for (json, found) in [
        (r#"{"key_facts": 7, "schema_version": 2}"#, 2),
        (r#"{"schema_version": 99999999999999999999999}"#, u64::MAX),
    ] {
        assert_eq!(Profile::parse(json.as_bytes(), "alice"), Err(Error::Newer { found }));
    }
    assert!(Profile::parse(br#"{"schema_version": 1}"#, "alice").is_ok());
}

#[test]
fn the_argument_says_whom_it_is_about() {
    let profile = Profile::parse("\u{feff}{\"user_id\": \"bob\"}".as_bytes(), "alice").unwrap();
    assert_eq!(profile, Profile::new("alice"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_saved_is_read_again(profile in arbitrary::profile()) {
        let json = profile.to_json();
        let again = Profile::parse(json.as_bytes(), "alice").unwrap();
        prop_assert_eq!(&again, &profile);
        prop_assert_eq!(again.to_json(), json);
    }

    #[test]
    fn reading_what_was_damaged_never_panics(profile in arbitrary::profile(), at in any::<prop::sample::Index>(), with in prop::option::of("[\\[\\]{}\",:0n]")) {
        let mut json: Vec<char> = profile.to_json().chars().collect();
        let at = at.index(json.len());
        json.splice(at..=at, with.iter().flat_map(|s| s.chars()));
        let json: String = json.into_iter().collect();
        if let Ok(read) = Profile::parse(json.as_bytes(), "alice") {
            prop_assert_eq!(Profile::parse(read.to_json().as_bytes(), "alice").unwrap(), read);
        }
    }
}
