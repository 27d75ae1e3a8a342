//! Sessions that end at the same moment in several processes: what is kept of what was learned.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use acquaint::agent::{Agent, Settings};
use acquaint::id::UserId;
use acquaint::profile::Caps;
use acquaint::store;

use crate::figure::Figure;
use crate::quick::Quick;

const PROCESSES: usize = 8;
const SESSIONS: usize = 64;
const USERS: usize = 256;

pub(crate) fn run() -> Vec<Figure> {
    let (one_kept, one_faults) = play(SESSIONS, |_| "alice".to_owned());
    let (many_kept, many_faults) = play(USERS, |number| format!("user-{number}"));
    let figure =
        |what, value: usize, goal| Figure { what, value: value as f64, unit: "", bare: None, goal };
    vec![
        figure(
            "facts kept of 64 sessions of one user ended at once in 8 processes",
            one_kept,
            "64",
        ),
        figure("corrupt files, errors or lost sessions among them", one_faults, "0"),
        figure("facts kept of 256 users' sessions ended at once in 8 processes", many_kept, "256"),
        figure("corrupt files, errors or lost sessions among them", many_faults, "0"),
    ]
}

/// Ends `count` sessions at once, spread over the processes; answers with the facts kept and the faults seen.
fn play(count: usize, user_of: impl Fn(usize) -> String) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let mut children: Vec<Child> = (0..PROCESSES)
        .map(|process| {
            let numbers = (0..count).filter(|number| number % PROCESSES == process);
            let sessions: Vec<String> =
                numbers.map(|number| format!("{number}={}", user_of(number))).collect();
            Command::new(std::env::current_exe().unwrap())
                .arg("worker")
                .arg(root)
                .args(sessions)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in &mut children {
        let mut ready = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n");
    }
    for child in &mut children {
        child.stdin.as_mut().unwrap().write_all(b"go\n").unwrap();
    }
    let mut faults: usize =
        children.iter_mut().map(|child| usize::from(!child.wait().unwrap().success())).sum();
    let users: BTreeSet<String> = (0..count).map(user_of).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (agent, mut kept) = (agent(root), 0);
    for user in users {
        let user: UserId = user.parse().unwrap();
        match runtime.block_on(agent.profile(&user)) {
            Ok(Some(profile)) => {
                kept += profile.key_facts.len();
                faults += usize::try_from(profile.session_count)
                    .unwrap()
                    .abs_diff(profile.key_facts.len());
            }
            Ok(None) | Err(_) => faults += 1,
        }
    }
    (kept, faults)
}

/// A child process: says its sessions, waits for the word, and ends them all at once.
pub(crate) fn worker(arguments: &[String]) {
    let [root, sessions @ ..] = arguments else { return };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let agent = agent(root);
    runtime.block_on(async {
        let mut open = Vec::new();
        for session in sessions {
            let (number, user) = session.split_once('=').unwrap();
            let mut session = agent.open(&user.parse().unwrap()).await.unwrap();
            session
                .say(&format!("I keep book {number} here."), std::future::pending(), |_| {})
                .await
                .unwrap();
            open.push(session);
        }
        println!("ready");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        let ends: Vec<_> = open
            .into_iter()
            .map(|mut session| tokio::spawn(async move { session.end(|_| {}).await.map(|_| ()) }))
            .collect();
        for end in ends {
            end.await.unwrap().unwrap();
        }
    });
}

fn agent(root: &str) -> Agent {
    let model = Quick::new(|request| {
        if request.schema.is_none() {
            return "Noted.".to_owned();
        }
        let text = &request.messages.first().unwrap().text;
        if text.contains("\"draft\"") {
            return r#"{"running_summary":"Keeps books."}"#.to_owned();
        }
        let number: String = text
            .split("I keep book ")
            .nth(1)
            .unwrap()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        format!(
            r#"{{"running_summary":"Keeps book {number}.","new_facts":[{{"fact":"Keeps book {number}","confidence":"high","quote":"I keep book {number} here"}}]}}"#
        )
    });
    let caps = Caps { facts: 1_000, ..Caps::default() };
    Agent::new(
        store::open(root).unwrap(),
        model.clone(),
        model,
        Settings { caps, ..Settings::default() },
    )
}
