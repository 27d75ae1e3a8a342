//! At a terminal.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rexpect::session::{PtySession, spawn_command};

use super::{NOTHING, PATIENCE, Place, TEA, answering, ends, types};
use crate::support::fake_anthropic::{Reply, Response};

/// Erases the line that the spinner is on.
const ERASE: &str = "\r\u{1b}[2K";

#[test]
fn a_whole_session_from_the_question_to_what_was_learned() {
    let place = Place::offline();
    let mut terminal = spawn_command(place.command(&[]), Some(PATIENCE)).unwrap();
    terminal.exp_string("Enter user ID: ").unwrap();
    types(&mut terminal, "alice\r", "is new here: nothing is known yet");
    terminal.exp_string("Ctrl-D ends the session").unwrap();
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "I live in Porto.\r", "Noted: you live in Porto.\r\n");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "\u{4}", "remembered:");
    let (rest, status) = ends(terminal);
    assert!(rest.contains("fact f1: Lives in Porto"), "{rest}");
    assert!(rest.ends_with("cost: nothing\r\n"), "{rest}");
    assert_eq!(status, 0);

    let mut again = place.started();
    again.exp_string("1 fact from 1 session").unwrap();
    again.exp_string("> ").unwrap();
    types(&mut again, "exit\r", "nothing was said");
    assert_eq!(ends(again).1, 0);
}

#[test]
fn lines_are_completed_continued_and_recalled_another_day() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text(NOTHING));
    let place = Place::talking_to(&server);
    let mut terminal = place.terminal();
    types(&mut terminal, "/mem\t\r", "nothing is remembered yet");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "two \\\r", "... ");
    types(&mut terminal, "lines\r", "Noted.");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "my key is sk-ant-api03-0123456789abcdefghijABCDEFGHIJ\r", "Noted.");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "exit\r", "nothing new was learned");
    assert_eq!(ends(terminal).1, 0);
    assert_eq!(server.requests()[0].body["messages"][0]["content"][0]["text"], "two \nlines");

    let kept = fs::read_to_string(place.path("alice/input")).unwrap();
    assert_eq!(kept, "/memory\ntwo \\nlines\nmy key is [redacted: api key]\n");
    let mut again = place.terminal();
    types(&mut again, &format!("{}\r", "\u{1b}[A".repeat(4)), "nothing is remembered");
    again.exp_string("> ").unwrap();
    types(&mut again, "\u{4}", "nothing was said");
    assert_eq!(ends(again).1, 0);
    assert_eq!(fs::read_to_string(place.path("alice/input")).unwrap(), kept);
}

#[test]
fn a_forgotten_value_is_not_recalled() {
    let place = Place::offline();
    let mut terminal = place.terminal();
    types(&mut terminal, "I live in Porto.\r", "Noted");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "/save\r", "remembered:");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "/forget f1\r", "(forgotten)");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "\u{4}", "nothing new was said");
    assert_eq!(ends(terminal).1, 0);
    let kept = fs::read_to_string(place.path("alice/input")).unwrap();
    assert_eq!(kept, "[forgotten]\n/save\n/forget f1\n");
}

#[test]
fn a_reply_is_rendered_as_it_streams_and_control_c_stops_it_alone() {
    let first = Arc::new(AtomicBool::new(true));
    let server = answering(
        move |_| {
            if first.swap(false, Ordering::SeqCst) {
                Reply::start().text(&["It is **bo", "ld** an"]).unfinished().held()
            } else {
                Response::text("All of it.")
            }
        },
        |_| Response::text(TEA),
    );
    let place = Place::talking_to(&server);
    let mut terminal = place.terminal();
    types(&mut terminal, "I drink tea\r", "It is \u{1b}[1mbold");
    types(&mut terminal, "\u{3}", "stopped\r\n");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "go on\r", "All of it.\r\n");
    let sent = server.requests()[1].body["messages"].clone();
    assert_eq!(sent[1]["content"][0]["text"], "It is **bold** an");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "exit\r", "Drinks tea");
    assert_eq!(ends(terminal).1, 0);
}

#[test]
fn a_spinner_turns_while_a_model_thinks_and_is_gone_afterwards() {
    let server = answering(|_| Response::silence(), |_| Response::text(NOTHING));
    let place = Place::talking_to(&server);
    let mut terminal = place.terminal();
    types(&mut terminal, "hello\r", &format!("{ERASE}| thinking"));
    let rest = types(&mut terminal, "\u{3}", "stopped\r\n");
    assert!(rest.ends_with(ERASE), "{rest:?}");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "\u{4}", "nothing new was learned");
    assert_eq!(ends(terminal).1, 0);
}

#[test]
fn control_c_at_the_end_leaves_the_session_pending_and_another_at_the_start_skips_it() {
    let server = answering(|_| Response::text("Noted."), |_| Response::silence());
    let place = Place::talking_to(&server);
    let mut terminal = place.terminal();
    types(&mut terminal, "I drink tea\r", "Noted.");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "exit\r", "remembering");
    types(&mut terminal, "\u{3}", "stopped; the session stays pending\r\n");
    assert_eq!(ends(terminal).1, 130);

    let mut again = place.started();
    again.exp_string("learning from an earlier session").unwrap();
    types(&mut again, "\u{3}", "skipped; it stays pending\r\n");
    again.exp_string("> ").unwrap();
    types(&mut again, "exit\r", "nothing was said");
    assert_eq!(ends(again).1, 0);
}

/// A shell's command line at a terminal; the chat's stands in it as `acquaint`.
fn in_a_shell(place: &Place, line: &str) -> PtySession {
    let mut shell = place.command(&[]);
    let line = line.replace("acquaint", shell.get_program().to_str().unwrap());
    let environment: Vec<_> =
        shell.get_envs().map(|(n, v)| (n.to_owned(), v.unwrap().to_owned())).collect();
    shell = Command::new("/bin/sh");
    shell.env_clear().envs(environment).current_dir(place.folder.path()).args(["-c", &line]);
    spawn_command(shell, Some(PATIENCE)).unwrap()
}

#[test]
fn one_end_can_be_a_terminal_and_the_other_a_file() {
    let place = Place::offline();
    let mut to_a_file = in_a_shell(&place, "exec acquaint chat --user alice > replies");
    to_a_file.exp_string("> ").unwrap();
    types(&mut to_a_file, "I live in Porto.\r", "> ");
    types(&mut to_a_file, "\u{4}", "remembered:");
    assert_eq!(ends(to_a_file).1, 0);
    let replies = fs::read_to_string(place.folder.path().join("replies")).unwrap();
    assert_eq!(replies, "Noted: you live in Porto.\n");

    place.plant("input", "Where do I live?\n");
    let from_a_file = in_a_shell(&place, "exec acquaint chat --user alice < input");
    let (all, status) = ends(from_a_file);
    assert!(all.starts_with("You live in Porto.\r\n"), "{all:?}");
    assert_eq!(status, 0);
}

#[test]
fn control_c_stops_a_pipe_as_a_whole() {
    let server = answering(|_| Response::silence(), |_| Response::text(NOTHING));
    let place = Place::talking_to(&server);
    place.plant("input", "I drink tea\nnot said any more\n");
    let mut terminal = in_a_shell(&place, "exec acquaint chat --user alice < input");
    terminal.exp_string("thinking").unwrap();
    types(&mut terminal, "\u{3}", "stopped\r\nthe session stays pending\r\n");
    assert_eq!(ends(terminal).1, 130);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn control_c_at_the_prompt_clears_the_line_and_twice_leaves() {
    let place = Place::offline();
    let mut terminal = place.terminal();
    types(&mut terminal, "I live in Lisbon\u{3}", "so does Ctrl-C twice");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "I live in Porto.\r", "Noted: you live in Porto.");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "\u{3}", "> ");
    types(&mut terminal, "x\u{3}", "> ");
    types(&mut terminal, "\u{3}", "> ");
    types(&mut terminal, "\u{3}", "remembered:");
    let (rest, status) = ends(terminal);
    assert!(rest.contains("Lives in Porto") && !rest.contains("Lisbon"), "{rest}");
    assert_eq!(status, 0);
}

#[test]
fn a_failed_turn_does_not_end_the_session() {
    let first = AtomicBool::new(true);
    let server = answering(
        move |_| {
            if first.swap(false, Ordering::SeqCst) {
                Response::html(403, "Blocked").header("request-id", "")
            } else {
                Response::text("Here.")
            }
        },
        |_| Response::text(NOTHING),
    );
    let place = Place::talking_to(&server);
    let mut terminal = place.terminal();
    types(&mut terminal, "hello\r", "error:");
    terminal.exp_string("hint:").unwrap();
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "hello\r", "Here.");
    terminal.exp_string("> ").unwrap();
    types(&mut terminal, "exit\r", "nothing new was learned");
    assert_eq!(ends(terminal).1, 0);
}
