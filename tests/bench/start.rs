//! From process start to the first prompt, on a terminal, with an existing profile.

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use acquaint::agent::{Agent, Settings};
use acquaint::store;
use rexpect::process::PtyProcess;

use crate::figure::{Figure, median, timed};
use crate::quick::Quick;

const RUNS: usize = 100;

pub(crate) fn run() -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    existing_profile(folder.path().to_str().unwrap());
    let (mut ours, mut bare, mut memory) = (Vec::new(), Vec::new(), 0);
    for _ in 0..RUNS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquaint"));
        command.env_clear().env("TERM", "xterm").current_dir(folder.path());
        command.args([
            "--store",
            ".",
            "--provider",
            "offline",
            "--quiet",
            "chat",
            "--user",
            "alice",
        ]);
        let (time, mut chat) = timed(|| {
            let chat = PtyProcess::new(command).unwrap();
            wait_for_prompt(&mut chat.get_file_handle().unwrap());
            chat
        });
        ours.push(time);
        memory = memory.max(peak_memory());
        chat.kill(rexpect::process::Signal::SIGKILL).unwrap();
        let (time, ()) = timed(nothing);
        bare.push(time);
    }
    vec![
        Figure {
            what: "process start to the first prompt, median",
            value: median(ours),
            unit: "ms",
            bare: Some(("a Rust program that does nothing", median(bare))),
            goal: "under 8 ms",
        },
        Figure {
            what: "memory at the first prompt, highest",
            value: memory as f64 / 1024.0,
            unit: "MB",
            bare: None,
            goal: "under 12 MB",
        },
    ]
}

/// Reads what the terminal shows, as it comes, until the prompt is there.
fn wait_for_prompt(terminal: &mut File) {
    let (mut screen, mut piece) = (Vec::new(), [0; 512]);
    while !screen.windows(2).any(|shown| shown == b"> ") {
        let length = terminal.read(&mut piece).unwrap();
        screen.extend_from_slice(&piece[..length]);
    }
}

fn nothing() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("nothing").stdout(Stdio::null()).status().unwrap();
}

/// The resident set's peak in kB, of the only child of this process.
fn peak_memory() -> u64 {
    let child = std::fs::read_to_string("/proc/thread-self/children").unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.trim())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Ten sessions, so that the profile is as full as the caps allow.
fn existing_profile(root: &str) {
    let model = Quick::new(|request| {
        let text = &request.messages.first().unwrap().text;
        let number: String = text.chars().filter(char::is_ascii_digit).take(2).collect();
        format!(
            r#"{{"running_summary":"Keeps books and bees.","new_facts":[{{"fact":"Keeps beehive {number} behind the old house","confidence":"high","quote":"I keep beehive"}}]}}"#
        )
    });
    let agent = Agent::new(store::open(root).unwrap(), model.clone(), model, Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        for number in 10..20 {
            let mut session = agent.open(&"alice".parse().unwrap()).await.unwrap();
            session
                .say(&format!("{number}: I keep beehive"), std::future::pending(), |_| {})
                .await
                .unwrap();
            session.end(|_| {}).await.unwrap();
        }
    });
}
