//! Through a pipe.

use std::io::{Read, Write};
use std::process::Stdio;

use super::{NOTHING, Place, Run, TEA, answering};
use crate::support::fake_anthropic::{Reply, Response};

#[test]
fn every_line_is_a_turn_and_only_replies_go_to_standard_output() {
    let place = Place::offline();
    let first = place.pipe("I live in Porto.\n\n  \nI prefer tea\nexit\nnot said any more\n");
    assert_eq!(
        first,
        Run::new(
            "Noted: you live in Porto.\nNoted: preference *drink*: tea.\n",
            "remembered:\n  + fact f1: Lives in Porto\n  + preference drink: tea\n  \
             ~ summary: The user lives in Porto. Prefers: drink: tea.\ncost: nothing\n",
            0
        )
    );
    let second = place.pipe("Where do I live?\n");
    assert_eq!(second.out, "You live in Porto.\n");
    assert_eq!((second.status, place.sessions()), (Some(0), 2));
}

#[test]
fn the_fall_back_to_the_rule_engine_is_told_and_quiet_silences_it() {
    let place = Place::with(&[]);
    let told = place.pipe("exit\n");
    let fallback = "no `ANTHROPIC_API_KEY` is set, so the offline rule engine answers; it knows a little plain \
                    English. Set the variable, here or in `.env`, for a real model.\n";
    assert_eq!(told, Run::new("", &format!("{fallback}nothing was said\n"), 0));
    let quiet = place.run(&["--quiet", "chat", "--user", "alice"], "I live in Porto.\n");
    assert_eq!(quiet, Run::new("Noted: you live in Porto.\n", "", 0));
}

#[test]
fn a_session_in_which_nothing_is_said_leaves_no_trace() {
    let place = Place::offline();
    assert_eq!(place.pipe(""), Run::new("", "nothing was said\n", 0));
    assert_eq!(place.pipe("\n \nbye\n"), Run::new("", "nothing was said\n", 0));
    assert!(!place.folder.path().join("memory").exists());
}

#[test]
fn without_a_user_the_first_line_is_the_id() {
    let place = Place::offline();
    let run = place.run(&[], "  bob@example.com \nI live in Porto.\n");
    assert!(run.err.starts_with("Enter user ID:\nremembered:\n"), "{run:?}");
    assert!(place.run(&[], "\nI live in Porto.\n").status == Some(0));
    let mut users: Vec<_> = std::fs::read_dir(place.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".json"))
        .collect();
    users.sort();
    assert_eq!(users, ["bob@example.com.json", "default_user.json"]);
    let long = "x".repeat(256);
    let refused = place.run(&[], &format!("{long}\nI live in Porto.\n"));
    assert_eq!(
        refused,
        Run::new(
            "",
            "Enter user ID:\nerror: the user id has 256 bytes; at most 255 are allowed\n",
            2
        )
    );
}

#[test]
fn a_reply_keeps_its_bytes_and_ends_with_one_line_break() {
    let replies = ["**bold**\n\n- x", "ends itself\n", "next"];
    let at = std::sync::atomic::AtomicUsize::new(0);
    let next = move |_: &_| {
        let at = at.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Response::text(replies[at]).bytewise()
    };
    let server = answering(next, |_| Response::text(NOTHING));
    let run = Place::talking_to(&server).pipe("one\ntwo \\\nlines\nthree");
    assert_eq!(run.out, "**bold**\n\n- x\nends itself\nnext\n");
    assert_eq!(
        (run.err.as_str(), run.status),
        (
            "nothing new was learned\n\
             cost: unknown (no price for the model); 4 calls, 100 tokens in (16 of them cached), 28 out\n",
            Some(0)
        )
    );
    let said = &server.requests()[1].body["messages"][2]["content"][0]["text"];
    assert_eq!(said, "two \nlines");
}

#[test]
fn a_reply_that_is_not_whole_says_so() {
    let refusal = serde_json::json!({
        "stop_reason": "refusal", "stop_sequence": null,
        "stop_details": {"type": "refusal", "category": "cyber", "explanation": "No malware."},
    });
    let server = answering(
        move |request| match request.body["messages"].as_array().unwrap().len() {
            1 => Reply::start().text(&["Half of"]).stop("max_tokens"),
            _ => Reply::start().stop_with(&refusal),
        },
        |_| Response::text(NOTHING),
    );
    let run = Place::talking_to(&server).pipe("one\ntwo\n");
    assert_eq!((run.out.as_str(), run.status), ("Half of\n", Some(0)));
    let mut lines = run.err.lines();
    assert_eq!(lines.next(), Some("the reply was cut off at the model's limit"));
    let declined = lines.next().unwrap();
    assert!(declined.starts_with("the model declined to answer: "), "{declined}");
    assert!(declined.contains("No malware."), "{declined}");
}

#[test]
fn a_reader_that_leaves_ends_the_session_and_not_the_memory() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text(TEA));
    let place = Place::talking_to(&server);
    let mut command = place.command(&["chat", "--user", "alice"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    // The pipe stays open: it is the reader who left.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"I drink tea\nnot said any more\n").unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert_eq!(place.facts(), ["Drinks tea"]);
    assert_eq!(server.requests().len(), 2);
}
