//! What the files backend promises beyond the suite that every backend runs.

mod child;
mod erasure;
mod faults;
mod layout;
mod processes;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::Files;
use crate::store::conformance::conformance;
use crate::store::{Durability, Error, Key, Next, Part, Store};

/// A folder in which a store is about to be made.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("memory")
    }

    fn store(&self) -> Files {
        Files::new(self.root())
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// Puts a file there as a person or a crash would.
    fn plant(&self, relative: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        plant(&path, bytes);
        path
    }

    /// Everything below the store's folder but the locks, relative and sorted; folders end in a slash.
    fn tree(&self) -> Vec<String> {
        let root = self.root();
        let mut found: Vec<String> = walk(&root)
            .iter()
            .map(|path| {
                let relative = path.strip_prefix(&root).unwrap().to_string_lossy();
                let slash = if path.is_dir() { "/" } else { "" };
                format!("{relative}{slash}")
            })
            .filter(|path| !path.starts_with(".locks"))
            .collect();
        found.sort();
        found
    }
}

#[expect(clippy::disallowed_methods, reason = "what is planted need not survive a power cut")]
fn plant(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(walk(&path));
        }
        found.push(path);
    }
    found
}

fn key(user: &str, part: Part) -> Key {
    Key::new(None, &user.parse().unwrap(), part)
}

fn alice(part: Part) -> Key {
    key("alice", part)
}

fn journal(session: &str) -> Part {
    Part::Journal(session.parse().unwrap())
}

fn every_part() -> [Part; 5] {
    [
        Part::Profile,
        Part::Damaged("20261121T091405Z".to_owned()),
        Part::History,
        Part::Input,
        journal("20261121-091405-1f9a63c2"),
    ]
}

async fn put(store: &Files, key: &Key, document: &[u8]) -> Result<(), Error> {
    put_with(store, key, document, &[]).await
}

async fn put_with(
    store: &Files,
    key: &Key,
    document: &[u8],
    entries: &[&[u8]],
) -> Result<(), Error> {
    let next = Next {
        document: Some(document.to_vec()),
        entries: entries.iter().map(|entry| entry.to_vec()).collect(),
    };
    store.update(key, &mut |_| Some(next.clone())).await
}

async fn append(store: &Files, key: &Key, line: &[u8]) -> Result<(), Error> {
    store.append(key, &[line.to_vec()], Durability::Now).await
}

#[tokio::test]
async fn conforms_on_one_thread() {
    let place = Place::new();
    conformance(&|| Arc::new(place.store())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn conforms_on_several_threads() {
    let place = Place::new();
    conformance(&|| Arc::new(place.store())).await;
}
