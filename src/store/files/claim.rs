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
        match attempt(&file, &path).map_err(failed("lock", &path))? {
            Attempt::Held => return Ok(None),
            Attempt::Gone => {}
            Attempt::Ours => {
                return Ok(Some(FileClaim {
                    _file: file,
                    path,
                    space: root.join(layout::space(key.space.as_ref())),
                }));
            }
        }
    }
}

/// What comes of an attempt to lock an open side file.
#[derive(Debug, PartialEq, Eq)]
enum Attempt {
    /// Somebody else has it.
    Held,
    /// It was removed after it was opened, so its lock means nothing.
    Gone,
    Ours,
}

fn attempt(file: &File, path: &Path) -> io::Result<Attempt> {
    let held = fs2::lock_contended_error().raw_os_error();
    match fs2::FileExt::try_lock_exclusive(file) {
        Ok(()) if has_name(file, path)? => Ok(Attempt::Ours),
        Ok(()) => Ok(Attempt::Gone),
        Err(error) if error.raw_os_error() == held => Ok(Attempt::Held),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Part;

    #[test]
    fn a_lock_on_a_file_that_was_removed_is_no_claim() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::new(None, &"alice".parse().unwrap(), Part::Profile);
        let path = folder.path().join(layout::hold(&key));
        let first = take(folder.path(), &key).unwrap();
        let opened_by_a_second = File::open(&path).unwrap();
        let second = || attempt(&opened_by_a_second, &path).unwrap();
        assert_eq!(second(), Attempt::Held);
        drop(first);
        let third = take(folder.path(), &key).unwrap();
        assert!(third.is_some());
        assert_eq!(second(), Attempt::Gone);
        drop(third);
        assert_eq!(second(), Attempt::Gone);
    }
}
