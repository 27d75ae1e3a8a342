//! Claims on keys: a locked side file, removed when the claim ends.
//!
//! Removing a file that others lock takes care: whoever waits for it, or opened it just before, locks a file that has no name
//! any more, while the next one makes a new file and locks that. So only the holder of the lock removes the file, and
//! whoever gets the lock looks whether the file still has its name.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Error, Key, disk, failed, layout, removal};
use crate::store::Claim;

/// A locked side file. Dropping it removes the file, and the user's folder if nothing is left in it.
#[derive(Debug)]
pub(super) struct FileClaim {
    // Closed after `drop` has removed the file: its lock is what allows that.
    _file: File,
    path: PathBuf,
    space: PathBuf,
}

impl Claim for FileClaim {}

impl Drop for FileClaim {
    fn drop(&mut self) {
        // A side file that stays is in nobody's way: it is not locked, and the next claim takes it over.
        if fs::remove_file(&self.path).is_ok() {
            drop(removal::prune(&self.space, disk::parent(&self.path)));
        }
    }
}

/// Claims a key; `None` when it is held.
pub(super) fn take(root: &Path, key: &Key) -> Result<Option<FileClaim>, Error> {
    let path = root.join(layout::hold(key));
    let mut options = disk::private();
    options.write(true).create(true).truncate(false);
    loop {
        let file = disk::create(&path, &options, "lock")?;
        if !try_lock(&file).map_err(failed("lock", &path))? {
            return Ok(None);
        }
        if has_name(&file, &path).map_err(failed("lock", &path))? {
            return Ok(Some(FileClaim {
                _file: file,
                path,
                space: root.join(layout::space(key.space.as_ref())),
            }));
        }
    }
}

fn try_lock(file: &File) -> io::Result<bool> {
    let held = fs2::lock_contended_error().raw_os_error();
    match fs2::FileExt::try_lock_exclusive(file) {
        Ok(()) => Ok(true),
        Err(error) if error.raw_os_error() == held => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the open file is the one that the path names.
#[cfg(unix)]
fn has_name(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let open = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) => Ok((named.dev(), named.ino()) == (open.dev(), open.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere a file that is open and removed cannot be made again under its name before it is closed.
#[cfg(not(unix))]
fn has_name(_: &File, path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
