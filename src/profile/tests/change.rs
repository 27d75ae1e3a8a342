use proptest::prelude::*;

use super::{arbitrary, now};
use crate::profile::{Caps, Change, Evidence, Item, Profile, apply, diff, merge};

/// Items and summary, in the order of the ids.
fn content(profile: &Profile) -> (Vec<Item>, String) {
    let mut items: Vec<Item> = profile.items().collect();
    items.sort_by(|a, b| (a.kind(), a.id()).cmp(&(b.kind(), b.id())));
    (items, profile.running_summary.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_diff_leads_from_the_one_to_the_other(before in arbitrary::profile(), after in arbitrary::profile()) {
        let changes = diff(&before, &after);
        let mut there = before.clone();
        apply(&mut there, &changes);
        prop_assert_eq!(content(&there), content(&after));
        prop_assert_eq!(diff(&before, &before), []);
    }

    #[test]
    fn what_a_merge_tells_is_what_it_did(before in arbitrary::profile(), update in arbitrary::update(), turns in arbitrary::turns()) {
        let mut after = before.clone();
        let evidence = Evidence::Session { id: "s1", turns: &turns };
        let changes = merge(&mut after, &update, evidence, &Caps::default(), now());
        let json = serde_json::to_string(&changes).unwrap();
        let recorded: Vec<Change> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&recorded, &changes);
        let mut replayed = before.clone();
        apply(&mut replayed, &recorded);
        prop_assert_eq!(content(&replayed), content(&after));
    }
}
