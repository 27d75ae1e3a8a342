//! `doctor`.

use serde_json::Value;

use super::World;
use crate::support::acquaint::{prints, ran};
use crate::support::fake_anthropic::{FakeAnthropic, Reply, Response};

const SETTINGS: &str =
    "ok    settings: all can be read\nok    provider: offline, which needs no key\n";
const WRITABLE: &str = "ok    store: can be written to, and its locks keep others out\n";

#[test]
fn where_all_is_well_it_says_so_and_leaves_nothing_behind() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let healthy = "ok    store `memory`: 1 user\n";
    let memory = "ok    memory: every profile can be read, nothing is pending\n";
    assert_eq!(world.run(&["doctor"]), prints(&format!("{SETTINGS}{healthy}{WRITABLE}{memory}")));
    assert_eq!(world.files("memory"), [".locks", "ann", "ann.json"]);
    let json: Value = serde_json::from_str(&world.run(&["doctor", "--json"]).out).unwrap();
    assert_eq!((&json[0]["health"], json.as_array().unwrap().len()), (&"ok".into(), 5));
}

#[test]
fn each_thing_that_is_not_in_order_comes_with_what_to_do() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    world.run(&["forget", "ann", "f1"]);
    let document = world.read("memory/ann.json");
    let revived = document.replace("\"key_facts\": []", "\"key_facts\": [\"lives in Porto\"]");
    world.put("memory/ann.json", revived);
    let session = world.pending("bob", &["I live in Porto."]);
    let journal = format!("memory/bob/sessions/{session}.jsonl");
    world.put(&journal, world.read(&journal) + "{\"half\n");
    world.put("memory/cat.json", "{");
    world.put("memory/notes.txt", "mine");
    let told = "ok    store `memory`: 3 users\n\
        ok    store: can be written to, and its locks keep others out\n\
        warn  store: nobody will read `memory/notes.txt`\n      move what does not belong there elsewhere\n\
        warn  ann: f2 hold what was forgotten\n      `acquaint forget ann f2` takes it out\n\
        warn  bob: 1 pending session\n      `acquaint extract bob` learns from what was said there\n\
        warn  bob: 1 unreadable line in the history or the journals\n      a crash or a full disk leaves one behind, which harms nothing; for more, look at the disk\n\
        fail  cat: the profile `memory/cat.json` is damaged and was set aside as `memory/cat.json.damaged-TIME`: line 1, column 1: the document ends too early\n      mend the file that was set aside, then `acquaint import` it `--as cat`; until then `cat` starts afresh\n";
    assert_eq!(world.run(&["doctor"]), ran(1, &format!("{SETTINGS}{told}"), ""));
    let later = world.run(&["doctor"]);
    assert!(later.out.contains(
        "warn  cat: a damaged profile was set aside as `memory/cat.json.damaged-TIME`\n"
    ));
    assert_eq!(later.status, 0);
}

#[test]
fn a_key_that_is_missing_is_a_failure_when_the_provider_needs_one() {
    let world = World::new().with("ACQUAINT_PROVIDER", "anthropic");
    let doctor = world.run(&["doctor"]);
    assert!(doctor.out.contains("fail  provider: anthropic, without a key\n"), "{doctor:?}");
    assert_eq!(doctor.status, 1);
}

#[test]
fn each_model_is_asked_once_and_a_wrong_key_shows() {
    let server = FakeAnthropic::start(|request| match request.header("x-api-key") {
        Some("right") => Reply::start().text(&["ok"]).stop("end_turn"),
        _ => Response::error(401, "authentication_error", "invalid x-api-key"),
    });
    let world = World::new()
        .with("ACQUAINT_PROVIDER", "anthropic")
        .with("ANTHROPIC_BASE_URL", &server.url())
        .with("ANTHROPIC_API_KEY", "right");
    let well = world.run(&["doctor"]);
    assert_eq!(well.status, 0, "{well:?}");
    assert!(well.out.contains("ok    model claude-sonnet-5-5: answers ("), "{well:?}");
    assert!(well.out.contains("ok    model claude-haiku-5-5: answers ("), "{well:?}");
    assert_eq!(server.requests().len(), 2);
    let wrong = world.with("ANTHROPIC_API_KEY", "wrong").run(&["doctor"]);
    assert_eq!(wrong.status, 1);
    assert!(
        wrong.out.contains("fail  model claude-haiku-5-5: the API key was refused: "),
        "{wrong:?}"
    );
    assert!(!wrong.out.contains("x-api-key: wrong"));
}
