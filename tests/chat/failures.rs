//! What goes wrong, and what is left then.

use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{NOTHING, Place, Run, TEA, answering, ends, types};
use crate::support::fake_anthropic::{FakeAnthropic, Response};

const DENIED: &str = "error: the API key was refused: invalid x-api-key (request `req_fake_1`)
hint: check `ANTHROPIC_API_KEY` in the environment or in `.env` against the API keys page of the provider's console; \
`acquaint doctor` tests it
";

fn denied() -> Response {
    Response::error(401, "authentication_error", "invalid x-api-key")
}

#[test]
fn a_failed_extraction_leaves_the_session_pending_and_the_next_start_learns_from_it() {
    let fails = Arc::new(AtomicBool::new(true));
    let failing = Arc::clone(&fails);
    let server = answering(
        |_| Response::text("Noted."),
        move |_| if failing.load(Ordering::SeqCst) { denied() } else { Response::text(TEA) },
    );
    let place = Place::talking_to(&server);
    let first = place.pipe("I drink tea\n");
    assert_eq!(
        first,
        Run::new(
            "Noted.\n",
            &format!(
                "{DENIED}hint: the session stays pending; `acquaint extract alice` tries again
cost: unknown (no price for the model); 1 call, 25 tokens in (4 of them cached), 7 out
"
            ),
            3
        )
    );
    let still = place.pipe("exit\n");
    let hint = "hint: an earlier session stays pending; `acquaint extract alice` tries again\n";
    assert_eq!(still, Run::new("", &format!("{DENIED}{hint}nothing was said\n"), 3));
    fails.store(false, Ordering::SeqCst);
    let learned = "learned from an earlier session\n  + fact f1: Drinks tea\nnothing was said\n";
    assert_eq!(place.pipe("exit\n"), Run::new("", learned, 0));
    assert_eq!(place.pipe("exit\n"), Run::new("", "nothing was said\n", 0));
    assert_eq!(
        (place.facts(), place.profile()["session_count"].as_u64()),
        (vec!["Drinks tea".to_owned()], Some(1))
    );
}

#[test]
fn a_session_that_fails_again_and_again_is_left_to_the_command() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text("No JSON today."));
    let place = Place::talking_to(&server);
    assert_eq!(place.pipe("I drink tea\n").status, Some(3));
    assert_eq!(place.pipe("").status, Some(3));
    assert_eq!(place.pipe("").status, Some(3));
    let before = server.requests().len();
    let told = "1 earlier session could not be learned from so far; `acquaint extract alice` tries again\n";
    assert_eq!(place.pipe(""), Run::new("", &format!("{told}nothing was said\n"), 0));
    assert_eq!(server.requests().len(), before);
}

#[test]
fn a_provider_out_of_reach_is_not_asked_for_each_session() {
    let server = answering(|_| Response::text("Noted."), |_| denied());
    let place = Place::talking_to(&server);
    // Each fails to learn from those before it, and leaves one more.
    place.pipe("one\n");
    place.pipe("two\n");
    let before = server.requests().len();
    place.pipe("");
    assert_eq!(server.requests().len(), before + 1);
}

#[test]
fn a_turn_that_fails_is_told_and_the_next_one_is_tried() {
    let server = answering(
        |request| {
            let last = request.body["messages"].as_array().unwrap().len();
            if last == 1 { denied() } else { Response::text("Here.") }
        },
        |_| Response::text(NOTHING),
    );
    let run = Place::talking_to(&server).pipe("one\ntwo\n");
    assert_eq!((run.out.as_str(), run.status), ("Here.\n", Some(1)));
    assert!(run.err.starts_with(DENIED), "{}", run.err);
}

#[test]
fn a_missing_key_and_no_network_are_told_with_what_to_do() {
    let nobody = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let place = Place::with(&[("ACQUAINT_PROVIDER", "anthropic")]);
    let run = place.pipe("hello\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    assert!(
        run.err.starts_with("error: no credentials: `ANTHROPIC_API_KEY` is not set\nhint: set ")
    );
    let place =
        Place::with(&[("ANTHROPIC_API_KEY", "sk-ant-test"), ("ANTHROPIC_BASE_URL", &address)]);
    let run = place.pipe("hello\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    assert!(run.err.starts_with(&format!("error: cannot reach `{address}`: ")), "{}", run.err);
    assert_eq!(place.sessions(), 1);
}

#[test]
fn what_cannot_be_journalled_is_not_sent() {
    let server = FakeAnthropic::script([]);
    let place = Place::talking_to(&server);
    place.plant("memory/alice/sessions", "in the way");
    let run = place.pipe("hello\nnot tried any more\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    let not_sent = "hint: what you said was not sent; say it again once that is mended\n";
    assert!(run.err.starts_with("error: cannot ") && run.err.ends_with(not_sent), "{}", run.err);
    assert_eq!(run.err.matches(not_sent).count(), 1);

    let mut terminal = place.terminal();
    types(&mut terminal, "hello\r", "was not sent");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "exit\r", "nothing was said");
    assert_eq!(ends(terminal).1, 0);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_damaged_profile_is_an_error_through_a_pipe_and_a_question_at_a_terminal() {
    let place = Place::offline();
    place.pipe("I live in Porto.\n");
    place.plant("memory/alice.json", "{\"key_facts\": [");
    let run = place.pipe("hello\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    assert!(run.err.contains("is damaged and was set aside as"), "{}", run.err);
    assert!(
        run.err.contains("\nhint: `acquaint undo alice --to 1` brings revision 1 back"),
        "{}",
        run.err
    );

    let question = "Go back to revision 1? [Y/n] ";
    let mut declined = place.started();
    declined.exp_string(question).unwrap();
    types(&mut declined, "n\r", "");
    assert_eq!(ends(declined).1, 1);
    assert!(!place.path("alice.json").exists());

    let mut accepted = place.started();
    accepted.exp_string(question).unwrap();
    types(&mut accepted, "\r", "revision 1 is back, as revision 2");
    accepted.exp_string("> ").unwrap();
    types(&mut accepted, "exit\r", "nothing was said");
    assert_eq!(ends(accepted).1, 0);
    assert_eq!(place.facts(), ["Lives in Porto"]);
}

#[test]
fn a_profile_of_a_newer_schema_is_refused_untouched() {
    let place = Place::offline();
    let newer = r#"{"schema_version": 999, "user_id": "alice"}"#;
    place.plant("memory/alice.json", newer);
    let mut terminal = place.started();
    terminal.exp_string("its schema version is 999").unwrap();
    assert_eq!(ends(terminal).1, 1);
    assert_eq!(place.pipe("hello\n").status, Some(1));
    assert_eq!(fs::read_to_string(place.path("alice.json")).unwrap(), newer);
}
