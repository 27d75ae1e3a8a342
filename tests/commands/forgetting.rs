//! `forget`, `erase`.

use serde_json::Value;

use super::World;
use crate::support::acquaint::{prints, ran, says};

const GONE: &str =
    "gone from the profile, its history and the turns that are kept; not learned again\n";

#[test]
fn a_forgotten_item_is_nowhere_and_cannot_be_remembered_again() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.run(&["remember", "ann", "plays the cello"]);
    let forgotten = world.run(&["forget", "ann", "f1", "f1"]);
    assert_eq!(forgotten, ran(0, "  - fact f1: lives in Porto\n", GONE));
    assert!(!world.read("memory/ann/history.jsonl").contains("Porto"));
    let again = world.run(&["remember", "ann", "Lives in PORTO"]);
    assert_eq!((again.status, again.out.as_str()), (2, ""), "{again:?}");
    assert!(
        world.run(&["show", "ann"]).out.contains("1 forgotten value, never to be learned again")
    );
}

#[test]
fn what_matches_goes_only_after_a_yes() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.run(&["remember", "ann", "--preference", "city", "Porto"]);
    let list = "  - fact f1: lives in Porto\n  - preference city: Porto\n";
    let refused = "error: forgetting whatever matches needs a yes, and there is no terminal to ask on\nhint: add `--yes` when you are sure\n";
    let asked = world.run_with(&["forget", "ann", "--matching", "porto"], b"y\n");
    assert_eq!(asked, says(2, &format!("{list}{refused}")));
    let sure = world.run(&["forget", "ann", "--matching", "porto", "--yes"]);
    assert_eq!(sure, ran(0, list, GONE));
}

#[test]
fn a_damaged_file_that_may_still_hold_it_is_named() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let good = world.read("memory/ann.json");
    world.put("memory/ann.json", "{ \"key_facts\": [\"lives in Porto\" ");
    world.run(&["users"]);
    world.put("memory/ann.json", good);
    let told = "`memory/ann.json.damaged-TIME` was set aside as damaged and may still hold it: delete it\n";
    let forgotten = world.run(&["forget", "ann", "f1"]);
    assert_eq!(forgotten, ran(0, "  - fact f1: lives in Porto\n", &format!("{GONE}{told}")));
}

#[test]
fn erasing_says_what_will_go_and_gives_a_receipt() {
    let world = World::new();
    world.session("ann", &["I live in Porto."]);
    world.run(&["remember", "bob", "plays the cello"]);
    let asked = world.run(&["erase", "ann"]);
    assert_eq!((asked.status, asked.out.as_str()), (2, ""));
    assert!(asked.err.contains("  memory/ann/sessions/SESSION.jsonl  "), "{asked:?}");
    let receipt = world.run(&["erase", "ann", "--yes"]);
    let lines: Vec<&str> = receipt.out.lines().collect();
    let places: Vec<&str> =
        lines[1..4].iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(lines[0], "erased ann on DATE TIME");
    assert_eq!(
        places,
        ["memory/ann.json", "memory/ann/history.jsonl", "memory/ann/sessions/SESSION.jsonl"]
    );
    assert_eq!(lines[4..], ["0 left"]);
    assert_eq!((receipt.err.as_str(), receipt.status), ("", 0));
    assert_eq!(world.files("memory"), [".locks", "bob", "bob.json"]);
}

#[test]
fn a_receipt_is_also_to_be_had_as_json() {
    let world = World::new();
    world.put("memory/ann.json", "{}\n");
    let receipt: Value =
        serde_json::from_str(&world.run(&["erase", "ann", "--yes", "--json"]).out).unwrap();
    let wanted = serde_json::json!({
        "user": "ann", "at": "TIME", "deleted": [{ "place": "memory/ann.json", "bytes": 3 }], "left": 0
    });
    assert_eq!(receipt, wanted);
}

#[test]
fn whoever_is_in_the_middle_of_a_session_is_not_erased() {
    let world = World::new();
    let open = world.open("ann", &["I live in Porto."]);
    let told = "error: session `SESSION` is open in another process\nhint: end it there first\n";
    assert_eq!(world.run(&["erase", "ann", "--yes"]), says(1, told));
    drop(open);
    assert_eq!(world.run(&["erase", "ann", "--yes"]).status, 0);
    assert_eq!(world.run(&["users", "--quiet"]), prints(""));
}
