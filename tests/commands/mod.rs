//! Each command as a person meets it: files, arguments, and then all that was printed.

mod archives;
mod damage;
mod doctor;
mod edit;
mod extract;
mod forgetting;
mod past;
mod profiles;
mod terminal;

use crate::support::acquaint::{Ran, World, prints, ran, says};

/// What everyone gets who asks about somebody unknown.
fn nobody(user: &str) -> Ran {
    says(
        2,
        &format!(
            "error: there is no user `{user}`\nhint: `acquaint users` lists everyone there is\n"
        ),
    )
}

#[test]
fn whoever_asks_about_a_stranger_is_told_so_and_nothing_is_made() {
    let world = World::new();
    for arguments in [
        &["show", "zoe"][..],
        &["show", "zoe", "--json"],
        &["show", "zoe", "--prompt"],
        &["forget", "zoe", "f1"],
        &["forget", "zoe", "--matching", "tea"],
        &["erase", "zoe", "--yes"],
        &["why", "zoe", "f1"],
        &["history", "zoe"],
        &["undo", "zoe"],
        &["sessions", "zoe"],
        &["transcript", "zoe", "s1"],
        &["extract", "zoe"],
        &["export", "zoe", "-o", "zoe.zip"],
    ] {
        assert_eq!(world.run(arguments), nobody("zoe"), "{arguments:?}");
    }
    assert_eq!(world.files(""), ["tmp"]);
}

#[test]
fn what_is_not_there_of_a_user_is_told_with_where_to_look() {
    let world = World::new();
    world.run(&["remember", "ann", "plays the cello"]);
    for (arguments, told) in [
        (
            &["why", "ann", "f9"][..],
            "`ann` has no item `f9`\nhint: `acquaint show ann` lists the items with their ids",
        ),
        (
            &["forget", "ann", "f1", "f9"],
            "`ann` has no item `f9`\nhint: `acquaint show ann` lists the items with their ids",
        ),
        (
            &["undo", "ann", "--to", "7"],
            "the history of `ann` has no revision 7\nhint: `acquaint history ann` lists the revisions",
        ),
        (
            &["transcript", "ann", "s1"],
            "`ann` has no session `s1`\nhint: `acquaint sessions ann` lists the sessions kept",
        ),
        (
            &["forget", "ann", "--matching", "tea"],
            "nothing that is known of `ann` holds `tea`\nhint: `acquaint show ann` lists the items with their ids",
        ),
    ] {
        assert_eq!(world.run(arguments), says(2, &format!("error: {told}\n")), "{arguments:?}");
    }
    assert_eq!(world.run(&["users"]), prints("ann          0  never             1        0\n"));
}

#[test]
fn a_store_that_is_a_file_is_in_the_way_of_every_command() {
    let world = World::new();
    world.put("memory", "not a folder\n");
    let told = "Not a directory (os error 20)\nhint: something else is in the way there; move it, or name another folder with `--store`\n";
    assert_eq!(world.run(&["users"]), says(1, &format!("error: cannot list `memory/`: {told}")));
    let remembered = world.run(&["remember", "ann", "plays the cello"]);
    assert_eq!((remembered.out.as_str(), remembered.status), ("", 1), "{remembered:?}");
    assert_eq!(world.read("memory"), "not a folder\n");
    let doctor = world.run(&["doctor"]);
    let out = format!(
        "ok    settings: all can be read\nok    provider: offline, which needs no key\nfail  store `memory`: cannot list `memory/`: {}",
        told.replace("hint: ", "      ")
    );
    assert_eq!(doctor, ran(1, &out, ""));
}
