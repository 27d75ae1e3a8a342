//! After the last key of a user nothing bears the user's name.

use super::*;
use crate::store::Scope;
use crate::store::conformance::hostile_names;

async fn erase(store: &Files, of: &Key) {
    let scope = Scope::User(of.space.clone(), of.user.clone());
    for key in store.list(&scope).await.unwrap() {
        assert!(store.delete(&key).await.unwrap());
    }
}

#[tokio::test]
async fn nothing_is_left_of_anyone() {
    let place = Place::new();
    let store = place.store();
    for name in hostile_names() {
        let damaged = Part::Damaged("20261121T091405Z".to_owned());
        for part in [Part::Profile, damaged, journal("s")] {
            put(&store, &key(&name, part), b"kept\n").await.unwrap();
        }
    }
    for name in hostile_names() {
        erase(&store, &key(&name, Part::Profile)).await;
    }
    assert_eq!(place.tree(), Vec::<String>::new());
    for lock in walk(&place.path(".locks")) {
        let name = lock.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 2 && u8::from_str_radix(name, 16).is_ok(), "{name}");
        assert_eq!(fs::metadata(&lock).unwrap().len(), 0);
    }
}

#[tokio::test]
async fn what_crashes_left_behind_goes_too() {
    let place = Place::new();
    let store = place.store();
    for left in [
        "alice/profile.tmp",
        "alice/history.tmp",
        "alice/input.tmp",
        "alice/damaged-20261121T091405Z.tmp",
        "alice/profile.hold",
        "alice/sessions/s.hold",
        "alice/sessions/t.tmp",
    ] {
        place.plant(left, b"half of something");
    }
    fs::create_dir_all(place.path(&format!("alice/sessions/{}~", "a".repeat(160)))).unwrap();
    put(&store, &alice(Part::Profile), b"{}").await.unwrap();
    erase(&store, &alice(Part::Profile)).await;
    assert_eq!(place.tree(), Vec::<String>::new());
}

#[tokio::test]
async fn leftovers_alone_are_found_and_deleted() {
    let place = Place::new();
    place.plant("alice/profile.tmp", b"half of a profile");
    let users = place.store().list(&Scope::Users(None)).await.unwrap();
    assert_eq!(users, [alice(Part::Profile)]);
    assert!(!place.store().delete(&users[0]).await.unwrap());
    assert_eq!(place.tree(), Vec::<String>::new());
}

#[tokio::test]
async fn a_held_session_leaves_nothing_when_its_hold_ends() {
    let place = Place::new();
    let store = place.store();
    let session = alice(journal("s"));
    let hold = store.hold(&session).await.unwrap();
    append(&store, &session, b"hello").await.unwrap();
    assert!(place.tree().contains(&"alice/sessions/s.hold".to_owned()));
    erase(&store, &session).await;
    assert_eq!(place.tree(), ["alice/", "alice/sessions/", "alice/sessions/s.hold"]);
    drop(hold);
    assert_eq!(place.tree(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_ours_stays() {
    let place = Place::new();
    let store = place.store();
    place.plant("alice/notes.txt", b"mine");
    place.plant("alice.json.bak", b"mine");
    for part in every_part() {
        put(&store, &alice(part), b"kept\n").await.unwrap();
    }
    erase(&store, &alice(Part::Profile)).await;
    assert_eq!(place.tree(), ["alice.json.bak", "alice/", "alice/notes.txt"]);
}

#[tokio::test]
async fn a_space_is_erased_apart_from_the_others() {
    let place = Place::new();
    let store = place.store();
    let team = Key { space: Some("team".parse().unwrap()), ..alice(Part::Profile) };
    put(&store, &team, b"{}").await.unwrap();
    put(&store, &alice(Part::Profile), b"{}").await.unwrap();
    erase(&store, &team).await;
    assert_eq!(place.tree(), ["@team/", "alice.json", "alice/"]);
}
