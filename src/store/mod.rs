//! Where profiles, journals and histories live.
//!
//! A store keeps two shapes of data under parsed [`Key`]s: *documents*, each changed by one atomic read-change-write, and
//! *logs* of JSON lines, appended to and read in order. Everything durable in the project rides on these, so a new backend
//! is one new file and one line in [`open`].
//!
//! A profile and its history belong together: [`Store::update`] hands out the document with the last entry of its log, and
//! takes back both. The document is what counts; an entry is written after it, and made durable before the next update
//! replaces the document. So a crash can leave the log one entry behind the document, never further, and the next writer
//! sees it and writes the missing entry.
//!
//! This module knows nothing of what the bytes mean: no profile, no session, no model.

mod conformance;
mod files;
mod key;
mod memory;
mod path;

use std::sync::Arc;

use async_trait::async_trait;

pub use conformance::conformance;
pub use files::Files;
pub use key::{Key, Part, Scope};
pub use memory::Memory;

/// Why a store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused.
    #[error("cannot {action} `{place}`")]
    Io {
        /// What was tried: `read`, `write`, `create`, `lock`, …
        action: &'static str,
        /// The file or folder.
        place: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The store's URL names no backend that is known.
    #[error("`{url}` is not a store; a folder is")]
    UnknownBackend {
        /// As given.
        url: String,
    },
}

/// What [`Store::update`] shows to a change.
#[derive(Debug, Clone, Copy)]
pub struct Current<'a> {
    /// The document, if there is one. Of a log: all its lines.
    pub document: Option<&'a [u8]>,
    /// The last whole entry of the document's log (see [`Key::log`]), without its line break.
    pub entry: Option<&'a [u8]>,
}

/// What a change wants written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The new document.
    pub document: Vec<u8>,
    /// Lines for the document's log, each without its line break.
    pub entries: Vec<Vec<u8>>,
}

/// A read-change-write: sees what is there, answers what is to be there, or `None` to leave everything as it is.
///
/// A backend without locks may call it several times; only the last answer counts.
pub type Change<'a> = &'a mut (dyn FnMut(Current<'_>) -> Option<Next> + Send);

/// When an append has to have reached the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Before the call returns: it survives a power cut.
    Now,
    /// It survives the end of this process, and a power cut after the next [`Durability::Now`] append to the same log.
    Later,
}

/// An exclusive claim on a key, given up when it is dropped or its process dies.
#[derive(Debug)]
#[must_use = "the claim ends when this is dropped"]
pub struct Hold(#[expect(dead_code, reason = "held for its drop")] Box<dyn Claim>);

/// What a backend keeps alive for a [`Hold`].
pub(crate) trait Claim: std::fmt::Debug + Send + Sync {}

/// Two shapes of data under parsed keys.
#[async_trait]
pub trait Store: Send + Sync + std::fmt::Debug {
    /// The document, or all of a log's lines as they are; `None` when there is none.
    async fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Error>;

    /// Changes a document (or rewrites a log) atomically: nobody else's change comes between what `change` sees and what
    /// it answers, and a reader sees the old or the new document, never half.
    async fn update(&self, key: &Key, change: Change<'_>) -> Result<(), Error>;

    /// Appends whole lines (given without line breaks) to a log, creating it. With no lines, makes durable what is there.
    ///
    /// A half line that a crash or a full disk left behind is closed first, so it never swallows the next one.
    async fn append(
        &self,
        key: &Key,
        lines: &[Vec<u8>],
        durability: Durability,
    ) -> Result<(), Error>;

    /// The lines of a log, oldest first, without line breaks. Empty when there is none. A half last line is left out.
    async fn read(&self, key: &Key) -> Result<Vec<Vec<u8>>, Error>;

    /// The keys that exist within a scope, sorted.
    async fn list(&self, scope: &Scope) -> Result<Vec<Key>, Error>;

    /// Deletes a document or a log for good; whether there was one.
    async fn delete(&self, key: &Key) -> Result<bool, Error>;

    /// Claims a key for as long as the [`Hold`] lives; `None` when another process or task holds it.
    ///
    /// A claim excludes other claims on the same key only; it is independent of [`Store::update`] and [`Store::append`].
    async fn hold(&self, key: &Key) -> Result<Option<Hold>, Error>;

    /// Where a key lives, for a person to read: `memory/alice.json`.
    fn place(&self, key: &Key) -> String;
}

/// Opens a store by its URL: a folder (`memory`, `/var/lib/acquaint`, `file:///…`).
///
/// # Errors
/// [`Error::UnknownBackend`] for a scheme that is not known. A folder is made when it is first written to.
pub fn open(url: &str) -> Result<Arc<dyn Store>, Error> {
    let folder = url.strip_prefix("file://").unwrap_or(url);
    if folder.is_empty() || folder.contains("://") {
        return Err(Error::UnknownBackend { url: url.to_owned() });
    }
    Ok(Arc::new(Files::new(folder)))
}
