//! A document while a person edits it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::cli::fail::Failure;
use crate::cli::private;

/// The editor when neither `VISUAL` nor `EDITOR` names one.
pub(super) const DEFAULT_EDITOR: &str = "vi";
/// What a shell answers when there is no such command (POSIX, 2.8.2).
const NO_COMMAND: i32 = 127;

/// A private copy in a private folder. It stays there until [`Draft::remove`], since what a person typed is dear.
#[derive(Debug)]
pub(super) struct Draft {
    folder: PathBuf,
}

/// The editor ended with an error.
#[derive(Debug, thiserror::Error)]
#[error("the editor `{editor}` ended with {status}")]
struct Ended {
    editor: String,
    status: ExitStatus,
}

impl Draft {
    pub(super) fn new(document: &[u8]) -> io::Result<Self> {
        let draft = Self { folder: private::temporary_folder()? };
        private::create(&draft.file())?.write_all(document)?;
        Ok(draft)
    }

    /// Named so that editors know what it holds.
    fn file(&self) -> PathBuf {
        self.folder.join("profile.json")
    }

    pub(super) fn place(&self) -> String {
        self.file().display().to_string()
    }

    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(self.file())
    }

    /// Removes it with whatever the editor left beside it.
    pub(super) fn remove(&self) {
        // It is private and in a place for temporary files, so what cannot be removed harms nobody.
        drop(fs::remove_dir_all(&self.folder));
    }

    /// Runs the editor on the terminal, and waits. Ctrl-C is the editor's meanwhile.
    pub(super) async fn edit(&self, editor: &str) -> Result<(), Failure> {
        let mut command = command(editor, &self.file());
        let mut editing = tokio::task::spawn_blocking(move || command.status());
        let status = loop {
            tokio::select! {
                biased;
                status = &mut editing => break status.map_err(Failure::failed)?,
                interrupt = tokio::signal::ctrl_c() => interrupt.map_err(Failure::failed)?,
            }
        };
        let status = match status {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) if status.code() != Some(NO_COMMAND) => status,
            _ => {
                let missing = Failure::failed(format!("there is no editor `{editor}`"));
                return Err(missing.hint("name one in `VISUAL` or `EDITOR`"));
            }
        };
        Err(Failure::failed(Ended { editor: editor.to_owned(), status }))
    }
}

/// An editor is a command line with arguments and quotes, which the shell knows how to take apart.
#[cfg(unix)]
fn command(editor: &str, file: &Path) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg(editor).arg(file);
    command
}

#[cfg(not(unix))]
fn command(editor: &str, file: &Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(DEFAULT_EDITOR));
    command.args(words).arg(file);
    command
}
