use serde_json::json;

use super::{learn, now, parse, refusals, said, tell};
use crate::profile::{Change, Item, Profile, scrub};

fn profile() -> Profile {
    parse(
        &json!({
            "running_summary": "Alice codes. She is allergic to nuts. She moved to Porto.",
            "key_facts": [
                {"id": "f1", "fact": "Is allergic to nuts", "quote": "I'm allergic to nuts"},
                {"id": "f2", "fact": "Carries an EpiPen", "quote": "as I am allergic to nuts I carry one"},
                {"id": "f3", "fact": "Both: allergic to nuts, and to dust"}],
            "preferences": {"partner": "Alexandra", "theme": "dark"},
            "recent_decisions": [{"id": "d1", "topic": "pricing", "decision": "usage-based plans"}]
        })
        .to_string(),
    )
}

#[test]
fn what_is_forgotten_is_gone_from_the_whole_profile() {
    let mut profile = profile();
    assert_eq!(profile.forget("f1", now()).unwrap().text(), "Is allergic to nuts");
    assert_eq!(profile.running_summary, "Alice codes. She moved to Porto.");
    assert_eq!(profile.key_facts[0].meta.quote, None);
    assert_eq!(profile.revived(), ["f3"]);
    profile.forget("f3", now()).unwrap();
    assert!(!profile.to_json().to_lowercase().contains("nuts"));
    assert_eq!(profile.forget("f99", now()), None);
}

#[test]
fn no_way_of_writing_brings_it_back() {
    let mut profile = profile();
    profile.forget("f1", now());
    profile.forget("f3", now());
    profile.forget("Partner", now());
    profile.forget("d1", now());
    let said = said(&["I am ALLERGIC to nuts, we use usage-based plans, Alexandra"]);
    let before = profile.clone();
    let changes = learn(
        &mut profile,
        &said,
        &json!({
            "new_facts": ["Alice is allergic\u{200b} to NUTS!", "Her partner is Alexandra", "ｕｓａｇｅ-based plans"],
            "updated_facts": [{"id": "f2", "fact": "allergic to nuts", "quote": "I am ALLERGIC to nuts"}],
            "updated_preferences": [{"key": "allergies", "value": "allergic to nuts"}, {"key": "PARTNER", "value": "alexandra"}, {"key": "wife", "value": "Alexandra"}],
            "new_decisions": [{"topic": "other", "decision": "Usage-based plans"}],
            "running_summary": "Alice codes. She moved to Porto. Alexandra sings."
        }),
    );
    assert_eq!(profile, before);
    let refused = refusals(&changes);
    assert_eq!(refused.len(), 9, "{refused:?}");
    assert!(refused.iter().all(|line| line.ends_with("it was forgotten")), "{refused:?}");
    assert!(!serde_json::to_string(&changes).unwrap().to_lowercase().contains("nuts"));
    let told = tell(&mut profile, &json!({"new_facts": ["allergic to nuts"]}));
    assert_eq!(
        refusals(&told),
        [
            "fact forgotten as f1: it was forgotten; remove its entry under `forgotten` to allow it again"
        ]
    );
}

#[test]
fn a_new_item_does_not_bring_it_back_in_its_quote() {
    let mut profile = profile();
    profile.forget("f1", now());
    learn(
        &mut profile,
        &said(&["I am allergic to nuts so I avoid bakeries"]),
        &json!({"new_facts": [{"fact": "Avoids bakeries", "quote": "I am allergic to nuts so I avoid bakeries"}]}),
    );
    let fact = profile.key_facts.last().unwrap();
    assert_eq!((fact.fact.as_str(), &fact.meta.quote), ("Avoids bakeries", &None));
}

#[test]
fn common_words_are_only_forgotten_as_a_whole() {
    let mut profile = profile();
    profile.forget("theme", now());
    let changes = tell(
        &mut profile,
        &json!({"new_facts": ["Likes dark chocolate"], "updated_preferences": {"theme": "Dark"}}),
    );
    assert!(
        matches!(changes.as_slice(), [Change::Added { .. }, Change::Refused { .. }]),
        "{changes:?}"
    );
}

#[test]
fn history_is_scrubbed_of_it() {
    let before = profile();
    let mut after = before.clone();
    let item = after.forget("f1", now()).unwrap();
    let other = |id: &str| before.item(id).unwrap();
    let Item::Fact(fact) = other("f2") else { panic!() };
    let quoteless = Item::Fact(crate::profile::Fact {
        meta: crate::profile::Meta { quote: None, ..fact.meta.clone() },
        ..fact
    });
    let gone = |id: &str| Change::Forgotten { id: id.to_owned() };
    let mut changes = vec![
        Change::Added { item: item.clone() },
        Change::Confirmed { before: item.clone(), after: item },
        Change::Added { item: other("f2") },
        Change::Added { item: other("f3") },
        Change::Added { item: other("theme") },
        Change::Summary {
            before: before.running_summary.clone(),
            after: "Allergic to nuts".to_owned(),
        },
        Change::Refused {
            what: "fact \"allergic to nuts\"".to_owned(),
            why: "it is pinned".to_owned(),
        },
    ];
    scrub(&mut changes, "f1", &after.forgotten);
    assert_eq!(
        changes,
        [
            gone("f1"),
            Change::Added { item: quoteless },
            gone("f3"),
            Change::Added { item: other("theme") },
            Change::Summary {
                before: "Alice codes. She moved to Porto.".to_owned(),
                after: String::new()
            },
            gone("f1"),
        ]
    );
    let mut recorded = changes.clone();
    scrub(&mut recorded, "f1", &after.forgotten);
    assert_eq!(recorded, changes);
}
