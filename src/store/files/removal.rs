//! Deleting, down to the last file and folder that bears the user's name.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::listing::walk_user;
use super::{Error, Key, claim, disk, document, failed, layout, lock};
use crate::store::layout::Role;

/// Deletes a key's file; whether there was one. What is left of a user of whom nothing is kept goes with it.
pub(super) fn delete(root: &Path, key: &Key) -> Result<bool, Error> {
    if !root.exists() {
        return Ok(false);
    }
    let file = root.join(layout::file(key));
    let existed = delete_file(root, key, &file)?;
    remove_hold(root, key)?;
    sweep(root, key)?;
    Ok(existed)
}

fn delete_file(root: &Path, key: &Key, file: &Path) -> Result<bool, Error> {
    let _lock = lock::lock(root, key)?;
    disk::remove(&root.join(layout::temporary(key)))?;
    document::remove(file)
}

/// Removes a side file that no process holds. Whoever holds one removes it at the end.
fn remove_hold(root: &Path, key: &Key) -> Result<(), Error> {
    if root.join(layout::hold(key)).exists() {
        drop(claim::take(root, key)?);
    }
    Ok(())
}

/// Removes a user's folder with what crashes have left in it, if nothing is kept there.
fn sweep(root: &Path, key: &Key) -> Result<(), Error> {
    let folder = root.join(layout::user(key.space.as_ref(), &key.user));
    let tree = walk_user(&folder)?;
    let left = tree.roles();
    if left.iter().any(|(_, role)| *role == Role::Kept) {
        return Ok(());
    }
    for (part, role) in left {
        let key = Key::new(key.space.as_ref(), &key.user, part);
        match role {
            Role::Hold => remove_hold(root, &key)?,
            _ => remove_temporary(root, &key)?,
        }
    }
    let space = root.join(layout::space(key.space.as_ref()));
    for inner in tree.entered.iter().rev() {
        prune(&space, &folder.join(inner))?;
    }
    prune(&space, &folder)
}

/// Under its lock a document that is being written is not touched.
fn remove_temporary(root: &Path, key: &Key) -> Result<(), Error> {
    let _lock = lock::lock(root, key)?;
    disk::remove(&root.join(layout::temporary(key))).map(drop)
}

/// Removes a folder if it is empty, then the one that it is in, and so on up to the space's.
pub(super) fn prune(space: &Path, folder: &Path) -> Result<(), Error> {
    let mut folder = folder;
    let mut removed = false;
    while folder != space && folder.starts_with(space) {
        match fs::remove_dir(folder) {
            Ok(()) => removed = true,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if is_in_use(error.kind()) => break,
            Err(error) => return Err(failed("delete", folder)(error)),
        }
        folder = disk::parent(folder);
    }
    if removed { disk::sync_folder(folder) } else { Ok(()) }
}

/// Something is in it, it is a link, or a disk is mounted there.
fn is_in_use(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory | ErrorKind::ResourceBusy
    )
}
