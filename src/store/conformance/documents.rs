//! Documents: read, changed, left alone, deleted, in step with their logs.

use super::*;

pub(super) async fn run(store: &dyn Store) {
    what_is_not_there_is_none(store).await;
    a_change_sees_what_is_there_and_replaces_it(store).await;
    a_change_may_leave_everything_alone(store).await;
    a_profile_comes_with_the_last_entry_of_its_history(store).await;
    long_histories_have_a_last_entry_too(store).await;
    only_a_profile_has_a_log(store).await;
    a_document_is_any_bytes(store).await;
    a_change_may_delete_the_document_and_leaves_its_log(store).await;
    deleting_takes_one_thing_only(store).await;
}

async fn what_is_not_there_is_none(store: &dyn Store) {
    for part in [Part::Profile, Part::History, Part::Input, journal("s")] {
        let key = key("nobody", part);
        assert_eq!(store.get(&key).await.unwrap(), None);
        assert_eq!(store.read(&key).await.unwrap(), owned(&[]));
        assert_eq!(peek(store, &key).await, (None, None));
        assert!(!store.delete(&key).await.unwrap());
    }
    assert_eq!(keys(store, None, &user("nobody")).await, []);
    assert_eq!(users(store, None).await, []);
}

async fn a_change_sees_what_is_there_and_replaces_it(store: &dyn Store) {
    let key = key("change", Part::Profile);
    assert_eq!(put(store, &key, "a longer one", &[]).await, (None, None));
    assert_eq!(put(store, &key, "short", &[]).await, (some("a longer one"), None));
    assert_eq!(store.get(&key).await.unwrap().unwrap(), b"short");
    assert_eq!(put(store, &key, "", &[]).await, (some("short"), None));
    assert_eq!(store.get(&key).await.unwrap().unwrap(), b"");
}

async fn a_change_may_leave_everything_alone(store: &dyn Store) {
    let key = key("alone", Part::Profile);
    put(store, &key, "one", &["first"]).await;
    assert_eq!(peek(store, &key).await, (some("one"), some("first")));
    assert_eq!(peek(store, &key).await, (some("one"), some("first")));
    assert_eq!(store.get(&key).await.unwrap().unwrap(), b"one");
}

async fn a_profile_comes_with_the_last_entry_of_its_history(store: &dyn Store) {
    let profile = key("step", Part::Profile);
    let history = key("step", Part::History);
    put(store, &profile, "one", &["e1"]).await;
    let seen = put(store, &profile, "two", &["e2", "e3"]).await;
    assert_eq!(seen, (some("one"), some("e1")));
    let seen = put(store, &profile, "three", &[]).await;
    assert_eq!(seen, (some("two"), some("e3")));
    append(store, &history, &["e4"]).await;
    assert_eq!(peek(store, &profile).await, (some("three"), some("e4")));
    let lines = store.read(&history).await.unwrap();
    assert_eq!(lines, owned(&["e1", "e2", "e3", "e4"]));

    // A history without a profile, as an erasure that was cut off leaves it.
    assert!(store.delete(&profile).await.unwrap());
    assert_eq!(peek(store, &profile).await, (None, some("e4")));
}

async fn long_histories_have_a_last_entry_too(store: &dyn Store) {
    let profile = key("long", Part::Profile);
    for length in [1, 4094, 4095, 4096, 4097, 40_000] {
        let entry = "x".repeat(length);
        put(store, &profile, "p", &[&entry]).await;
        assert_eq!(peek(store, &profile).await, (some("p"), Some(entry)));
    }
}

async fn only_a_profile_has_a_log(store: &dyn Store) {
    let input = key("typed", Part::Input);
    put(store, &input, "hello\n", &["not kept"]).await;
    assert_eq!(peek(store, &input).await, (some("hello\n"), None));
    assert_eq!(keys(store, None, &user("typed")).await, [key("typed", Part::Input)]);
}

async fn a_document_is_any_bytes(store: &dyn Store) {
    let key = key("bytes", Part::Profile);
    let bytes: Vec<u8> = (0..=255).collect();
    let change: Change<'_> =
        &mut |_| Some(Next { document: Some(bytes.clone()), entries: Vec::new() });
    store.update(&key, change).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap(), Some(bytes));
}

async fn a_change_may_delete_the_document_and_leaves_its_log(store: &dyn Store) {
    let profile = key("leaving", Part::Profile);
    put(store, &profile, "p", &["e1"]).await;
    let change: Change<'_> = &mut |_| Some(Next { document: None, entries: Vec::new() });
    store.update(&profile, change).await.unwrap();
    assert_eq!(peek(store, &profile).await, (None, some("e1")));
}

async fn deleting_takes_one_thing_only(store: &dyn Store) {
    let parts = [
        Part::Profile,
        Part::Damaged("20261121T091405Z".to_owned()),
        Part::Damaged("20261121T091406Z".to_owned()),
        Part::History,
        Part::Input,
        journal("20261121-091405-00000007"),
        journal("a"),
    ];
    let all: Vec<Key> = parts.map(|part| key("gone", part)).into();
    for key in &all {
        put(store, key, "kept\n", &[]).await;
    }
    let mut left = all.clone();
    left.sort();
    while let Some(key) = left.pop() {
        assert!(store.delete(&key).await.unwrap(), "{key:?}");
        assert!(!store.delete(&key).await.unwrap(), "{key:?}");
        assert_eq!(store.get(&key).await.unwrap(), None);
        assert_eq!(keys(store, None, &user("gone")).await, left);
        let listed = users(store, None).await.contains(&user("gone"));
        assert_eq!(listed, !left.is_empty());
    }
    put(store, &all[0], "again", &[]).await;
    assert_eq!(peek(store, &all[0]).await, (some("again"), None));
}
