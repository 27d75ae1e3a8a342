//! Logs: appended to, read in order, rewritten.

use super::*;

pub(super) async fn run(store: &dyn Store) {
    lines_come_back_in_order(store).await;
    a_line_is_any_bytes_but_a_line_break(store).await;
    appending_nothing_makes_nothing(store).await;
    a_half_line_is_left_out_and_closed(store).await;
    a_log_can_be_rewritten(store).await;
}

async fn lines_come_back_in_order(store: &dyn Store) {
    for part in [journal("s1"), Part::History] {
        let key = key("order", part);
        for durability in [Durability::Later, Durability::Now, Durability::Later] {
            let lines = owned(&["one", "two"]);
            store.append(&key, &lines, durability).await.unwrap();
        }
        let lines = store.read(&key).await.unwrap();
        assert_eq!(lines, owned(&["one", "two", "one", "two", "one", "two"]));
        let bytes = store.get(&key).await.unwrap().unwrap();
        assert_eq!(bytes, b"one\ntwo\n".repeat(3));
    }
    assert_eq!(
        keys(store, None, &user("order")).await,
        [key("order", Part::History), key("order", journal("s1"))]
    );
}

async fn a_line_is_any_bytes_but_a_line_break(store: &dyn Store) {
    let key = key("bytes", journal("s"));
    let line: Vec<u8> = (0..=255).filter(|byte| *byte != b'\n').collect();
    let lines = vec![line, b"\r".to_vec(), vec![b'x'; 100_000]];
    store.append(&key, &lines, Durability::Now).await.unwrap();
    assert_eq!(store.read(&key).await.unwrap(), lines);
}

async fn appending_nothing_makes_nothing(store: &dyn Store) {
    let key = key("nothing", journal("s"));
    append(store, &key, &[]).await;
    assert_eq!(store.get(&key).await.unwrap(), None);
    append(store, &key, &["one"]).await;
    append(store, &key, &[]).await;
    append(store, &key, &[""]).await;
    assert_eq!(store.read(&key).await.unwrap(), owned(&["one"]));
}

async fn a_half_line_is_left_out_and_closed(store: &dyn Store) {
    let history = key("half", Part::History);
    let profile = key("half", Part::Profile);
    put(store, &history, "one\ntw", &[]).await;
    assert_eq!(store.read(&history).await.unwrap(), owned(&["one"]));
    assert_eq!(peek(store, &profile).await, (None, some("one")));
    put(store, &profile, "p", &["three"]).await;
    let lines = store.read(&history).await.unwrap();
    assert_eq!(lines, owned(&["one", "tw", "three"]));

    let journal = key("half", journal("s"));
    put(store, &journal, "tw", &[]).await;
    assert_eq!(store.read(&journal).await.unwrap(), owned(&[]));
    append(store, &journal, &["three"]).await;
    assert_eq!(store.read(&journal).await.unwrap(), owned(&["tw", "three"]));
}

async fn a_log_can_be_rewritten(store: &dyn Store) {
    for part in [journal("s"), Part::History] {
        let key = key("rewritten", part);
        append(store, &key, &["keep", "a secret", "keep too"]).await;
        let seen = put(store, &key, "keep\nkeep too\n", &[]).await;
        assert_eq!(seen, (some("keep\na secret\nkeep too\n"), None));
        append(store, &key, &["more"]).await;
        let lines = store.read(&key).await.unwrap();
        assert_eq!(lines, owned(&["keep", "keep too", "more"]));
    }
}
