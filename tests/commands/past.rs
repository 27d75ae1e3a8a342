//! `why`, `history`, `undo`, `sessions`, `transcript`.

use serde_json::Value;

use super::World;
use crate::support::acquaint::{prints, ran};

#[test]
fn an_item_tells_its_words_its_turn_and_its_changes() {
    let world = World::new();
    world.session("ann", &["Hello! I live in Porto."]);
    assert_eq!(
        world.run(&["why", "ann", "f1"]),
        prints(
            "fact f1: Lives in Porto\n\
             \x20 high: the user said it\n\
             \x20 learned DATE TIME in session SESSION\n\
             \x20 in their words: I live in Porto\n\
             \x20 said DATE TIME: Hello! I live in Porto.\n\
             \n\
             changes\n\
             revision 1  DATE TIME  extraction, session SESSION\n\
             \x20 + fact f1: Lives in Porto\n"
        )
    );
}

#[test]
fn an_item_that_is_gone_can_still_be_explained() {
    let world = World::new().with("ACQUAINT_MAX_FACTS", "1");
    world.put(
        "memory/ann.json",
        r#"{"key_facts": [{"id": "f1", "fact": "Owns a boat", "confidence": "low"}]}"#,
    );
    world.run(&["remember", "ann", "plays the cello"]);
    assert_eq!(
        world.run(&["why", "ann", "f1"]),
        prints(
            "fact f1: Owns a boat (low: nobody was heard saying it)\n\
             \x20 low: nobody was heard saying it; the model is not told\n\
             \x20 no longer in the profile\n\
             \n\
             changes\n\
             revision 0  DATE TIME  by hand\n\
             \x20 + fact f1: Owns a boat (low: nobody was heard saying it)\n\
             revision 1  DATE TIME  remember\n\
             \x20 - fact f1: Owns a boat (low: nobody was heard saying it) (evicted: 1 fact is kept)\n"
        )
    );
}

#[test]
fn the_history_is_told_newest_first() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.session("ann", &["I play the cello."]);
    world.run(&["undo", "ann"]);
    assert_eq!(
        world.run(&["history", "ann"]),
        prints(
            "       3  DATE TIME  undo to 1                             -1 ~1\n\
             \x20      2  DATE TIME  extraction  SESSION  +1 ~1\n\
             \x20      1  DATE TIME  remember                              +1\n"
        )
    );
    assert_eq!(
        world.run(&["history", "ann", "--diff"]),
        prints(
            "revision 3  DATE TIME  undo to 1\n\
             \x20 - fact f2: Plays the cello\n\
             \x20 ~ summary removed\n\
             revision 2  DATE TIME  extraction  SESSION\n\
             \x20 + fact f2: Plays the cello\n\
             \x20 ~ summary: Known: plays the cello; lives in Porto.\n\
             revision 1  DATE TIME  remember\n\
             \x20 + fact f1: lives in Porto\n"
        )
    );
    let json: Value = serde_json::from_str(&world.run(&["history", "ann", "--json"]).out).unwrap();
    let revisions = json.as_array().unwrap().iter().map(|entry| &entry["revision"]);
    assert_eq!(revisions.collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!((&json[0]["to"], &json[1]["at"]), (&1.into(), &"TIME".into()));
}

#[test]
fn undo_says_from_where_to_where() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.run(&["remember", "ann", "plays the cello"]);
    let undone = world.run(&["undo", "ann"]);
    assert_eq!(
        undone,
        prints("back from revision 2 to 1, as revision 3\n  - fact f2: plays the cello\n")
    );
    let redone = world.run(&["undo", "ann", "--to", "2"]);
    assert_eq!(
        redone,
        prints("back from revision 3 to 2, as revision 4\n  + fact f2: plays the cello\n")
    );
    let same = world.run(&["undo", "ann", "--to", "4"]);
    assert_eq!(same, ran(0, "back from revision 4 to 4, as revision 5\n", "they do not differ\n"));
}

#[test]
fn sessions_and_what_was_said_in_them() {
    let world = World::new();
    let session = world.session("ann", &["Hello!\nI live in Porto."]);
    let listed = world.run(&["sessions", "ann"]);
    assert_eq!(listed, prints("SESSION  DATE TIME      2  extracted         1\n"));
    let said = world.run(&["transcript", "ann", &session]);
    assert!(
        said.out.starts_with("user  DATE TIME\nHello!\nI live in Porto.\n\nassistant  DATE TIME\n"),
        "{said:?}"
    );
    let json: Value =
        serde_json::from_str(&world.run(&["transcript", "ann", &session, "--json"]).out).unwrap();
    assert_eq!(json["session"], "SESSION");
    let first =
        serde_json::json!({ "at": "TIME", "role": "user", "content": "Hello!\nI live in Porto." });
    assert_eq!(json["turns"][0], first);
}

#[test]
fn a_session_whose_turns_are_gone_is_past_and_not_unknown() {
    let world = World::new();
    let session = world.session("ann", &["I live in Porto."]);
    std::fs::remove_dir_all(world.path("memory/ann/sessions")).unwrap();
    assert_eq!(
        world.run(&["sessions", "ann"]),
        prints("SESSION  DATE TIME      0  past          1\n")
    );
    let told = "its turns are no longer kept (`ACQUAINT_KEEP_DAYS`); `acquaint history ann --diff` shows what was learned\n";
    assert_eq!(world.run(&["transcript", "ann", &session]), ran(0, "", told));
    assert!(
        world
            .run(&["why", "ann", "f1"])
            .out
            .contains("  the turn that was quoted is no longer kept\n")
    );
}
