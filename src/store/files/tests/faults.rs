//! Damage, full disks and things in the way.

use std::io::ErrorKind;

use super::*;

/// What an error says: what was tried, where, and why not.
fn told(place: &Place, error: &Error) -> (&'static str, String, ErrorKind) {
    let Error::Io { action, place: at, source } = error else {
        panic!("{error:?}");
    };
    let at = Path::new(at).strip_prefix(place.0.path()).unwrap();
    (action, at.display().to_string(), source.kind())
}

#[tokio::test]
async fn a_half_last_line_never_swallows_the_next() {
    let place = Place::new();
    let path = place.plant("alice/sessions/s.jsonl", b"one\ntw");
    let session = alice(journal("s"));
    append(&place.store(), &session, b"three").await.unwrap();
    append(&place.store(), &session, b"four").await.unwrap();
    assert_eq!(fs::read(path).unwrap(), b"one\ntw\nthree\nfour\n");
}

#[tokio::test]
async fn a_temporary_file_left_behind_is_replaced() {
    let place = Place::new();
    let left = place.plant("alice/profile.tmp", &[b'x'; 10_000]);
    put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap();
    assert_eq!(fs::read(place.path("alice.json")).unwrap(), b"{}");
    assert!(!left.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_never_lets_a_write_out() {
    use std::os::unix::fs::symlink;

    let place = Place::new();
    let outside = place.0.path().join("outside");
    plant(&outside, b"untouched");
    fs::create_dir_all(place.path("alice")).unwrap();
    symlink(&outside, place.path("alice.json")).unwrap();
    symlink(&outside, place.path("alice/profile.tmp")).unwrap();
    put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap();
    assert_eq!(fs::read(&outside).unwrap(), b"untouched");
    assert_eq!(fs::read(place.path("alice.json")).unwrap(), b"{}");
    assert!(!place.path("alice.json").is_symlink());
}

#[tokio::test]
async fn a_file_in_the_place_of_a_folder_is_an_error_that_names_it() {
    let place = Place::new();
    place.plant("alice", b"not a folder");
    let error = put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap_err();
    let expected = "memory/alice/history.jsonl".to_owned();
    assert_eq!(told(&place, &error), ("read", expected, ErrorKind::NotADirectory));
    let error = append(&place.store(), &alice(journal("s")), b"one").await.unwrap_err();
    let expected = "memory/alice/sessions/s.jsonl".to_owned();
    assert_eq!(told(&place, &error), ("write", expected, ErrorKind::NotADirectory));
    assert_eq!(place.tree(), ["alice"]);
}

#[tokio::test]
async fn a_file_in_the_place_of_the_store_is_an_error_that_names_it() {
    let place = Place::new();
    plant(&place.root(), b"not a folder");
    let error = put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap_err();
    let (action, at, kind) = told(&place, &error);
    assert_eq!((action, kind), ("lock", ErrorKind::NotADirectory));
    assert!(at.starts_with("memory/.locks/"), "{at}");
    assert!(place.store().get(&alice(Part::Profile)).await.is_err());
    assert_eq!(fs::read(place.root()).unwrap(), b"not a folder");
}

#[tokio::test]
async fn a_folder_in_the_place_of_a_profile_is_an_error_and_leaves_no_temporary_file() {
    let place = Place::new();
    place.plant("alice.json/inner", b"untouched");
    let error = place.store().get(&alice(Part::Profile)).await.unwrap_err();
    let expected = ("read", "memory/alice.json".to_owned(), ErrorKind::IsADirectory);
    assert_eq!(told(&place, &error), expected);
    let document = place.path("bob.json");
    fs::create_dir_all(document.join("inner")).unwrap();
    fs::remove_dir_all(&document).unwrap();
    assert!(put(&place.store(), &alice(Part::Profile), b"{}").await.is_err());
    assert_eq!(place.tree(), ["alice.json/", "alice.json/inner"]);
}

#[tokio::test]
async fn a_rename_that_fails_leaves_no_temporary_file() {
    let place = Place::new();
    let store = place.store();
    let profile = alice(Part::Profile);
    let path = place.path("alice.json");
    let error = store
        .update(&profile, &mut |_| {
            fs::create_dir(&path).unwrap();
            Some(Next { document: Some(b"{}".to_vec()), entries: vec![b"entry".to_vec()] })
        })
        .await
        .unwrap_err();
    let expected = ("write", "memory/alice.json".to_owned(), ErrorKind::IsADirectory);
    assert_eq!(told(&place, &error), expected);
    assert_eq!(place.tree(), ["alice.json/", "alice/"]);
}

#[tokio::test]
async fn a_name_that_no_disk_takes_is_an_error() {
    let place = Place::new();
    let damaged = alice(Part::Damaged("0".repeat(300)));
    let error = put(&place.store(), &damaged, b"{").await.unwrap_err();
    assert_eq!(told(&place, &error).2, ErrorKind::InvalidFilename);
    assert_eq!(place.tree(), Vec::<String>::new());
}

#[tokio::test]
async fn a_change_that_panics_leaves_everything_and_gives_up_the_lock() {
    let place = Place::new();
    put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap();
    let store = place.store();
    let task = tokio::spawn(async move {
        store.update(&alice(Part::Profile), &mut |_| panic!("on purpose")).await
    });
    assert!(task.await.unwrap_err().is_panic());
    put(&place.store(), &alice(Part::Profile), b"[]").await.unwrap();
    assert_eq!(place.tree(), ["alice.json", "alice/"]);
}

/// Root may write anywhere, so as root this can show nothing.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_without_permission_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    fs::create_dir(place.root()).unwrap();
    fs::set_permissions(place.root(), fs::Permissions::from_mode(0o500)).unwrap();
    if fs::create_dir(place.path("probe")).is_ok() {
        return;
    }
    let error = put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap_err();
    let expected = "memory/.locks".to_owned();
    assert_eq!(told(&place, &error), ("create", expected, ErrorKind::PermissionDenied));
}
