//! `acquaint export`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::Context;
use crate::cli::args::Export;
use crate::cli::fail::{Exit, Failure};
use crate::cli::private;
use crate::cli::table::size;
use crate::cli::view::count;

pub(crate) async fn run(context: Context<'_>, args: Export) -> Result<Exit, Failure> {
    let Context { agent, screen, .. } = context;
    let file = args.output.filter(|file| file != Path::new("-"));
    if file.is_none() && screen.is_terminal() {
        let refused = Failure::usage("a zip file would garble the terminal");
        return Err(refused.hint("name a file with `-o`, or send it through a pipe"));
    }
    let mut users = if args.all { agent.users().await? } else { args.users };
    users.sort();
    users.dedup();
    if users.is_empty() {
        return Err(Failure::usage("there is nobody to export"));
    }
    let zip = agent.export(&users).await?;
    let Some(file) = file else {
        screen.bytes(&zip);
        return Ok(Exit::Done);
    };
    write(&file, &zip).map_err(|error| Failure::failed(Unwritten { file: file.clone(), error }))?;
    let (who, size) = (count(users.len(), "user"), size(zip.len() as u64));
    screen.note(format!("exported {who} to `{}`, {size}", file.display()));
    Ok(Exit::Done)
}

/// The export could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`", file.display())]
struct Unwritten {
    file: PathBuf,
    #[source]
    error: io::Error,
}

/// Writes beside the file's place and renames, so that the place never holds half an export.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = file.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = file.with_file_name(name);
    let mut open = private::create(&temporary)?;
    let done = open.write_all(bytes).and_then(|()| open.sync_all());
    let done = done.and_then(|()| fs::rename(&temporary, file));
    if done.is_err() {
        // What is left over is private, and the fault that caused it is what counts.
        drop(fs::remove_file(&temporary));
    }
    done
}
