//! Replacing a document, whole or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{Error, disk, failed};

/// Puts `bytes` into the place of `file`, by way of `temporary`, which the caller's lock makes ours alone.
///
/// A reader sees the old or the new document. On an error the old one is in its place, and nothing is left behind; only an
/// error of the last step, the sync of the folder, means that the new one is there and a power cut might take it back.
pub(super) fn replace(file: &Path, temporary: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = write(temporary, bytes)
        .and_then(|()| fs::rename(temporary, file).map_err(failed("write", file)));
    if let Err(error) = written {
        // Nothing better is to be done if this fails too: the next write to this document takes the file over.
        drop(fs::remove_file(temporary));
        return Err(error);
    }
    disk::sync_folder(disk::parent(file))
}

/// Removes `file` for good; whether there was one.
pub(super) fn remove(file: &Path) -> Result<bool, Error> {
    let existed = disk::remove(file)?;
    if existed {
        disk::sync_folder(disk::parent(file))?;
    }
    Ok(existed)
}

fn write(temporary: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = create(temporary)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed("write", temporary))
}

/// Makes the file anew, since one that a crash left behind may have another mode or be a link.
fn create(temporary: &Path) -> Result<File, Error> {
    let mut options = disk::private();
    options.write(true).create_new(true);
    match disk::create(temporary, &options, "write") {
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
            disk::remove(temporary)?;
            disk::create(temporary, &options, "write")
        }
        created => created,
    }
}
