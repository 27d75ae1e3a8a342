//! Names: whatever they are spelled like, no two users, sessions or spaces ever meet.

use std::collections::BTreeSet;

use super::*;

pub(super) async fn run(store: &dyn Store) {
    no_two_users_meet(store).await;
    no_two_sessions_meet(store).await;
    no_two_spaces_meet(store).await;
}

/// Names that a careless store would bring together, or let out of its folder.
#[rustfmt::skip] // one name a line would hide how few kinds there are
const HOSTILE: &[&str] = &[
    "alice", "Alice", "ALICE", "alice.", "alice ", " alice", "alice.json", "alice.JSON",
    "alice.json.damaged-20261121T091405Z", "alice.json.json", "alice.tmp", "alice.hold",
    "alice/history", "alice/history.jsonl", "alice/sessions", "alice/sessions/s.jsonl", "alice~",
    "alice~/b", "~alice", "%61lice", "%41lice", "alice%2ejson", "alice\0", "alice\n", ".", "..",
    "...", "../alice", "../../etc/passwd", "/etc/passwd", "/", "\\", "C:\\alice", "C:alice",
    "alice:stream", ".locks", ".gitkeep", ".hidden", "@team", "@team/alice", "@", "-", "--",
    "-rf", "~", "%", "%%", "*", "?", "con", "CON", "con.txt", "nul", "nul.tar.gz", "aux", "prn",
    "com1", "com1.json", "com0", "com10", "lpt9", "lpt¹", "conin$", "conout$", "input",
    "sessions", "history.jsonl", "alice@example.com", "auth0|5f7c", "user-1_x", "é", "e\u{301}",
    "É", "ﬁ", "fi", "ı", "i", "I", "İ", "ß", "ss", "ẞ", "K", "\u{212a}", "k", "ユーザー", "👩‍👩‍👧",
    "\u{200b}", "alice\u{200b}", "\u{feff}alice", "\u{202e}ecila", "\t", "\u{7f}",
];

/// [`HOSTILE`], and long names of the same kinds.
pub(in crate::store) fn hostile_names() -> Vec<String> {
    let long = [
        "a".repeat(255),
        "a".repeat(254),
        "A".repeat(255),
        ".".repeat(255),
        "-".repeat(254),
        "@".repeat(255),
        "é".repeat(127),
        "😀".repeat(63),
        "%".repeat(255),
        ".json".repeat(51),
        format!("{}/{}", "a".repeat(160), "a".repeat(94)),
        format!("{}~/{}", "a".repeat(160), "a".repeat(93)),
        format!("{}con", "a".repeat(160)),
        format!("{}.json", "a".repeat(160)),
        "a".repeat(160),
        "a".repeat(161),
    ];
    let short = HOSTILE.iter().map(|name| (*name).to_owned());
    short.chain(long).collect()
}

async fn no_two_users_meet(store: &dyn Store) {
    let space = space("hostile users");
    let names = hostile_names();
    let users: BTreeSet<UserId> = names.iter().map(|name| user(name)).collect();
    assert_eq!(users.len(), names.len());
    let parts = [Part::Profile, Part::Damaged("20261121T091405Z".to_owned()), journal("s")];
    let all = |user: &UserId| parts.clone().map(|part| Key::new(Some(&space), user, part));
    let content = |key: &Key| format!("{:?}\n", (&key.user, &key.part));
    for key in users.iter().flat_map(all) {
        assert_eq!(put(store, &key, &content(&key), &[]).await, (None, None));
    }
    for user in &users {
        assert_eq!(keys(store, Some(&space), user).await, all(user));
        for key in all(user) {
            assert_eq!(peek(store, &key).await, (Some(content(&key)), None));
        }
    }
    let listed: Vec<UserId> = users.iter().cloned().collect();
    assert_eq!(super::users(store, Some(&space)).await, listed);
    assert_eq!(store.strays().await.unwrap(), Vec::<String>::new());
    delete_one_by_one(store, &space, listed).await;
}

async fn delete_one_by_one(store: &dyn Store, space: &Space, mut users: Vec<UserId>) {
    while let Some(user) = users.pop() {
        for key in keys(store, Some(space), &user).await {
            assert!(store.delete(&key).await.unwrap(), "{key:?}");
        }
        assert_eq!(keys(store, Some(space), &user).await, []);
        if users.len().is_multiple_of(8) {
            assert_eq!(super::users(store, Some(space)).await, users);
        }
    }
}

async fn no_two_sessions_meet(store: &dyn Store) {
    let long = ["A".repeat(255), "a".repeat(255), "a".repeat(254)];
    let short = ["s", "S", "-s", "con", "CON", "com1", "history", "s-", "_"];
    let names = long.iter().map(String::as_str).chain(short);
    let mut all: Vec<Key> = names.map(|name| key("talker", journal(name))).collect();
    for key in &all {
        append(store, key, &[&format!("{key:?}")]).await;
    }
    all.sort();
    assert_eq!(keys(store, None, &user("talker")).await, all);
    for key in &all {
        assert_eq!(store.read(key).await.unwrap(), owned(&[&format!("{key:?}")]));
        assert!(store.delete(key).await.unwrap());
    }
    assert_eq!(keys(store, None, &user("talker")).await, []);
}

async fn no_two_spaces_meet(store: &dyn Store) {
    let names = hostile_names().into_iter();
    let spaces: BTreeSet<Option<Space>> =
        names.map(|name| Some(space(&name))).chain([None]).collect();
    let alice = user("alice");
    for (number, space) in spaces.iter().enumerate() {
        let key = Key::new(space.as_ref(), &alice, Part::Profile);
        assert_eq!(put(store, &key, &number.to_string(), &[]).await, (None, None));
    }
    for (number, space) in spaces.iter().enumerate() {
        let key = Key::new(space.as_ref(), &alice, Part::Profile);
        let seen = peek(store, &key).await;
        assert_eq!(seen, (Some(number.to_string()), None));
        assert!(users(store, space.as_ref()).await.contains(&alice));
        assert!(store.delete(&key).await.unwrap());
        assert!(!users(store, space.as_ref()).await.contains(&alice));
    }
}
