//! Makes logs durable, each state of one only once.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::{Error, disk, failed};

/// So many logs are remembered; beyond that all are forgotten, which costs each of them one more sync.
const MOST: usize = 4_096;

/// A log's length and when it was last written to.
type State = (u64, Option<SystemTime>);

/// The logs that this process made durable, as they were then.
///
/// Some disks are flushed by every sync, also of a file that is clean; so a log that nobody wrote to since is left alone.
#[derive(Debug, Default)]
pub(super) struct Synced(Mutex<HashMap<PathBuf, State>>);

impl Synced {
    /// Makes a log durable as it stands; one that does not exist is.
    pub(super) fn sync(&self, path: &Path) -> Result<(), Error> {
        let Some(file) = disk::open(path, OpenOptions::new().append(true))? else {
            return Ok(());
        };
        let state = state(&file).map_err(failed("read", path))?;
        if self.known().get(path) == Some(&state) {
            return Ok(());
        }
        file.sync_data().map_err(failed("sync", path))?;
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(path.to_owned(), state);
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<PathBuf, State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn state(file: &File) -> std::io::Result<State> {
    let metadata = file.metadata()?;
    Ok((metadata.len(), metadata.modified().ok()))
}
