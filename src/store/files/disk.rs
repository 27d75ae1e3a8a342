//! Opening, making and syncing files and folders, with the modes and errors that all of this backend shares.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{Error, failed};

/// How often a folder that somebody else removes as empty is made again before that is an error.
const TRIES: usize = 100;

/// The whole file; `None` when there is none.
pub(super) fn read(file: &Path) -> Result<Option<Vec<u8>>, Error> {
    let Some(mut open) = open(file, OpenOptions::new().read(true))? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    open.read_to_end(&mut bytes).map_err(failed("read", file))?;
    Ok(Some(bytes))
}

/// Opens a file that may not be there.
pub(super) fn open(file: &Path, options: &OpenOptions) -> Result<Option<File>, Error> {
    match options.open(file) {
        Ok(open) => Ok(Some(open)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", file)(error)),
    }
}

/// Opens a file that the options create, and makes its folder if that is what is missing.
///
/// New folders are made durable once the file is in them: until then somebody may find them empty and remove them, so
/// nothing slow may come between.
pub(super) fn create(
    file: &Path,
    options: &OpenOptions,
    action: &'static str,
) -> Result<File, Error> {
    let mut opened = options.open(file);
    let mut changed = Vec::new();
    for _ in 0..TRIES {
        match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                create_folder(parent(file), &mut changed)?;
                opened = options.open(file);
            }
            _ => break,
        }
    }
    let opened = opened.map_err(failed(action, file))?;
    for folder in changed {
        sync_folder(folder)?;
    }
    Ok(opened)
}

/// Options for a file that nobody but its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder and those above it, and notes which folders that changed. Somebody may remove it again while it is empty;
/// then the caller tries again.
fn create_folder<'a>(folder: &'a Path, changed: &mut Vec<&'a Path>) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder != parent(folder) {
        create_folder(parent(folder), changed)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let Err(error) = builder.create(folder) else {
        changed.push(parent(folder));
        return Ok(());
    };
    match error.kind() {
        // One look only: between two of them somebody may make or remove the folder.
        ErrorKind::AlreadyExists if fs::metadata(folder).is_ok_and(|there| !there.is_dir()) => {
            Err(failed("create", folder)(ErrorKind::NotADirectory.into()))
        }
        ErrorKind::AlreadyExists | ErrorKind::NotFound => Ok(()),
        _ => Err(failed("create", folder)(error)),
    }
}

/// The folder that a file or folder is in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

/// Makes durable which names a folder holds.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder).and_then(|open| open.sync_all()) {
        Err(error) if !has_nothing_to_sync(error.kind()) => Err(failed("sync", folder)(error)),
        _ => Ok(()),
    }
}

/// Somebody has removed the empty folder meanwhile, or the file system does not sync folders.
fn has_nothing_to_sync(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::InvalidInput | ErrorKind::Unsupported)
}

/// Removes a file; whether there was one.
pub(super) fn remove(file: &Path) -> Result<bool, Error> {
    match fs::remove_file(file) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed("delete", file)(error)),
    }
}
