//! The real binary in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

use acquaint::agent::{Agent, Session, Settings};
use acquaint::model::Offline;
use acquaint::store;
use regex::Regex;
use tempfile::TempDir;

/// A working directory with the store `memory` in it, and an environment in which nothing else is set.
pub(crate) struct World {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What the binary did. Times, session ids and the folder's path stand as placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: i32,
}

/// What differs from run to run, and what stands for it.
static PLACEHOLDERS: LazyLock<[(Regex, &str); 6]> = LazyLock::new(|| {
    [
        (r"damaged-[0-9]{8}T[0-9]{6}Z-[0-9]{10}", "damaged-TIME"),
        (r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", "SESSION"),
        (r"acquaint-[0-9a-f]{16}", "acquaint-RANDOM"),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "TIME"),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "DATE TIME"),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "DATE"),
    ]
    .map(|(pattern, placeholder)| (Regex::new(pattern).unwrap(), placeholder))
});

impl World {
    /// Without a key; the provider is `offline`, named.
    pub(crate) fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() };
        fs::create_dir(world.path("tmp")).unwrap();
        world.with("ACQUAINT_PROVIDER", "offline")
    }

    /// Sets a variable for every later run.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Puts a file there, as a person would.
    pub(crate) fn put(&self, inner: &str, content: impl AsRef<[u8]>) {
        let path = self.path(inner);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::File::create(path).unwrap().write_all(content.as_ref()).unwrap();
    }

    pub(crate) fn read(&self, inner: &str) -> String {
        fs::read_to_string(self.path(inner)).unwrap()
    }

    /// The files in a folder, sorted.
    pub(crate) fn files(&self, inner: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(inner)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Runs with nothing on standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs with this on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let output = self.raw(arguments, input);
        Ran {
            out: self.told(&output.stdout),
            err: self.told(&output.stderr),
            status: output.status.code().unwrap(),
        }
    }

    /// As it was, byte by byte.
    pub(crate) fn raw(&self, arguments: &[&str], input: &[u8]) -> std::process::Output {
        let mut child = self.command(arguments).spawn().unwrap();
        // A command that reads nothing may be gone already.
        drop(child.stdin.take().unwrap().write_all(input));
        child.wait_with_output().unwrap()
    }

    /// Runs in a terminal.
    pub(crate) fn terminal(&self, arguments: &[&str]) -> rexpect::session::PtySession {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquaint"));
        self.prepare(command.args(arguments)).env("TERM", "xterm").env("NO_COLOR", "1");
        rexpect::session::spawn_command(command, Some(20_000)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquaint"));
        self.prepare(command.args(arguments))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("TZ", "UTC")
            .env("TMPDIR", self.path("tmp"))
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
    }

    /// An agent on the same store, with the same rules.
    pub(crate) fn agent(&self) -> Agent {
        let store = store::open(self.path("memory").to_str().unwrap()).unwrap();
        let model = Arc::new(Offline::new());
        Agent::new(store, model.clone(), model, Settings::default())
    }

    /// A session that ends; its id.
    pub(crate) fn session(&self, user: &str, turns: &[&str]) -> String {
        block_on(async {
            let mut session = self.said(user, turns).await;
            session.end(|_| {}).await.unwrap();
            session.id().to_string()
        })
    }

    /// A session that stays pending, as after a crash; its id.
    pub(crate) fn pending(&self, user: &str, turns: &[&str]) -> String {
        block_on(async { self.said(user, turns).await.id().to_string() })
    }

    /// A session that stays open as long as it is kept.
    pub(crate) fn open(&self, user: &str, turns: &[&str]) -> Session {
        block_on(self.said(user, turns))
    }

    async fn said(&self, user: &str, turns: &[&str]) -> Session {
        let mut session = self.agent().open(&user.parse().unwrap()).await.unwrap();
        for turn in turns {
            session.say(turn, std::future::pending(), |_| {}).await.unwrap();
        }
        session
    }

    fn told(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replace(self.folder.path().to_str().unwrap(), "HERE");
        PLACEHOLDERS.iter().fold(text, |text, (pattern, placeholder)| {
            pattern.replace_all(&text, *placeholder).into_owned()
        })
    }
}

/// What a command that went well printed, and nothing else.
pub(crate) fn prints(out: &str) -> Ran {
    Ran { out: out.to_owned(), err: String::new(), status: 0 }
}

/// What a command said that printed no data.
pub(crate) fn says(status: i32, err: &str) -> Ran {
    Ran { out: String::new(), err: err.to_owned(), status }
}

/// Both.
pub(crate) fn ran(status: i32, out: &str, err: &str) -> Ran {
    Ran { out: out.to_owned(), err: err.to_owned(), status }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

/// The permissions of a file.
#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
