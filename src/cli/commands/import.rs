//! `acquaint import`.

use std::io::Read;
use std::path::Path;

use crate::cli::Context;
use crate::cli::args::Import;
use crate::cli::fail::{Exit, Failure};
use crate::cli::view::count;
use crate::error::Error;

pub(crate) async fn run(context: Context<'_>, args: Import) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let (place, bytes) = read(&args.file)?;
    let imported = agent.import(&bytes, &place, args.user.as_ref()).await;
    let imported = imported.map_err(super::of_input)?;
    if settings.json {
        return super::json(screen, &imported);
    }
    for one in &imported {
        screen.data(format!("imported {}: {}", one.user, count(one.files, "file")));
    }
    if imported.is_empty() {
        screen.note("there is nobody in it");
    }
    Ok(Exit::Done)
}

/// The file and what to call it; `-` is standard input.
fn read(file: &Path) -> Result<(String, Vec<u8>), Error> {
    let is_stdin = file == Path::new("-");
    let place = if is_stdin { "standard input".to_owned() } else { file.display().to_string() };
    let bytes = if is_stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    match bytes {
        Ok(bytes) => Ok((place, bytes)),
        Err(source) => Err(Error::File { place, source }),
    }
}
