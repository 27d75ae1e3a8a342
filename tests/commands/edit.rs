//! `edit`.

use super::World;
use crate::support::acquaint::{Ran, mode, prints, ran, says};

/// Edits with a shell script, which finds the document as `$1`.
fn edit(world: World, user: &str, script: &str) -> (World, Ran) {
    world.put("editor", format!("#!/bin/sh\nset -e\n{script}\n"));
    let world = world.with("EDITOR", "sh editor");
    let ran = world.run(&["edit", user]);
    (world, ran)
}

fn ann() -> World {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world
}

#[test]
fn what_was_changed_is_saved_as_a_new_revision_and_told() {
    let (world, edited) =
        edit(ann(), "ann", "sed -i s/Porto/Faro/ \"$1\"; stat -c %a \"$1\" > seen");
    assert_eq!(edited, prints("  ~ fact f1: lives in Faro (was: lives in Porto)\n"));
    assert_eq!(world.read("seen"), "600\n");
    assert!(world.run(&["history", "ann"]).out.contains("2  DATE TIME  edit"));
    assert_eq!(world.files("tmp"), Vec::<String>::new());
    assert_eq!(mode(&world.path("memory/ann.json")), 0o600);
}

#[test]
fn what_was_not_changed_makes_no_revision() {
    let (world, edited) = edit(ann(), "ann", "echo >> \"$1\"");
    assert_eq!(edited, says(0, "nothing changed\n"));
    assert_eq!(world.run(&["history", "ann"]).out.lines().count(), 1);
    assert_eq!(world.files("tmp"), Vec::<String>::new());
}

#[test]
fn somebody_new_begins_with_an_empty_document() {
    let script = "sed -i 's/\"key_facts\": \\[\\]/\"key_facts\": [\"Plays the cello\"]/' \"$1\"";
    let (world, edited) = edit(World::new(), "bob", script);
    assert_eq!(edited, prints("  + fact f1: Plays the cello\n"));
    assert!(world.run(&["show", "bob"]).out.contains("f1  Plays the cello  (pinned"));
}

#[test]
fn broken_json_is_told_with_its_place_and_what_was_typed_is_kept() {
    let (world, edited) = edit(ann(), "ann", "printf '{\\n  \"key_facts\": [,]\\n}\\n' > \"$1\"");
    let told = "error: cannot read the profile `the edited document`: line 2, column 17: expected value\n\
                hint: nothing was saved; what you wrote is in `HERE/tmp/acquaint-RANDOM/profile.json`\n";
    assert_eq!(edited, says(2, told));
    let kept = format!("tmp/{}/profile.json", world.files("tmp")[0]);
    assert_eq!(world.read(&kept), "{\n  \"key_facts\": [,]\n}\n");
    assert_eq!(mode(&world.path(&kept)), 0o600);
    assert_eq!(world.run(&["history", "ann"]).out.lines().count(), 1);
}

#[test]
fn a_change_made_meanwhile_is_not_overwritten() {
    let world = ann().with("ACQUAINT", env!("CARGO_BIN_EXE_acquaint"));
    let script = "$ACQUAINT remember ann plays the cello; sed -i s/Porto/Faro/ \"$1\"";
    let (world, edited) = edit(world, "ann", script);
    let told = "error: the profile moved from revision 1 to 2 meanwhile\n\
                hint: look at the newer profile and make the change again\n\
                hint: nothing was saved; what you wrote is in `HERE/tmp/acquaint-RANDOM/profile.json`\n";
    assert_eq!(edited, ran(1, "  + fact f2: plays the cello\n", told));
    assert!(world.read("memory/ann.json").contains("lives in Porto"));
}

#[test]
fn an_editor_that_is_missing_or_fails_changes_nothing() {
    let world = ann().with("VISUAL", "no-such-editor --wait");
    let missing = world.run(&["edit", "ann"]);
    assert!(
        missing.err.ends_with(
            "error: there is no editor `no-such-editor --wait`\nhint: name one in `VISUAL` or `EDITOR`\n"
        ),
        "{missing:?}"
    );
    assert_eq!(missing.status, 1);
    let (world, failed) = edit(ann(), "ann", "exit 3");
    assert_eq!(failed, says(1, "error: the editor `sh editor` ended with exit status: 3\n"));
    assert_eq!(world.files("tmp"), Vec::<String>::new());
}

#[test]
fn what_was_forgotten_cannot_be_written_back() {
    let world = ann();
    world.run(&["remember", "ann", "plays the cello"]);
    world.run(&["forget", "ann", "f1"]);
    let (_, edited) = edit(world, "ann", "sed -i 's/plays the cello/Lives in PORTO/' \"$1\"");
    assert_eq!(edited.status, 2, "{edited:?}");
    assert!(edited.err.contains("what you wrote is in `HERE/tmp/"), "{edited:?}");
}
