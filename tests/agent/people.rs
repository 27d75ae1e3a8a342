//! What a person does to a profile: remember, forget, edit, undo, erase, export.

use acquaint::agent::ItemKind;
use acquaint::error::Error;
use acquaint::store::{Current, Key, Next, Part, Store};
use serde_json::json;

use super::{World, alice, fact, facts};

fn two_facts() -> World {
    World::answering([
        json!({ "running_summary": "Uses Rust. Is allergic to peanuts.", "new_facts": [
            fact("Uses Rust", "I use Rust"),
            fact("Allergic to peanuts", "I am allergic to peanuts"),
        ] }),
        json!({ "running_summary": "Uses Rust. Is allergic to peanuts.", "new_facts": [
            fact("ALLERGIC  to peanuts!", "allergic to peanuts"),
            fact("Likes tea", "I like tea"),
        ] }),
    ])
}

const FIRST: [&str; 1] = ["I use Rust and I am allergic to peanuts"];

#[tokio::test]
async fn what_a_person_asks_to_remember_is_pinned() {
    let world = World::answering([]);
    world.agent().remember(&alice(), &ItemKind::Fact, "Plays the cello").await.unwrap();
    world
        .agent()
        .remember(&alice(), &ItemKind::Preference("drink".to_owned()), "tea")
        .await
        .unwrap();
    world
        .agent()
        .remember(&alice(), &ItemKind::Decision("pricing".to_owned()), "usage-based")
        .await
        .unwrap();
    let profile = world.profile().await;
    assert_eq!(profile.revision, 3);
    assert!(
        profile.key_facts[0].meta.pinned
            && profile.preferences[0].meta.pinned
            && profile.recent_decisions[0].meta.pinned
    );
}

#[tokio::test]
async fn what_is_forgotten_is_nowhere_and_is_not_learned_again() {
    let world = two_facts();
    world.session(&FIRST).await;
    world.agent().forget(&alice(), &["f2".to_owned()]).await.unwrap();
    for key in world.store.list(&acquaint::store::Scope::User(None, alice())).await.unwrap() {
        let text = String::from_utf8(world.store.get(&key).await.unwrap().unwrap()).unwrap();
        assert!(!text.to_lowercase().contains("peanut"), "{key:?}: {text}");
    }
    world.session(&["I like tea and I am allergic to peanuts"]).await;
    assert_eq!(facts(&world.profile().await), ["Uses Rust", "Likes tea"]);
    assert!(!world.profile().await.running_summary.contains("peanut"));
    let refused = world
        .agent()
        .remember(&alice(), &ItemKind::Fact, "allergic\u{200b} to ＰＥＡＮＵＴＳ")
        .await;
    assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
    assert!(matches!(
        world.agent().forget(&alice(), &["f2".to_owned()]).await,
        Err(Error::NoSuchItem { .. })
    ));
}

#[tokio::test]
async fn undo_goes_back_and_further_back_and_keeps_what_is_forgotten_forgotten() {
    let world = two_facts();
    let agent = world.agent();
    world.session(&FIRST).await;
    agent.remember(&alice(), &ItemKind::Fact, "Plays the cello").await.unwrap();
    agent.remember(&alice(), &ItemKind::Fact, "Plays the flute").await.unwrap();
    agent.undo(&alice(), None).await.unwrap();
    assert_eq!(
        facts(&world.profile().await),
        ["Uses Rust", "Allergic to peanuts", "Plays the cello"]
    );
    agent.undo(&alice(), None).await.unwrap();
    assert_eq!(facts(&world.profile().await), ["Uses Rust", "Allergic to peanuts"]);
    agent.undo(&alice(), Some(3)).await.unwrap();
    assert_eq!(facts(&world.profile().await).len(), 4);
    assert_eq!(world.profile().await.revision, 6);
    agent.forget(&alice(), &["f2".to_owned()]).await.unwrap();
    agent.undo(&alice(), Some(1)).await.unwrap();
    assert_eq!(facts(&world.profile().await), ["Uses Rust"]);
    assert!(matches!(agent.undo(&alice(), Some(99)).await, Err(Error::NoSuchRevision { .. })));
}

#[tokio::test]
async fn an_edit_is_checked_and_overwrites_no_change_made_meanwhile() {
    let world = two_facts();
    let agent = world.agent();
    world.session(&FIRST).await;
    let document = agent.document(&alice()).await.unwrap();
    let text = String::from_utf8(document.clone()).unwrap();
    let wrong = agent.edit(&alice(), &document, text.replace('}', "").as_bytes()).await;
    assert!(matches!(wrong, Err(Error::Profile { .. })), "{wrong:?}");
    let edited = text.replace("Uses Rust", "Uses Zig");
    agent.edit(&alice(), &document, edited.as_bytes()).await.unwrap();
    assert_eq!(facts(&world.profile().await)[0], "Uses Zig");
    let late = agent.edit(&alice(), &document, edited.as_bytes()).await;
    assert!(matches!(late, Err(Error::Moved { .. })), "{late:?}");
    assert_eq!(world.profile().await.revision, 2);
}

#[tokio::test]
async fn a_damaged_profile_is_set_aside_whole_and_the_last_good_revision_comes_back() {
    let world = two_facts();
    world.session(&FIRST).await;
    let key = Key::new(None, &alice(), Part::Profile);
    let garbage = b"{\"user_id\": \"alice\",\n  \"key_facts\": [\"half";
    let mut damage =
        |_: Current<'_>| Some(Next { document: Some(garbage.to_vec()), entries: Vec::new() });
    world.store.update(&key, &mut damage).await.unwrap();
    let error = world.agent().open(&alice()).await.unwrap_err();
    let Error::Damaged(damaged) = &error else { panic!("{error}") };
    assert_eq!(damaged.last_good, Some(1));
    assert!(damaged.problem.to_string().starts_with("line 2, "), "{}", damaged.problem);
    let kept = world.store.list(&acquaint::store::Scope::User(None, alice())).await.unwrap();
    let aside = kept.iter().find(|key| matches!(key.part, Part::Damaged(_))).unwrap();
    assert_eq!(world.store.get(aside).await.unwrap().unwrap(), garbage);
    assert!(matches!(
        world.agent().open(&alice()).await.unwrap_err(),
        Error::Lost { revision: 1, .. }
    ));
    world.agent().undo(&alice(), None).await.unwrap();
    assert_eq!(facts(&world.profile().await), ["Uses Rust", "Allergic to peanuts"]);
}

#[tokio::test]
async fn an_erased_user_leaves_nothing() {
    let world = two_facts();
    world.session(&FIRST).await;
    let receipt = world.agent().erase(&alice()).await.unwrap();
    assert_eq!(receipt.deleted.len(), 3);
    assert!(!world.agent().knows(&alice()).await.unwrap());
    assert!(matches!(world.agent().erase(&alice()).await, Err(Error::NoSuchUser { .. })));
}

#[tokio::test]
async fn a_user_with_an_open_session_is_not_erased() {
    let world = two_facts();
    let mut session = world.agent().open(&alice()).await.unwrap();
    session.say("I use Rust", std::future::pending(), |_| {}).await.unwrap();
    assert!(matches!(world.agent().erase(&alice()).await, Err(Error::Busy { .. })));
    session.end(|_| {}).await.unwrap();
    world.agent().erase(&alice()).await.unwrap();
}

#[tokio::test]
async fn an_export_comes_back_byte_by_byte() {
    let (here, there) = (two_facts(), World::answering([]));
    here.session(&FIRST).await;
    let zip = here.agent().export(&[alice()]).await.unwrap();
    there.agent().import(&zip, "a.zip", None).await.unwrap();
    for key in here.store.list(&acquaint::store::Scope::User(None, alice())).await.unwrap() {
        assert_eq!(here.store.get(&key).await.unwrap(), there.store.get(&key).await.unwrap());
    }
    assert!(matches!(there.agent().import(&zip, "a.zip", None).await, Err(Error::Exists { .. })));
    let cut = there.agent().import(&zip[..zip.len() / 2], "a.zip", None).await;
    assert!(matches!(cut, Err(Error::Import { .. })), "{cut:?}");
    there.agent().import(&zip, "a.zip", Some(&"bob".parse().unwrap())).await.unwrap();
    let bob = there.agent().profile(&"bob".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(facts(&bob), ["Uses Rust", "Allergic to peanuts"]);
}

#[tokio::test]
async fn the_tutorial_file_is_imported_as_it_is() {
    let world = World::answering([]);
    let file = json!({
        "user_id": "alice", "key_facts": ["Works at Acme"], "preferences": { "language": "Python" },
        "recent_decisions": [{ "topic": "db", "decision": "Postgres", "date": "2025-01-15" }],
        "running_summary": "Alice builds things.", "session_count": 3, "last_session": "2025-01-15T10:30:00.123456",
    });
    world.agent().import(file.to_string().as_bytes(), "alice.json", None).await.unwrap();
    let profile = world.profile().await;
    assert_eq!((profile.session_count, profile.revision), (3, 1));
    assert!(profile.key_facts[0].meta.pinned);
}
