//! `extract`.

use serde_json::Value;

use super::World;
use crate::support::acquaint::{prints, ran, says};

#[test]
fn with_nothing_pending_there_is_nothing_to_do() {
    let world = World::new();
    assert_eq!(world.run(&["extract"]), says(0, "nothing is pending\n"));
    assert_eq!(world.run(&["extract", "--json"]), prints("[]\n"));
}

#[test]
fn what_is_pending_is_learned_once_for_everyone() {
    let world = World::new();
    world.pending("ann", &["I live in Porto."]);
    world.pending("bob", &["I play the cello."]);
    assert_eq!(
        world.run(&["extract"]),
        prints(
            "ann  session SESSION\n\
             \x20 + fact f1: Lives in Porto\n\
             \x20 ~ summary: The user lives in Porto.\n\
             bob  session SESSION\n\
             \x20 + fact f1: Plays the cello\n\
             \x20 ~ summary: Known: plays the cello.\n"
        )
    );
    assert_eq!(world.run(&["extract"]), says(0, "nothing is pending\n"));
    world.pending("bob", &["thanks"]);
    assert_eq!(world.run(&["extract", "bob"]), prints("bob  session SESSION: nothing new\n"));
}

#[test]
fn without_a_provider_the_rules_take_over_and_say_so() {
    let world = World::new().with("ACQUAINT_PROVIDER", "");
    world.pending("ann", &["I live in Porto."]);
    let extracted = world.run(&["extract", "ann"]);
    assert!(extracted.err.starts_with("no `ANTHROPIC_API_KEY` is set"), "{extracted:?}");
    assert_eq!((extracted.err.lines().count(), extracted.status), (1, 0));
}

#[test]
fn without_credentials_it_stops_at_the_first_and_all_stay_pending() {
    let world = World::new().with("ACQUAINT_PROVIDER", "anthropic");
    world.pending("ann", &["I live in Porto."]);
    world.pending("bob", &["I play the cello."]);
    let told = "error: no credentials: `ANTHROPIC_API_KEY` is not set\n\
                hint: set the variable in the environment or in `.env`, or use `--provider offline`, which needs none\n\
                2 sessions still pending; `acquaint extract` tries again\n";
    assert_eq!(world.run(&["extract"]), ran(3, "ann  session SESSION: failed\n", told));
    let json = world.run(&["extract", "--json"]);
    let told: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(told.as_array().unwrap().len(), 1, "{json:?}");
    assert_eq!((&told[0]["user"], json.status), (&"ann".into(), 3));
}

#[test]
fn one_damaged_profile_does_not_keep_the_others_waiting() {
    let world = World::new();
    world.session("ann", &["I live in Porto."]);
    world.pending("ann", &["I play the cello."]);
    world.pending("bob", &["I play the cello."]);
    world.put("memory/ann.json", "{");
    let extracted = world.run(&["extract"]);
    assert_eq!(extracted.status, 3);
    assert!(
        extracted.out.contains("ann  session SESSION: failed\nbob  session SESSION\n"),
        "{extracted:?}"
    );
    assert!(
        extracted.err.contains("hint: `acquaint undo ann --to 1` brings revision 1 back"),
        "{extracted:?}"
    );
    assert_eq!(world.run(&["undo", "ann"]).status, 0);
    assert_eq!(world.run(&["extract"]).status, 0);
}

#[test]
fn a_session_that_is_open_elsewhere_is_named_and_left_alone() {
    let world = World::new();
    let open = world.open("ann", &["I live in Porto."]);
    let told = "session SESSION of ann is open elsewhere: skipped\nnothing is pending\n";
    assert_eq!(world.run(&["extract"]), says(0, told));
    drop(open);
    assert_eq!(world.run(&["extract"]).status, 0);
}
