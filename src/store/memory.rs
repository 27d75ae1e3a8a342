//! A store in memory, for tests and trials: nothing outlives it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{
    Change, Claim, Current, Durability, Error, Hold, Key, Part, Scope, Store, layout, lines,
};

/// A store in memory.
#[derive(Debug, Default)]
pub struct Memory {
    kept: Mutex<BTreeMap<Key, Vec<u8>>>,
    held: Held,
}

type Held = Arc<Mutex<BTreeSet<Key>>>;

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<Key, Vec<u8>>> {
        locked(&self.kept)
    }
}

/// Locks even after a panic elsewhere: every change here is a single insertion or removal.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn extend(log: &mut Vec<u8>, new: &[Vec<u8>]) {
    let ends_whole = log.last().is_none_or(|byte| *byte == b'\n');
    log.extend(lines::joined(ends_whole, new));
}

#[async_trait]
impl Store for Memory {
    async fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.kept().get(key).cloned())
    }

    async fn update(&self, key: &Key, change: Change<'_>) -> Result<(), Error> {
        let mut kept = self.kept();
        let log = key.log();
        let history = log.as_ref().and_then(|log| kept.get(log));
        let current = Current {
            document: kept.get(key).map(Vec::as_slice),
            entry: history.and_then(|history| lines::last(history, false)),
        };
        let Some(next) = change(current) else {
            return Ok(());
        };
        match next.document {
            Some(document) => drop(kept.insert(key.clone(), document)),
            None => drop(kept.remove(key)),
        }
        if let Some(log) = log
            && !next.entries.is_empty()
        {
            extend(kept.entry(log).or_default(), &next.entries);
        }
        Ok(())
    }

    async fn append(&self, key: &Key, lines: &[Vec<u8>], _: Durability) -> Result<(), Error> {
        if !lines.is_empty() {
            extend(self.kept().entry(key.clone()).or_default(), lines);
        }
        Ok(())
    }

    async fn read(&self, key: &Key) -> Result<Vec<Vec<u8>>, Error> {
        let kept = self.kept();
        Ok(kept.get(key).map_or_else(Vec::new, |log| lines::whole(log)))
    }

    async fn list(&self, scope: &Scope) -> Result<Vec<Key>, Error> {
        let kept = self.kept();
        Ok(match scope {
            Scope::Users(space) => {
                let inside = kept.keys().filter(|key| key.space == *space);
                let users: BTreeSet<_> = inside.map(|key| &key.user).collect();
                let profile = |user| Key::new(space.as_ref(), user, Part::Profile);
                users.into_iter().map(profile).collect()
            }
            Scope::User(space, user) => {
                let of_user = |key: &&Key| key.space == *space && key.user == *user;
                kept.keys().filter(of_user).cloned().collect()
            }
        })
    }

    async fn delete(&self, key: &Key) -> Result<bool, Error> {
        Ok(self.kept().remove(key).is_some())
    }

    async fn hold(&self, key: &Key) -> Result<Option<Hold>, Error> {
        let free = locked(&self.held).insert(key.clone());
        Ok(free.then(|| Hold(Box::new(Entry { held: Arc::clone(&self.held), key: key.clone() }))))
    }

    fn place(&self, key: &Key) -> String {
        format!("{} (in memory)", layout::file(key))
    }
}

/// A key in the set of those that are held.
#[derive(Debug)]
struct Entry {
    held: Held,
    key: Key,
}

impl Claim for Entry {}

impl Drop for Entry {
    fn drop(&mut self) {
        locked(&self.held).remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::conformance::conformance;

    fn opener() -> impl Fn() -> Arc<dyn Store> {
        let store: Arc<dyn Store> = Arc::new(Memory::new());
        move || Arc::clone(&store)
    }

    #[tokio::test]
    async fn conforms_on_one_thread() {
        conformance(&opener()).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn conforms_on_several_threads() {
        conformance(&opener()).await;
    }
}
