//! `export`, `import`.

use super::World;
use crate::support::acquaint::{mode, prints, ran, says};

#[test]
fn everything_about_everyone_goes_into_a_file_and_back() {
    let world = World::new();
    let session = world.session("ann", &["I live in Porto."]);
    world.run(&["remember", "bob", "plays the cello"]);
    let exported = world.run(&["export", "--all", "-o", "all.zip"]);
    assert!(exported.err.starts_with("exported 2 users to `all.zip`, "), "{exported:?}");
    assert_eq!((exported.out.as_str(), exported.status), ("", 0));
    assert_eq!(mode(&world.path("all.zip")), 0o600);
    assert_eq!(world.files(""), ["all.zip", "memory", "tmp"]);
    let there = ["--store", "there"];
    let imported = world.run(&["import", "all.zip", there[0], there[1]]);
    assert_eq!(imported, prints("imported ann: 3 files\nimported bob: 2 files\n"));
    for file in
        ["ann.json", "ann/history.jsonl", &format!("ann/sessions/{session}.jsonl"), "bob.json"]
    {
        assert_eq!(world.read(&format!("there/{file}")), world.read(&format!("memory/{file}")));
    }
    let again = world.run(&["import", "all.zip"]);
    let told = "error: there is a user `ann` already\n\
                hint: import it under another name with `--as`, or `acquaint erase ann` first\n";
    assert_eq!(again, says(1, told));
}

#[test]
fn an_export_goes_through_a_pipe_as_it_is() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let piped = world.raw(&["export", "ann", "ann"], b"");
    assert!(piped.stdout.starts_with(b"PK") && piped.stderr.is_empty());
    let imported = world.run_with(&["import", "-", "--as", "carol"], &piped.stdout);
    assert_eq!(imported, prints("imported carol: 2 files\n"));
    assert!(world.run(&["show", "carol"]).out.contains("f1  lives in Porto"));
}

#[test]
fn a_bare_profile_comes_in_as_a_revision() {
    let world = World::new();
    world.put("old.json", r#"{"user_id": "ann", "key_facts": ["Uses Rust"]}"#);
    assert_eq!(world.run(&["import", "old.json"]), prints("imported ann: 1 file\n"));
    assert!(world.run(&["history", "ann"]).out.contains("1  DATE TIME  import"));
}

#[test]
fn what_cannot_be_exported_is_told() {
    let world = World::new();
    assert_eq!(world.run(&["export", "--all"]), says(2, "error: there is nobody to export\n"));
    world.run(&["remember", "ann", "lives in Porto"]);
    let nowhere = world.run(&["export", "ann", "-o", "no/such/place.zip"]);
    let told = "error: cannot write `no/such/place.zip`: No such file or directory (os error 2)\n";
    assert_eq!(nowhere, says(1, told));
    let folder = world.run(&["export", "ann", "-o", "tmp"]);
    assert_eq!(folder, says(1, "error: cannot write `tmp`: Is a directory (os error 21)\n"));
    assert_eq!(world.files(""), ["memory", "tmp"]);
}

#[test]
fn what_is_no_export_is_refused_whole() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let whole = world.raw(&["export", "ann"], b"").stdout;
    world.put("half.zip", &whole[..whole.len() / 2]);
    world.put("other.json", "[1, 2]");
    world.put("newer.json", r#"{"schema_version": 99, "user_id": "bob"}"#);
    world.put("nameless.json", r#"{"key_facts": ["Uses Rust"]}"#);
    for (file, told) in [
        ("half.zip", "error: cannot import `half.zip`: not a whole zip file: "),
        ("missing.zip", "error: cannot read `missing.zip`: No such file or directory"),
        ("other.json", "error: cannot read the profile `other.json`: line 1, column 1: "),
        ("newer.json", "error: cannot read the profile `newer.json`: its schema version is 99"),
        ("nameless.json", "error: cannot import `nameless.json`: it does not say whose it is"),
    ] {
        let refused = world.run(&["import", file, "--quiet"]);
        assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{refused:?}");
        assert!(refused.err.starts_with(told), "{refused:?}");
    }
    assert_eq!(world.run(&["users"]), ran(0, "ann          0  never             1        0\n", ""));
}
