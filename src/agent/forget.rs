//! Forgetting: out of the profile, out of the history, out of the journals, and not learned again.

use super::commit::{Committed, Saved, Stamp};
use super::journal::Line;
use super::{Agent, history, input, line};
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::profile::{By, Change, Item, Profile, Tombstone, cut, normalise, scrub};
use crate::store::{Current, Key, Next, Part};

/// What was forgotten.
#[derive(Debug, Clone, PartialEq)]
pub struct Forgotten {
    /// The items, as they were. The last time anybody sees them.
    pub items: Vec<Item>,
    /// The revision without them.
    pub saved: Saved,
}

impl Agent {
    /// The items whose text, value or quote contains `text`, compared in normalised form.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or as [`Agent::profile`].
    pub async fn matching(&self, user: &UserId, text: &str) -> Result<Vec<Item>> {
        self.must_know(user).await?;
        let wanted = normalise(text);
        let items: Vec<Item> =
            self.profile(user).await?.map(|profile| profile.items().collect()).unwrap_or_default();
        let holds = |text: &str| normalise(text).contains(&wanted);
        Ok(items
            .into_iter()
            .filter(|item| {
                !wanted.is_empty()
                    && (holds(&item.text()) || item.meta().quote.as_deref().is_some_and(holds))
            })
            .collect())
    }

    /// Forgets items by id (`f3`, `d1`, a preference's key): all of them or, when one does not exist, none.
    ///
    /// The profile keeps a tombstone for each; the values are taken out of the history, the journals and the input history
    /// as well.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NoSuchItem`], or when the store fails.
    pub async fn forget(&self, user: &UserId, ids: &[String]) -> Result<Forgotten> {
        self.must_know(user).await?;
        self.settle(user).await?;
        let stamp = Stamp::new(By::Forget, self.now());
        let mut forgotten = Vec::new();
        let mut unknown = None;
        let mut tombstones = Vec::new();
        let mut apply = |profile: &mut Profile| {
            forgotten.clear();
            for id in ids {
                let Some(item) = profile.forget(id, stamp.at) else {
                    unknown = Some(id.clone());
                    return None;
                };
                forgotten.push(item);
            }
            tombstones.clone_from(&profile.forgotten);
            Some(
                forgotten
                    .iter()
                    .map(|item| Change::Forgotten { id: item.id().to_owned() })
                    .collect(),
            )
        };
        let committed = self.commit(user, &stamp, &mut apply).await?;
        let Committed::Saved(saved) = committed else {
            return Err(Error::NoSuchItem {
                user: user.to_string(),
                item: unknown.unwrap_or_default(),
            });
        };
        self.scrub(user, &forgotten, &tombstones).await?;
        Ok(Forgotten { items: forgotten, saved })
    }

    /// Takes forgotten values out of everything else that is kept of the user.
    async fn scrub(&self, user: &UserId, items: &[Item], tombstones: &[Tombstone]) -> Result<()> {
        for key in self.keys(user).await? {
            let change = |bytes: &[u8]| match &key.part {
                Part::History => scrub_history(bytes, items, tombstones),
                Part::Journal(_) => scrub_journal(bytes, items, tombstones),
                Part::Input => scrub_input(bytes, items, tombstones),
                Part::Profile | Part::Damaged(_) => bytes.to_vec(),
            };
            self.rewrite(&key, change).await?;
        }
        Ok(())
    }

    async fn rewrite(
        &self,
        key: &Key,
        change: impl Fn(&[u8]) -> Vec<u8> + Send + Sync,
    ) -> Result<()> {
        let mut rewrite = |current: Current<'_>| {
            let bytes = current.document?;
            let scrubbed = change(bytes);
            (scrubbed != bytes).then_some(Next { document: Some(scrubbed), entries: Vec::new() })
        };
        Ok(self.store().update(key, &mut rewrite).await?)
    }
}

/// Rewrites line by line; what cannot be read is kept as it is.
fn each_line(bytes: &[u8], change: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for whole in bytes.split_inclusive(|&byte| byte == b'\n') {
        let content = whole.strip_suffix(b"\n").unwrap_or(whole);
        match change(content) {
            Some(changed) => {
                out.extend(changed);
                out.extend(whole.strip_prefix(content).unwrap_or_default());
            }
            None => out.extend(whole),
        }
    }
    out
}

fn scrub_history(bytes: &[u8], items: &[Item], tombstones: &[Tombstone]) -> Vec<u8> {
    each_line(bytes, |content| {
        let mut entry: history::Entry = serde_json::from_slice(content).ok()?;
        let before = entry.changes.clone();
        for item in items {
            scrub(&mut entry.changes, item.id(), tombstones);
        }
        (entry.changes != before).then(|| line(&entry))
    })
}

fn scrub_journal(bytes: &[u8], items: &[Item], tombstones: &[Tombstone]) -> Vec<u8> {
    each_line(bytes, |content| {
        let Line::Turn { mut turn, stop, call } = serde_json::from_slice(content).ok()? else {
            return None;
        };
        turn.content = cut(&turn.content, items, tombstones)?;
        Some(line(&Line::Turn { turn, stop, call }))
    })
}

fn scrub_input(bytes: &[u8], items: &[Item], tombstones: &[Tombstone]) -> Vec<u8> {
    each_line(bytes, |content| {
        let entry = input::decode(std::str::from_utf8(content).ok()?);
        Some(input::encode(&cut(&entry, items, tombstones)?).into_bytes())
    })
}
