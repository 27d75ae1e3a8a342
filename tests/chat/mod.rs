//! `acquaint chat`, as a person or a script runs it.

mod commands;
mod failures;
mod pipe;
mod terminal;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::fake_anthropic::{FakeAnthropic, Request, Response};

/// How long a terminal is waited for, in milliseconds.
const PATIENCE: u64 = 20_000;

/// A working directory of its own, and what the environment holds there.
struct Place {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a run printed and how it ended.
#[derive(Debug, PartialEq)]
struct Run {
    out: String,
    err: String,
    status: Option<i32>,
}

impl Run {
    fn new(out: &str, err: &str, status: i32) -> Self {
        Self { out: out.to_owned(), err: err.to_owned(), status: Some(status) }
    }
}

impl Place {
    /// With the rule engine.
    fn offline() -> Self {
        Self::with(&[("ACQUAINT_PROVIDER", "offline")])
    }

    /// With a server in the place of Anthropic's.
    fn talking_to(server: &FakeAnthropic) -> Self {
        Self::with(&[("ANTHROPIC_BASE_URL", &server.url()), ("ANTHROPIC_API_KEY", "sk-ant-test")])
    }

    fn with(environment: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let environment = environment.iter().map(owned).collect();
        Self { folder: tempfile::tempdir().unwrap(), environment }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquaint"));
        command.env_clear().env("TERM", "xterm").current_dir(self.folder.path()).args(arguments);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A chat that has ended early need not read it all.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        Run { out, err, status: output.status.code() }
    }

    /// A whole chat of alice through a pipe.
    fn pipe(&self, input: &str) -> Run {
        self.run(&["chat", "--user", "alice"], input)
    }

    /// A chat at a terminal, at its first prompt.
    fn terminal(&self) -> PtySession {
        let mut terminal = self.started();
        terminal.exp_string("> ").unwrap();
        terminal
    }

    fn started(&self) -> PtySession {
        spawn_command(self.command(&["chat", "--user", "alice"]), Some(PATIENCE)).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("memory").join(name)
    }

    #[expect(clippy::disallowed_methods, reason = "a test plants what the store did not write")]
    fn plant(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn profile(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("alice.json")).unwrap()).unwrap()
    }

    fn facts(&self) -> Vec<String> {
        let profile = self.profile();
        let facts = profile["key_facts"].as_array().unwrap().iter();
        facts.map(|fact| fact["fact"].as_str().unwrap().to_owned()).collect()
    }

    /// How many sessions of alice have a journal.
    fn sessions(&self) -> usize {
        fs::read_dir(self.path("alice/sessions")).map_or(0, Iterator::count)
    }
}

/// Types, and waits for what comes of it.
fn types(terminal: &mut PtySession, keys: &str, expected: &str) -> String {
    terminal.send(keys).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string(expected).unwrap()
}

/// What is printed until the end, and the status.
fn ends(mut terminal: PtySession) -> (String, i32) {
    let rest = terminal.exp_eof().unwrap();
    match terminal.process().wait().unwrap() {
        WaitStatus::Exited(_, status) => (rest, status),
        other => panic!("{other:?}"),
    }
}

/// A server that answers chats with `reply`, and extractions with `update`.
fn answering(
    reply: impl Fn(&Request) -> Response + Send + Sync + 'static,
    update: impl Fn(&Request) -> Response + Send + Sync + 'static,
) -> FakeAnthropic {
    FakeAnthropic::start(
        move |request| {
            if request.is_extraction() { update(request) } else { reply(request) }
        },
    )
}

const NOTHING: &str = r#"{"new_facts": []}"#;
const TEA: &str =
    r#"{"new_facts": [{"fact": "Drinks tea", "confidence": "high", "quote": "I drink tea"}]}"#;
