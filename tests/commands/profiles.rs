//! `users`, `show`, `remember`.

use serde_json::Value;

use super::World;
use crate::support::acquaint::{mode, prints, ran, says};

#[test]
fn nobody_yet_is_no_failure() {
    let world = World::new();
    assert_eq!(world.run(&["users"]), says(0, "nobody yet; `acquaint chat --user ID` begins\n"));
    assert_eq!(world.run(&["users", "--quiet"]), prints(""));
    assert_eq!(world.run(&["users", "--json"]), prints("[]\n"));
}

#[test]
fn what_is_remembered_is_shown_with_its_id() {
    let world = World::new();
    let fact = world.run(&["remember", "ann", "lives", "in", "Porto"]);
    assert_eq!(fact, prints("  + fact f1: lives in Porto\n"));
    let preference = world.run(&["remember", "ann", "--preference", "language", "Portuguese"]);
    assert_eq!(preference, prints("  + preference language: Portuguese\n"));
    let decision = world.run(&["remember", "ann", "--decision", "pricing", "usage-based"]);
    assert_eq!(decision, prints("  + decision d1: pricing: usage-based\n"));
    assert_eq!(
        world.run(&["show", "ann"]),
        prints(
            "ann  0 sessions, revision 3\n\
             \n\
             facts\n  f1  lives in Porto  (pinned, DATE)\n\
             \n\
             preferences\n  language: Portuguese  (pinned, DATE)\n\
             \n\
             decisions\n  d1  pricing: usage-based  (pinned, DATE)\n\
             \n\
             kept in memory/ann.json\n"
        )
    );
    assert_eq!(mode(&world.path("memory/ann.json")), 0o600);
}

#[test]
fn the_document_is_printed_byte_for_byte_and_the_prompt_whole() {
    let world = World::new();
    world.put("memory/ann.json", r#"{ "key_facts": ["Uses Rust"],   "mood": 7 }"#);
    let shown = world.raw(&["show", "ann", "--json"], b"").stdout;
    assert_eq!(shown, br#"{ "key_facts": ["Uses Rust"],   "mood": 7 }"#);
    let prompt = world.run(&["show", "ann", "--prompt"]);
    assert!(prompt.out.ends_with("Facts:\n- Uses Rust\n</memory>\n"), "{prompt:?}");
    let json: Value =
        serde_json::from_str(&world.run(&["show", "ann", "--prompt", "--json"]).out).unwrap();
    assert_eq!(json["prompt"].as_str().unwrap(), prompt.out.strip_suffix('\n').unwrap());
}

#[test]
fn what_the_model_is_not_told_is_shown_with_the_reason() {
    let world = World::new().with("ACQUAINT_MEMORY_TOKENS", "100");
    world.put(
        "memory/ann.json",
        r#"{"running_summary": "Writes firmware.", "key_facts": [
            {"id": "f1", "fact": "Owns a boat", "confidence": "low"},
            {"id": "f2", "fact": "Works from the attic of an old mill by the river, mostly at night", "confidence": "medium"}
        ], "preferences": {"tone": "brief\u001b[2J"}}"#,
    );
    assert_eq!(
        world.run(&["show", "ann"]),
        prints(
            "ann  0 sessions, revision 0\n\
             \n\
             Writes firmware.\n\
             \n\
             facts\n\
             \x20 f1  Owns a boat  (low)\n\
             \x20 f2  Works from the attic of an old mill by the river, mostly at night  (medium)\n\
             \n\
             preferences\n  tone: brief\\u001b[2J  (pinned)\n\
             \n\
             not told to the model\n\
             \x20 f1  low: nobody was heard saying it\n\
             \x20 f2  no room left in 100 tokens (`ACQUAINT_MEMORY_TOKENS`)\n\
             \n\
             kept in memory/ann.json\n"
        )
    );
}

#[test]
fn an_eviction_that_remembering_causes_is_told() {
    let world = World::new().with("ACQUAINT_MAX_FACTS", "1");
    world.put("memory/ann.json", r#"{"key_facts": [{"id": "f1", "fact": "Owns a boat", "confidence": "medium", "pinned": false}]}"#);
    assert_eq!(
        world.run(&["remember", "ann", "lives in Porto"]),
        prints(
            "  + fact f2: lives in Porto\n  - fact f1: Owns a boat (medium) (evicted: 1 fact is kept)\n"
        )
    );
    let refused = world.run(&["remember", "ann", "plays the cello"]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{refused:?}");
}

#[test]
fn someone_with_a_pending_session_only_is_known_but_nothing_is_known_about_them() {
    let world = World::new();
    world.pending("ann", &["I live in Porto"]);
    let told = "1 pending session; `acquaint extract ann` learns from what was said there\n";
    let shown = world.run(&["show", "ann"]);
    assert_eq!(shown, ran(0, "ann  0 sessions, revision 0\nnothing is known yet\n", told));
    let json: Value = serde_json::from_str(&world.run(&["users", "--json"]).out).unwrap();
    assert_eq!((&json[0]["user"], &json[0]["pending"]), (&"ann".into(), &1.into()));
    let document: Value = serde_json::from_str(&world.run(&["show", "ann", "--json"]).out).unwrap();
    assert_eq!(document["user_id"], "ann");
}

#[test]
fn what_a_command_changed_is_also_to_be_had_as_json() {
    let world = World::new();
    let json =
        |arguments: &[&str]| -> Value { serde_json::from_str(&world.run(arguments).out).unwrap() };
    let remembered = json(&["remember", "ann", "lives in Porto", "--json"]);
    assert_eq!(remembered["revision"], 1);
    assert_eq!(remembered.pointer("/changes/0/item/fact/id").unwrap(), "f1");
    let undone = json(&["undo", "ann", "--json"]);
    assert_eq!((&undone["to"], &undone["revision"]), (&0.into(), &2.into()));
    json(&["undo", "ann", "--json"]);
    json(&["undo", "ann", "--to", "1", "--json"]);
    let why = json(&["why", "ann", "f1", "--json"]);
    assert_eq!((&why["current"], &why["changes"][0]["at"]), (&true.into(), &"TIME".into()));
    let forgotten = json(&["forget", "ann", "f1", "--json"]);
    assert_eq!(forgotten.pointer("/forgotten/0/fact/fact").unwrap(), "lives in Porto");
}
