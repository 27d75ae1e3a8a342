//! Races: many tasks, each with a handle of its own, and nothing is lost or half.

use tokio::task::{JoinSet, yield_now};

use super::*;

const WORKERS: usize = 8;
const ROUNDS: usize = 50;
/// For races of which each round waits for the disk many times.
const FEW: usize = 10;

pub(super) async fn run(open: &dyn Fn() -> Arc<dyn Store>) {
    no_increment_is_lost(open).await;
    no_append_is_lost_to_a_rewrite(open).await;
    readers_see_whole_documents(open).await;
    one_claim_at_a_time(open).await;
    users_come_and_go(open).await;
}

async fn no_increment_is_lost(open: &dyn Fn() -> Arc<dyn Store>) {
    let profile = key("counted", Part::Profile);
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let (store, profile) = (open(), profile.clone());
        workers.spawn(async move {
            for _ in 0..ROUNDS {
                increment(&*store, &profile).await;
                yield_now().await;
            }
        });
    }
    workers.join_all().await;
    let total = WORKERS * ROUNDS;
    let seen = peek(&*open(), &profile).await;
    assert_eq!(seen, (Some(total.to_string()), Some(total.to_string())));
    let entries: Vec<Vec<u8>> = (1..=total).map(|number| number.to_string().into()).collect();
    let history = profile.log().unwrap();
    assert_eq!(open().read(&history).await.unwrap(), entries);
}

async fn increment(store: &dyn Store, profile: &Key) {
    let change: Change<'_> = &mut |current| {
        let (document, entry) = see(current);
        assert_eq!(document, entry, "document and history are in step");
        let number: usize = document.map_or(0, |text| text.parse().unwrap());
        let next = (number + 1).to_string();
        Some(Next { document: Some(next.clone().into()), entries: vec![next.into()] })
    };
    store.update(profile, change).await.unwrap();
}

async fn no_append_is_lost_to_a_rewrite(open: &dyn Fn() -> Arc<dyn Store>) {
    let journal = key("scrubbed", journal("s"));
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let (store, journal) = (open(), journal.clone());
        workers.spawn(async move {
            for round in 0..FEW {
                append(&*store, &journal, &[&format!("{worker} {round}"), "secret"]).await;
                scrub(&*store, &journal).await;
                yield_now().await;
            }
        });
    }
    workers.join_all().await;
    let mut lines = open().read(&journal).await.unwrap();
    let mut expected = Vec::new();
    for worker in 0..WORKERS {
        expected.extend((0..FEW).map(|round| format!("{worker} {round}").into_bytes()));
    }
    lines.sort();
    expected.sort();
    assert_eq!(lines, expected);
}

async fn scrub(store: &dyn Store, journal: &Key) {
    let change: Change<'_> = &mut |current| {
        let text = see(current).0.unwrap_or_default();
        Some(Next { document: Some(text.replace("secret\n", "").into()), entries: Vec::new() })
    };
    store.update(journal, change).await.unwrap();
}

async fn readers_see_whole_documents(open: &dyn Fn() -> Arc<dyn Store>) {
    let key = key("read", Part::Profile);
    let large = |letter: u8| char::from(letter).to_string().repeat(300_000);
    put(&*open(), &key, &large(b'a'), &[]).await;
    let (store, written) = (open(), key.clone());
    let writer = tokio::spawn(async move {
        for round in 0..26 {
            put(&*store, &written, &large(b'a' + round), &[]).await;
            yield_now().await;
        }
    });
    let store = open();
    loop {
        let last = writer.is_finished();
        let document = store.get(&key).await.unwrap().unwrap();
        assert_eq!(document.len(), 300_000);
        assert!(document.iter().all(|byte| *byte == document[0]));
        if last {
            break;
        }
        yield_now().await;
    }
    writer.await.unwrap();
}

async fn one_claim_at_a_time(open: &dyn Fn() -> Arc<dyn Store>) {
    let counter = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let session = key("claimed", journal("s"));
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let (store, session, holders) = (open(), session.clone(), Arc::clone(&counter));
        workers.spawn(async move {
            let mut taken = 0;
            while taken < FEW / 2 {
                if let Some(hold) = store.hold(&session).await.unwrap() {
                    use std::sync::atomic::Ordering::SeqCst;
                    assert_eq!(holders.fetch_add(1, SeqCst), 0, "two holders");
                    append(&*store, &session, &["held"]).await;
                    store.delete(&session).await.unwrap();
                    yield_now().await;
                    holders.fetch_sub(1, SeqCst);
                    drop(hold);
                    taken += 1;
                }
                yield_now().await;
            }
        });
    }
    workers.join_all().await;
    assert_eq!(keys(&*open(), None, &user("claimed")).await, []);
}

/// Deleting a user's last thing must not get into the way of somebody who is just writing the next.
async fn users_come_and_go(open: &dyn Fn() -> Arc<dyn Store>) {
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let store = open();
        let journal = key("comes and goes", journal(&format!("s{worker}")));
        workers.spawn(async move {
            for _ in 0..FEW {
                append(&*store, &journal, &["here"]).await;
                assert_eq!(store.read(&journal).await.unwrap(), owned(&["here"]));
                assert!(store.delete(&journal).await.unwrap());
                yield_now().await;
            }
        });
    }
    workers.join_all().await;
    assert!(!users(&*open(), None).await.contains(&user("comes and goes")));
}
