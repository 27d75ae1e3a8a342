//! Claims: one holder at a time, whatever else happens to the key.

use super::*;

/// `one` and `other` are two handles on the same store.
pub(super) async fn run(one: &dyn Store, other: &dyn Store) {
    a_claim_excludes_others_until_it_is_dropped(one, other).await;
    a_claim_concerns_its_own_key_only(one, other).await;
    a_claim_outlives_what_it_claims(one, other).await;
}

async fn a_claim_excludes_others_until_it_is_dropped(one: &dyn Store, other: &dyn Store) {
    for part in [journal("s"), Part::Profile, Part::Input] {
        let key = key("held", part);
        for _ in 0..3 {
            let hold = one.hold(&key).await.unwrap();
            assert!(hold.is_some());
            assert!(one.hold(&key).await.unwrap().is_none());
            assert!(other.hold(&key).await.unwrap().is_none());
            drop(hold);
            let hold = other.hold(&key).await.unwrap();
            assert!(hold.is_some());
            assert!(one.hold(&key).await.unwrap().is_none());
        }
    }
    assert_eq!(keys(one, None, &user("held")).await, []);
    assert!(!users(one, None).await.contains(&user("held")));
}

async fn a_claim_concerns_its_own_key_only(one: &dyn Store, other: &dyn Store) {
    let key_of = |name: &str, session: &str| key(name, journal(session));
    let _hold = one.hold(&key_of("own", "s")).await.unwrap().unwrap();
    for free in [key_of("own", "t"), key_of("own", "S"), key_of("Own", "s")] {
        assert!(other.hold(&free).await.unwrap().is_some(), "{free:?}");
    }
    let elsewhere = Key { space: Some(space("team")), ..key_of("own", "s") };
    assert!(other.hold(&elsewhere).await.unwrap().is_some());
    append(other, &key_of("own", "s"), &["written all the same"]).await;
    put(one, &key_of("own", "s"), "rewritten\n", &[]).await;
}

async fn a_claim_outlives_what_it_claims(one: &dyn Store, other: &dyn Store) {
    let key = key("outlived", journal("s"));
    let hold = one.hold(&key).await.unwrap();
    append(one, &key, &["one"]).await;
    assert!(other.delete(&key).await.unwrap());
    assert!(other.hold(&key).await.unwrap().is_none());
    append(one, &key, &["two"]).await;
    assert!(other.hold(&key).await.unwrap().is_none());
    drop(hold);
    assert!(other.hold(&key).await.unwrap().is_some());
    assert!(one.delete(&key).await.unwrap());
}
