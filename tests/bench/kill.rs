//! `kill -9` at random moments of a session: what was answered stays, and is extracted exactly once.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::figure::Figure;

const KILLS: u32 = 200;
const TURNS: usize = 5;

/// What was found wrong, over all kills.
#[derive(Default)]
struct Faults {
    lost_turns: usize,
    damaged_profiles: usize,
    not_once: usize,
}

pub(crate) fn run() -> Vec<Figure> {
    let whole = whole_session();
    let mut faults = Faults::default();
    let mut cut_short = 0;
    for number in 0..KILLS {
        let folder = tempfile::tempdir().unwrap();
        // Evenly over the whole session and its extraction, in steps of the golden ratio.
        let share = (f64::from(number) * 0.618_033_988_749_895).fract();
        let answered = killed_session(folder.path(), whole.mul_f64(share * 1.1));
        cut_short += usize::from(answered < TURNS);
        check(folder.path(), answered, &mut faults);
    }
    let figure =
        |what, value: usize, goal| Figure { what, value: value as f64, unit: "", bare: None, goal };
    vec![
        figure("kills of 200 that came before the last reply", cut_short, "more than 0"),
        figure("answered turns lost in 200 kills", faults.lost_turns, "0"),
        figure("profiles damaged", faults.damaged_profiles, "0"),
        figure("sessions not extracted exactly once by the next start", faults.not_once, "0"),
    ]
}

fn acquaint(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acquaint"));
    command
        .env_clear()
        .current_dir(folder)
        .args(["--store", "memory", "--provider", "offline"])
        .args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn line(turn: usize) -> String {
    format!("I use tool{turn} for the garden.")
}

/// How long a session takes that nobody kills.
fn whole_session() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let answered = killed_session(folder.path(), Duration::from_mins(1));
    assert_eq!(answered, TURNS);
    start.elapsed()
}

/// Plays a session and kills it after a while; answers with the number of replies that were seen.
fn killed_session(folder: &Path, after: Duration) -> usize {
    let mut child = acquaint(folder, &["chat", "--user", "alice"]).spawn().unwrap();
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let child = Arc::new(Mutex::new(child));
    let killer = kill_after(&child, after);
    let mut replies = BufReader::new(output).lines();
    let mut answered = 0;
    for turn in 0..TURNS {
        if writeln!(input, "{}", line(turn)).is_err() || !matches!(replies.next(), Some(Ok(_))) {
            break;
        }
        answered += 1;
    }
    drop(input);
    while replies.next().is_some() {}
    wait(&child);
    killer.thread().unpark();
    killer.join().unwrap();
    answered
}

/// Waits without holding the lock that the killer needs.
fn wait(child: &Mutex<Child>) {
    while child.lock().unwrap().try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

fn kill_after(child: &Arc<Mutex<Child>>, after: Duration) -> std::thread::JoinHandle<()> {
    let child = Arc::clone(child);
    let start = Instant::now();
    std::thread::spawn(move || {
        std::thread::park_timeout(after);
        if start.elapsed() >= after {
            let _already_gone = child.lock().unwrap().kill();
        }
    })
}

fn check(folder: &Path, answered: usize, faults: &mut Faults) {
    let said = said(folder);
    faults.lost_turns += (0..answered).filter(|turn| !said.contains(&line(*turn))).count();
    let profile = folder.join("memory/alice.json");
    if profile.exists() && document(&profile).is_none() {
        faults.damaged_profiles += 1;
        return;
    }
    if said.is_empty() {
        return;
    }
    let mut revisions = Vec::new();
    for _ in 0..2 {
        acquaint(folder, &["chat", "--user", "alice"]).spawn().unwrap().wait_with_output().unwrap();
        let Some(profile) = document(&profile) else {
            faults.damaged_profiles += 1;
            return;
        };
        let facts = profile["key_facts"].as_array().map_or(0, Vec::len);
        revisions.push((profile["revision"].clone(), profile["session_count"].clone(), facts));
    }
    let once = revisions[0] == revisions[1] && revisions[0].1 == 1 && revisions[0].2 == said.len();
    faults.not_once += usize::from(!once);
}

fn document(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// What the user said, as the journals have it.
fn said(folder: &Path) -> Vec<String> {
    let Ok(sessions) = std::fs::read_dir(folder.join("memory/alice/sessions")) else {
        return Vec::new();
    };
    let journals = sessions
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "jsonl"));
    let text: String = journals.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    lines
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["role"] == "user")
        .map(|line| line["content"].as_str().unwrap().to_owned())
        .collect()
}
