//! The default backend: a folder of plain files, which a person may open, copy and delete.
//!
//! Every change happens under an fs2 lock on a side file (see [`lock`]), so any number of processes may share the folder. A
//! document is written beside its place and renamed over it, so readers need no lock. Files are made with mode 0600, folders
//! with 0700.
//!
//! Not for network disks that do not know `flock`.

mod claim;
mod disk;
mod document;
mod listing;
mod lock;
mod log;
mod removal;
mod synced;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use synced::Synced;
use tokio::runtime::{Handle, RuntimeFlavor};

use super::{Change, Current, Durability, Error, Hold, Key, Scope, Store, layout, lines};

/// A folder of plain files.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    synced: Synced,
}

impl Files {
    /// A store in this folder, made when it is first written to.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { root: folder.into(), synced: Synced::default() }
    }

    fn file(&self, key: &Key) -> PathBuf {
        self.root.join(layout::file(key))
    }

    fn change(&self, key: &Key, change: Change<'_>) -> Result<(), Error> {
        let _lock = lock::lock(&self.root, key)?;
        let file = self.file(key);
        let document = disk::read(&file)?;
        let log = key.log().map(|log| self.file(&log));
        let entry = match &log {
            Some(log) => log::last_line(log)?,
            None => None,
        };
        let current = Current { document: document.as_deref(), entry: entry.as_deref() };
        let Some(next) = change(current) else {
            return Ok(());
        };
        // The entry that came with the document which is about to go must not be lost with it.
        if let Some(log) = &log {
            self.synced.sync(log)?;
        }
        let temporary = self.root.join(layout::temporary(key));
        match &next.document {
            Some(document) => document::replace(&file, &temporary, document)?,
            None => drop(document::remove(&file)?),
        }
        if let Some(log) = &log
            && !next.entries.is_empty()
        {
            // The document counts already, so an error here would be a lie. The log lags one entry behind, and the next
            // writer sees that and mends it.
            drop(log::append(log, &next.entries, Durability::Later));
        }
        Ok(())
    }
}

#[async_trait]
impl Store for Files {
    async fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Error> {
        blocking(|| disk::read(&self.file(key)))
    }

    async fn update(&self, key: &Key, change: Change<'_>) -> Result<(), Error> {
        blocking(|| self.change(key, change))
    }

    async fn append(
        &self,
        key: &Key,
        lines: &[Vec<u8>],
        durability: Durability,
    ) -> Result<(), Error> {
        blocking(|| {
            if lines.is_empty() {
                return self.synced.sync(&self.file(key));
            }
            let _lock = lock::lock(&self.root, key)?;
            log::append(&self.file(key), lines, durability)
        })
    }

    async fn read(&self, key: &Key) -> Result<Vec<Vec<u8>>, Error> {
        let bytes = blocking(|| disk::read(&self.file(key)))?;
        Ok(lines::whole(&bytes.unwrap_or_default()))
    }

    async fn list(&self, scope: &Scope) -> Result<Vec<Key>, Error> {
        blocking(|| match scope {
            Scope::Users(space) => listing::users(&self.root, space.as_ref()),
            Scope::User(space, user) => listing::keys(&self.root, space.as_ref(), user),
        })
    }

    async fn delete(&self, key: &Key) -> Result<bool, Error> {
        blocking(|| removal::delete(&self.root, key))
    }

    async fn hold(&self, key: &Key) -> Result<Option<Hold>, Error> {
        let claim = blocking(|| claim::take(&self.root, key))?;
        Ok(claim.map(|claim| Hold(Box::new(claim))))
    }

    fn place(&self, key: &Key) -> String {
        self.file(key).display().to_string()
    }

    async fn strays(&self) -> Result<Vec<String>, Error> {
        blocking(|| listing::strays(&self.root))
    }
}

/// The one place where this backend waits for the disk.
///
/// On a runtime of one thread the work runs where it is: nobody else waits in a terminal, and a hop to another thread and
/// back costs more than an fsync. On one of several the runtime is told, so that its other tasks move on.
fn blocking<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// Gives an error of the system its place.
fn failed(action: &'static str, place: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |source| Error::Io { action, place: place.display().to_string(), source }
}
