//! Work for other processes: the tests start their own program again, with an order in its environment.

use std::process::{Child, Command, Stdio};

use super::*;
use crate::store::Change;

const ORDER: &str = "ACQUAINT_TEST_ORDER";
const ROOT: &str = "ACQUAINT_TEST_ROOT";

/// Starts a child with an order, in a shell that runs `before` first.
pub(super) fn start(place: &Place, order: &str, before: &str) -> Child {
    let name = concat!(module_path!(), "::child");
    let name = name.split_once("::").unwrap().1;
    Command::new("sh")
        .args(["-c", &format!("{before}\nexec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(ORDER, order)
        .env(ROOT, place.root())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits for a child, which must have done what it was told.
pub(super) fn finish(child: Child) {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[expect(clippy::disallowed_methods, reason = "an order, not a setting")]
fn order() -> Option<(String, PathBuf)> {
    let order = std::env::var(ORDER).ok()?;
    Some((order, std::env::var_os(ROOT)?.into()))
}

/// Does nothing unless it runs as a child.
#[tokio::test]
async fn child() {
    let Some((order, root)) = order() else { return };
    let store = Files::new(&root);
    match order.as_str() {
        "count" => count(&store).await,
        "write for ever" => write_for_ever(&store).await,
        "hold" => hold(&store).await,
        "check modes" => check_modes(&store, &root).await,
        "fill the disk" => fill_the_disk(&store).await,
        other => panic!("no such order: {other}"),
    }
}

/// Adds one to a number, 25 times.
async fn count(store: &Files) {
    for _ in 0..25 {
        add_one(store, 0).await;
    }
}

/// Adds one to the number in the profile, which is as long as is asked, and in its history.
async fn add_one(store: &Files, length: usize) -> usize {
    let mut number = 0;
    let change: Change<'_> = &mut |current| {
        let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().parse().unwrap();
        number = current.document.map_or(0, read);
        let entry: usize = current.entry.map_or(0, read);
        // One entry may be missing after a kill, and is written now.
        assert!(entry == number || entry + 1 == number, "{entry} of {number}");
        let entries = entry + 1..=number + 1;
        number += 1;
        Some(Next {
            document: Some(format!("{number:>length$}\n").into()),
            entries: entries.map(|entry| entry.to_string().into()).collect(),
        })
    };
    store.update(&alice(Part::Profile), change).await.unwrap();
    number
}

/// Counts in a long document and in a journal, and says each number once it is safe.
async fn write_for_ever(store: &Files) {
    loop {
        let number = add_one(store, 60_000).await;
        let line = format!("{number:>5000}");
        append(store, &alice(journal("s")), line.as_bytes()).await.unwrap();
        eprintln!("{number}");
    }
}

/// Holds a session until it is killed.
async fn hold(store: &Files) {
    let _hold = store.hold(&alice(journal("s"))).await.unwrap().unwrap();
    eprintln!("held");
    std::future::pending::<()>().await;
}

/// Makes every kind of file, and looks at the modes of all that is there.
async fn check_modes(store: &Files, root: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let long = "a".repeat(255);
    for user in ["alice", &long] {
        for part in every_part() {
            put(store, &key(user, part), b"line\n").await.unwrap();
        }
        append(store, &key(user, journal("t")), b"line").await.unwrap();
        put_with(store, &key(user, Part::Profile), b"{}", &[b"entry"]).await.unwrap();
    }
    let _hold = store.hold(&alice(journal("s"))).await.unwrap().unwrap();
    let mut all = walk(root);
    assert!(all.len() > 20, "{all:?}");
    all.push(root.to_owned());
    for path in all {
        let mode = path.metadata().unwrap().permissions().mode() & 0o7777;
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{}: {mode:o}", path.display());
    }
}

/// Runs with a limit of 8 or 16 KiB on every file, which is met half-way through a write, as the end of a disk is.
async fn fill_the_disk(store: &Files) {
    let (profile, session) = (alice(Part::Profile), alice(journal("s")));
    put_with(store, &profile, b"old", &[b"e1"]).await.unwrap();
    append(store, &session, &[b'a'; 5000]).await.unwrap();
    let long = vec![b'x'; 40_000];

    assert!(append(store, &session, &long).await.is_err());
    assert_eq!(store.read(&session).await.unwrap(), [[b'a'; 5000]]);
    let bytes = store.get(&session).await.unwrap().unwrap();
    assert_eq!(bytes.len(), 5001, "the half that was written is taken back");
    append(store, &session, b"short").await.unwrap();
    assert_eq!(store.read(&session).await.unwrap().len(), 2);

    assert!(put_with(store, &profile, &long, &[b"e2"]).await.is_err());
    assert_eq!(store.get(&profile).await.unwrap().unwrap(), b"old");
    assert!(put(store, &session, &long).await.is_err());
    assert_eq!(store.read(&session).await.unwrap().len(), 2);

    // The document counts, and the history lags behind until the next update.
    put_with(store, &profile, b"new", &[&long]).await.unwrap();
    assert_eq!(store.get(&profile).await.unwrap().unwrap(), b"new");
    let history = alice(Part::History);
    assert_eq!(store.get(&history).await.unwrap().unwrap(), b"e1\n");
}
