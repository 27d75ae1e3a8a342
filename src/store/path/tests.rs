use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::id::{Space, UserId};
use crate::store::conformance::hostile_names;
use crate::store::{Key, Part, layout};

#[test]
fn plain_names_stay_readable() {
    for name in ["alice", "alice@example.com", "user-1_x", "a+b=c,d", "20261121-091405-1f9a63c2"] {
        assert_eq!(encode(name), name);
    }
}

#[test]
fn what_means_something_to_a_disk_is_escaped() {
    let long = "a".repeat(160);
    for (name, path) in [
        ("Alice", "%41lice"),
        ("a/b\\c:d", "a%2fb%5cc%3ad"),
        ("100%~", "100%25%7e"),
        ("é", "%c3%a9"),
        (".", "%2e"),
        ("..", "%2e%2e"),
        ("...", "%2e.%2e"),
        ("alice.", "alice%2e"),
        ("alice.json", "alice%2ejson"),
        ("alice.JSON", "alice.%4a%53%4f%4e"),
        ("a.json.json.jso", "a%2ejson%2ejson.jso"),
        ("@team", "%40team"),
        ("-rf", "%2drf"),
        ("con", "%63on"),
        ("nul.tar", "%6eul.tar"),
        ("com1", "%63om1"),
        ("com10", "com10"),
        ("console", "console"),
        ("a\0\n b", "a%00%0a%20b"),
        (&format!("{long}a"), &format!("{long}~/a")),
        (&format!("{long}con"), &format!("{long}~/%63on")),
    ] {
        assert_eq!(encode(name), path);
        assert_eq!(decode(path).as_deref(), Some(name));
    }
}

#[test]
fn only_what_encode_makes_is_decoded() {
    let uncut = "a".repeat(161);
    for path in [
        "Alice", "%41LICE", "%C3%A9", "%61lice", "%", "%4", "%zz", "%ff", "%+1", "é", "a b", "~",
        "a~", "a~/b", "/", "a/b", "../a", ".", ".a", "@a", "-a", "a.", "a.json", "con", &uncut, "",
    ] {
        assert_eq!(decode(path).filter(|name| !name.is_empty()), None, "{path}");
    }
}

#[test]
fn a_stamp_is_read_back_whatever_it_is() {
    assert_eq!(encode_stamp("20261121T091405Z"), "20261121T091405Z");
    for stamp in ["", "t", "20261121t091405z", "../x", ".tmp", "é"] {
        let text = encode_stamp(stamp);
        assert!(!text.contains(['/', '.', 't', 'z']), "{text}");
        assert_eq!(decode_stamp(&text).as_deref(), Some(stamp));
    }
    assert_eq!(decode_stamp("2026.tmp"), None);
}

/// Names that a mistake is likely to bring together: few and dangerous characters, and lengths about those of a piece.
fn names() -> impl Strategy<Value = String> {
    let dangerous = prop::sample::select(vec![
        "a",
        "A",
        ".",
        "~",
        "%",
        "@",
        "-",
        "/",
        "~/",
        "%61",
        "%2e",
        ".json",
        ".JSON",
        "json",
        "con",
        "nul",
        "com1",
        ".damaged-1",
        ".tmp",
        "é",
        "e\u{301}",
        "😀",
        "\0",
        " ",
        "..",
    ]);
    let text = prop::collection::vec(dangerous, 1..12).prop_map(|parts| parts.concat());
    let padded =
        (150..165_usize, text.clone()).prop_map(|(length, text)| "a".repeat(length) + &text);
    prop_oneof![
        4 => text,
        2 => padded,
        1 => prop::sample::select(hostile_names()),
        2 => any::<String>(),
    ]
    .prop_filter("1 to 255 bytes", |name| name.parse::<UserId>().is_ok())
}

/// Everything of a user, in any role.
fn files(space: Option<&Space>, user: &UserId) -> BTreeSet<String> {
    let session = |name: &str| Part::Journal(name.parse().unwrap());
    let parts = [
        Part::Profile,
        Part::Damaged("20261121T091405Z".to_owned()),
        Part::History,
        Part::Input,
        session("20261121-091405-1f9a63c2"),
        session(&"S".repeat(255)),
    ];
    let keys = parts.map(|part| Key::new(space, user, part));
    let roles = [layout::file, layout::temporary, layout::hold];
    let files = keys.iter().flat_map(|key| roles.map(|role| role(key)));
    files.collect()
}

/// The folders on the way to these files, the store's own left out.
fn folders(files: &BTreeSet<String>) -> BTreeSet<String> {
    let slashes = files.iter().flat_map(|file| {
        let ends = file.match_indices('/').map(|(at, _)| at);
        ends.map(|at| file[..at].to_owned())
    });
    slashes.collect()
}

/// What a careless disk makes of a path.
fn folded(path: &str) -> String {
    path.to_lowercase().nfd().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn decoding_gives_back_the_name(name in names()) {
        prop_assert_eq!(decode(&encode(&name)), Some(name));
    }

    #[test]
    fn decoding_never_gives_two_paths_one_name(path in "[a%~/.@-]{0,8}|(%[0-9a-f]{2}){1,4}|[ -~]{0,12}") {
        if let Some(name) = decode(&path) {
            prop_assert_eq!(encode(&name), path);
        }
    }

    #[test]
    fn every_component_suits_every_disk(name in names(), space in names()) {
        let user: UserId = name.parse().unwrap();
        let space: Space = space.parse().unwrap();
        for space in [None, Some(&space)] {
            for file in files(space, &user) {
                for component in file.split('/') {
                    suits(component);
                }
            }
        }
        let path = encode(&name);
        prop_assert!(!path.contains(|c: char| c.is_ascii_uppercase() || !c.is_ascii_graphic()));
        prop_assert!(!path.contains(".json"));
    }

    #[test]
    fn two_users_never_share_a_file_or_a_folder(one in names(), other in names()) {
        prop_assume!(one != other);
        let (one, other) = (one.parse().unwrap(), other.parse().unwrap());
        disjoint(&files(None, &one), &files(None, &other), "");
    }

    #[test]
    fn a_user_of_a_space_meets_nobody_elsewhere(name in names(), user in names(), other in names()) {
        prop_assume!(name != other);
        let (space, user): (Space, UserId) = (name.parse().unwrap(), user.parse().unwrap());
        let inside = files(Some(&space), &user);
        disjoint(&inside, &files(None, &user), "");
        disjoint(&inside, &files(None, &other.parse().unwrap()), "");
        disjoint(&inside, &files(Some(&other.parse().unwrap()), &user), "@");
    }

    #[test]
    fn a_file_tells_whose_it_is(name in names()) {
        let user: UserId = name.parse().unwrap();
        for file in files(None, &user) {
            let folder = layout::user(None, &user) + "/";
            let whose = match file.strip_prefix(&folder) {
                Some(inside) => layout::parse_inside(inside).map(|_| user.clone()),
                None => layout::parse_beside(&file).map(|(user, _)| user),
            };
            prop_assert_eq!(whose.as_ref(), Some(&user), "{}", file);
        }
    }
}

fn suits(component: &str) {
    assert!((1..=200).contains(&component.len()), "{component}");
    assert!(!component.starts_with(['.', '-', ' ']), "{component}");
    assert!(!component.ends_with(['.', ' ']), "{component}");
    assert!(!component.contains(|c: char| "/\\:*?\"<>|".contains(c) || c.is_control()));
    let stem = component.split('.').next().unwrap_or_default();
    let device = ["con", "prn", "aux", "nul", "com", "lpt"]
        .contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    assert!(!device || stem.len() > 4 || stem == "com" || stem == "lpt", "{component}");
}

/// No file of one is a file or a folder of the other, and the folders that both use are pieces of long names.
fn disjoint(one: &BTreeSet<String>, other: &BTreeSet<String>, shared: &str) {
    let fold = |paths: &BTreeSet<String>| paths.iter().map(|path| folded(path)).collect();
    let (one, other): (BTreeSet<String>, BTreeSet<String>) = (fold(one), fold(other));
    let (one_folders, other_folders) = (folders(&one), folders(&other));
    assert!(one.is_disjoint(&other));
    assert!(one.is_disjoint(&other_folders));
    assert!(one_folders.is_disjoint(&other));
    for folder in one_folders.intersection(&other_folders) {
        assert!(folder.ends_with('~') && folder.starts_with(shared), "{folder}");
    }
}
