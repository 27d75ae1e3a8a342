//! What there is: users, their keys, and what does not belong here.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, Key, disk, failed, layout};
use crate::id::{Space, UserId};
use crate::store::{Part, layout::Role};

/// Deeper than any path of ours; whatever goes on is a loop of links.
const MAX_PATH: usize = 2048;

/// What a walk through a folder has met; paths are relative to it, with `/` between components.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Files.
    pub(super) files: Vec<String>,
    /// Folders that were not entered.
    pub(super) folders: Vec<String>,
    /// Folders that were entered, each after the one that it is in.
    pub(super) entered: Vec<String>,
    /// Whatever has a name that is not text.
    nameless: Vec<PathBuf>,
}

/// The profile's key of everyone of whom any file is kept.
pub(super) fn users(root: &Path, space: Option<&Space>) -> Result<Vec<Key>, Error> {
    let folder = root.join(layout::space(space));
    let tree = walk_space(&folder)?;
    let mut users = tree.users();
    for name in &tree.folders {
        let Some(user) = layout::parse_user(name) else {
            continue;
        };
        if !users.contains(&user) && !walk_user(&folder.join(name))?.roles().is_empty() {
            users.insert(user);
        }
    }
    Ok(users.iter().map(|user| Key::new(space, user, Part::Profile)).collect())
}

/// Every key of one user, sorted.
pub(super) fn keys(root: &Path, space: Option<&Space>, user: &UserId) -> Result<Vec<Key>, Error> {
    let inside = walk_user(&root.join(layout::user(space, user)))?;
    let inside = inside.roles().into_iter();
    let inside = inside.filter_map(|(part, role)| (role == Role::Kept).then_some(part));
    let profile = root.join(layout::file(&Key::new(space, user, Part::Profile)));
    let mut keys: Vec<Key> = beside(&profile)?
        .into_iter()
        .chain(inside)
        .map(|part| Key::new(space, user, part))
        .collect();
    keys.sort();
    Ok(keys)
}

/// The profile and the damaged ones beside it.
fn beside(profile: &Path) -> Result<Vec<Part>, Error> {
    let name = profile.file_name().unwrap_or_default().to_string_lossy();
    let tree = walk(disk::parent(profile), &|_| false)?;
    let files = tree.files.iter();
    // The name as it stands in this folder may be the last piece of a longer one, so only what follows it is looked at.
    Ok(files
        .filter_map(|file| file.strip_prefix(&*name))
        .filter_map(|rest| layout::parse_beside(&format!("x.json{rest}")))
        .map(|(_, part)| part)
        .collect())
}

/// What lies in the store's folder and is no part of it. Hidden files beside the users are let be.
pub(super) fn strays(root: &Path) -> Result<Vec<String>, Error> {
    let spaces = walk(root, &|path| path.starts_with('@') && path.ends_with('~'))?;
    let mut strays = strays_of_space(root)?;
    for folder in spaces.folders.iter().filter(|path| path.starts_with('@')) {
        let path = root.join(folder);
        match layout::parse_space(folder) {
            Some(_) => strays.extend(strays_of_space(&path)?),
            None => strays.push(path),
        }
    }
    let mut strays: Vec<String> = strays.iter().map(|path| path.display().to_string()).collect();
    strays.sort();
    Ok(strays)
}

fn strays_of_space(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let tree = walk_space(folder)?;
    let users = tree.users();
    let foreign = |file: &&String| layout::parse_beside(file).is_none();
    let files = tree.files.iter().filter(foreign);
    let mut strays: Vec<PathBuf> = files.map(|file| folder.join(file)).collect();
    for name in &tree.folders {
        let path = folder.join(name);
        match layout::parse_user(name) {
            Some(user) => strays.extend(strays_of_user(path, users.contains(&user))?),
            None => strays.push(path),
        }
    }
    strays.extend(tree.nameless);
    Ok(strays)
}

/// The folder itself if it is nobody's: nothing of ours is in it, and no profile beside it.
fn strays_of_user(folder: PathBuf, has_profile: bool) -> Result<Vec<PathBuf>, Error> {
    let tree = walk_user(&folder)?;
    if !has_profile && tree.roles().is_empty() {
        return Ok(vec![folder]);
    }
    let foreign = |file: &&String| layout::parse_inside(file).is_none();
    let files = tree.files.iter().filter(foreign);
    let named = files.chain(&tree.folders).map(|path| folder.join(path));
    Ok(named.chain(tree.nameless).collect())
}

/// Walks the folder of a space: the users' files and folders, also those behind pieces of long names.
fn walk_space(folder: &Path) -> Result<Tree, Error> {
    let mut tree = walk(folder, &|path| path.ends_with('~') && !path.starts_with('@'))?;
    let ours = |path: &String| !path.starts_with(['.', '@']);
    tree.files.retain(|path| !path.starts_with('.'));
    tree.folders.retain(ours);
    Ok(tree)
}

/// Walks a user's folder.
pub(super) fn walk_user(folder: &Path) -> Result<Tree, Error> {
    walk(folder, &|path| {
        path == "sessions" || (path.starts_with("sessions/") && path.ends_with('~'))
    })
}

impl Tree {
    /// Whose profiles the files are, damaged ones included.
    fn users(&self) -> BTreeSet<UserId> {
        let files = self.files.iter();
        files.filter_map(|file| Some(layout::parse_beside(file)?.0)).collect()
    }

    /// What the files are that belong to a user's folder.
    pub(super) fn roles(&self) -> Vec<(Part, Role)> {
        let files = self.files.iter();
        files.filter_map(|file| layout::parse_inside(file)).collect()
    }
}

fn walk(folder: &Path, enter: &dyn Fn(&str) -> bool) -> Result<Tree, Error> {
    let mut tree = Tree::default();
    walk_into(&mut tree, folder, "", enter)?;
    Ok(tree)
}

fn walk_into(
    tree: &mut Tree,
    folder: &Path,
    prefix: &str,
    enter: &dyn Fn(&str) -> bool,
) -> Result<(), Error> {
    for entry in entries(folder)? {
        let Ok(name) = entry.file_name().into_string() else {
            tree.nameless.push(entry.path());
            continue;
        };
        let path = format!("{prefix}{name}");
        if !is_folder(&entry) {
            tree.files.push(path);
        } else if enter(&path) && path.len() <= MAX_PATH {
            let inner = format!("{path}/");
            tree.entered.push(path);
            walk_into(tree, &entry.path(), &inner, enter)?;
        } else {
            tree.folders.push(path);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>, Error> {
    match fs::read_dir(folder).and_then(Iterator::collect) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries.map_err(failed("list", folder)),
    }
}

fn is_folder(entry: &DirEntry) -> bool {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => entry.path().is_dir(),
        Ok(kind) => kind.is_dir(),
        Err(_) => false,
    }
}
