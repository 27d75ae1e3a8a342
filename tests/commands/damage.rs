//! Profiles that cannot be read.

use super::World;
use crate::support::acquaint::{ran, says};

#[test]
fn a_damaged_profile_is_set_aside_whole_and_undo_brings_the_last_good_one_back() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let damaged = "{\n  \"key_facts\": [\"lives in Porto\",\n";
    world.put("memory/ann.json", damaged);
    let told = "error: the profile `memory/ann.json` is damaged and was set aside as `memory/ann.json.damaged-TIME`: line 3, column 1: the document ends too early\n\
                hint: `acquaint undo ann --to 1` brings revision 1 back; `acquaint erase ann` starts afresh\n";
    assert_eq!(world.run(&["show", "ann"]), says(1, told));
    let aside = &world.files("memory")[2];
    assert!(aside.starts_with("ann.json.damaged-"), "{aside}");
    assert_eq!(world.read(&format!("memory/{aside}")), damaged);
    let lost = "error: the profile `memory/ann.json` is gone, but its history reaches to revision 1\n\
                hint: `acquaint undo ann --to 1` brings revision 1 back; `acquaint erase ann` starts afresh\n";
    for arguments in [&["show", "ann"][..], &["remember", "ann", "x"], &["edit", "ann"]] {
        assert_eq!(world.run(arguments), says(1, lost), "{arguments:?}");
    }
    let back = "revision 1 is back, as revision 2\n  + fact f1: lives in Porto\n";
    assert_eq!(world.run(&["undo", "ann"]), ran(0, back, ""));
    assert!(world.run(&["show", "ann"]).out.contains("f1  lives in Porto"));
}

#[test]
fn undo_alone_mends_a_profile_that_nobody_has_looked_at_yet() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.put("memory/ann.json", "{");
    let told = "`memory/ann.json` is damaged (line 1, column 1: the document ends too early) and was set aside as `memory/ann.json.damaged-TIME`\n";
    let back = "revision 1 is back, as revision 2\n  + fact f1: lives in Porto\n";
    assert_eq!(world.run(&["undo", "ann"]), ran(0, back, told));
}

#[test]
fn a_damaged_profile_shows_in_its_row_and_does_not_hide_the_others() {
    let world = World::new();
    world.run(&["remember", "bob", "plays the cello"]);
    world.put("memory/ann.json", "[]");
    let told =
        "error: 1 profile cannot be read\nhint: `acquaint doctor` says what to do about each\n";
    let row = "ann          0  never             0        0  the profile `memory/ann.json` is damaged and was set aside as `memory/ann.json.damaged-TIME`: line 1, column 1: ";
    let listed = world.run(&["users"]);
    assert!(listed.out.starts_with(row), "{listed:?}");
    assert!(listed.out.ends_with("\nbob          0  never             1        0\n"), "{listed:?}");
    assert_eq!((listed.err.as_str(), listed.status), (told, 1));
}

#[test]
fn a_profile_of_a_newer_schema_is_left_as_it_is() {
    let world = World::new().with("EDITOR", "false");
    let newer = "{\"schema_version\": 2, \"key_facts\": {\"new\": \"form\"}}";
    world.put("memory/ann.json", newer);
    let told = "error: cannot read the profile `memory/ann.json`: its schema version is 2; this program knows up to 1\n\
                hint: install the newer acquaint that wrote it; the file was not touched\n";
    for arguments in [
        &["show", "ann"][..],
        &["show", "ann", "--json"],
        &["edit", "ann"],
        &["remember", "ann", "x"],
        &["forget", "ann", "f1"],
        &["undo", "ann"],
        &["why", "ann", "f1"],
    ] {
        assert_eq!(world.run(arguments), says(1, told), "{arguments:?}");
    }
    assert_eq!(world.read("memory/ann.json"), newer);
    assert!(!world.files("memory").iter().any(|file| file.contains("damaged")));
}
