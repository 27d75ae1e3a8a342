use proptest::prelude::*;
use serde_json::{Value, json};

use super::{arbitrary, learn, parse, said};
use crate::profile::{Profile, SCHEMA};

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn a_saved_profile_is_what_the_schema_says() {
    let validator = validator();
    let mut profile = parse(
        r#"{"key_facts": ["Uses Rust"], "preferences": {"tone": "brief"}, "recent_decisions": ["go"], "x": 1}"#,
    );
    learn(
        &mut profile,
        &said(&["I moved to Porto"]),
        &json!({"new_facts": [{"fact": "Lives in Porto", "quote": "I moved to Porto"}]}),
    );
    profile.forget("f1", super::now());
    let saved: Value = serde_json::from_str(&profile.to_json()).unwrap();
    assert_eq!(validator.validate(&saved).map_err(|e| e.to_string()), Ok(()));
    for wrong in [
        "/key_facts/0/id",
        "/key_facts/0/confidence",
        "/forgotten/0/at",
        "/last_ids/fact",
        "/preferences/tone/pinned",
    ] {
        let mut broken = saved.clone();
        *broken.pointer_mut(wrong).unwrap() = json!("?");
        assert!(!validator.is_valid(&broken), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_saved_profile_is(profile in arbitrary::profile()) {
        let saved: Value = serde_json::from_str(&profile.to_json()).unwrap();
        let schema = validator();
        let result = schema.validate(&saved).map_err(|e| e.to_string());
        prop_assert_eq!(result, Ok(()));
        prop_assert!(schema.is_valid(&serde_json::from_str(&Profile::new("x").to_json()).unwrap()));
    }
}
