//! Where things are, and what else may lie there.

use super::*;
use crate::store::{Scope, open};

#[test]
fn everything_has_its_documented_place() {
    let store = open("memory").unwrap();
    let team = "team".parse().unwrap();
    let user = "alice".parse().unwrap();
    let places = every_part().map(|part| store.place(&alice(part)));
    assert_eq!(
        places,
        [
            "memory/alice.json",
            "memory/alice.json.damaged-20261121T091405Z",
            "memory/alice/history.jsonl",
            "memory/alice/input",
            "memory/alice/sessions/20261121-091405-1f9a63c2.jsonl",
        ]
    );
    let places = every_part().map(|part| store.place(&Key::new(Some(&team), &user, part)));
    assert_eq!(places[0], "memory/@team/alice.json");
    assert_eq!(places[2], "memory/@team/alice/history.jsonl");
}

#[tokio::test]
async fn reading_makes_nothing() {
    let place = Place::new();
    let store = place.store();
    for part in every_part() {
        let key = alice(part);
        assert_eq!(store.get(&key).await.unwrap(), None);
        assert_eq!(store.read(&key).await.unwrap(), Vec::<Vec<u8>>::new());
        assert!(!store.delete(&key).await.unwrap());
    }
    for scope in [Scope::Users(None), Scope::User(None, "alice".parse().unwrap())] {
        assert_eq!(store.list(&scope).await.unwrap(), []);
    }
    assert_eq!(store.strays().await.unwrap(), Vec::<String>::new());
    assert!(!place.root().exists());
}

#[tokio::test]
async fn what_is_put_there_by_hand_is_found() {
    let place = Place::new();
    place.plant("alice.json", b"{}");
    place.plant("alice/history.jsonl", b"one\n");
    place.plant("bob/sessions/s.jsonl", b"one\n");
    place.plant("carol.json.damaged-20261121T091405Z", b"{");
    place.plant("dave/profile.tmp", b"half of a profile");
    place.plant("@team/erin/input", b"hello\n");
    let users = place.store().list(&Scope::Users(None)).await.unwrap();
    let expected = ["alice", "bob", "carol", "dave"].map(|user| key(user, Part::Profile));
    assert_eq!(users, expected);
    let team = Some("team".parse().unwrap());
    let users = place.store().list(&Scope::Users(team)).await.unwrap();
    assert_eq!(users.len(), 1);
    assert_eq!(users[0].user.as_str(), "erin");
    assert_eq!(place.store().strays().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn strangers_are_nobody_and_are_told_apart() {
    let place = Place::new();
    for hidden in [".gitkeep", ".DS_Store", ".git/config"] {
        place.plant(hidden, b"");
    }
    let strays = [
        "@%41/nobody.txt",
        "@Team/alice.json",
        "README",
        "Alice.json",
        "alice.json.bak",
        "alice.json~",
        "alice/notes.txt",
        "alice/sessions/S.jsonl",
        "alice/old/history.jsonl",
        "backup/alice.json",
    ];
    for stray in strays {
        place.plant(stray, b"{}");
    }
    place.plant("alice/history.jsonl", b"");
    fs::create_dir_all(place.path("empty/sessions")).unwrap();

    let users = place.store().list(&Scope::Users(None)).await.unwrap();
    assert_eq!(users, [alice(Part::Profile)]);
    let mut expected: Vec<String> = [
        "@%41/nobody.txt",
        "@Team",
        "Alice.json",
        "README",
        "alice.json.bak",
        "alice.json~",
        "alice/notes.txt",
        "alice/old",
        "alice/sessions/S.jsonl",
        "backup",
        "empty",
    ]
    .map(|stray| place.path(stray).display().to_string())
    .into();
    expected.sort();
    assert_eq!(place.store().strays().await.unwrap(), expected);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_is_no_text_is_a_stranger() {
    use std::os::unix::ffi::OsStrExt;

    let place = Place::new();
    place.plant("alice.json", b"{}");
    plant(&place.root().join(std::ffi::OsStr::from_bytes(b"\xff.json")), b"{}");
    let users = place.store().list(&Scope::Users(None)).await.unwrap();
    assert_eq!(users, [alice(Part::Profile)]);
    assert_eq!(place.store().strays().await.unwrap().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_loop_of_links_ends() {
    let place = Place::new();
    place.plant("alice.json", b"{}");
    std::os::unix::fs::symlink(".", place.path("loop~")).unwrap();
    let users = place.store().list(&Scope::Users(None)).await.unwrap();
    assert_eq!(users, [alice(Part::Profile)]);
}
