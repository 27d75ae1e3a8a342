//! The locks under which documents and logs are changed.
//!
//! The locks are a fixed set of 256 empty files, `.locks/00` to `.locks/ff`, that are never renamed or deleted. A key's lock
//! is chosen by a hash, so erasing a user leaves nothing that names them, and two users seldom wait for each other. A profile
//! and its history share a lock. Nobody takes a second lock while holding one, so nobody can wait in a circle.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Error, Key, disk, failed};
use crate::id::Space;
use crate::store::Part;

/// The folder of the locks, in the store's folder. No user's path begins with a dot.
pub(super) const FOLDER: &str = ".locks";

/// Waits for the lock of a key. It is given up when the file is dropped, or when the process ends however it ends.
pub(super) fn lock(root: &Path, key: &Key) -> Result<File, Error> {
    let path = root.join(FOLDER).join(format!("{:02x}", stripe(key)));
    let mut options = disk::private();
    options.write(true).create(true).truncate(false);
    let file = disk::create(&path, &options, "lock")?;
    wait(&file).map_err(failed("lock", &path))?;
    Ok(file)
}

fn wait(file: &File) -> io::Result<()> {
    loop {
        // Named in full, since the standard library has methods of its own that would be taken instead of some of fs2's.
        match fs2::FileExt::lock_exclusive(file) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Which lock a key has. All versions of the program must agree on this, or they would not exclude each other.
fn stripe(key: &Key) -> u8 {
    let class = match &key.part {
        Part::Profile | Part::History | Part::Damaged(_) => "profile",
        Part::Input => "input",
        Part::Journal(session) => session.as_str(),
    };
    let space = key.space.as_ref().map_or("", Space::as_str);
    let mut hash = Sha256::new();
    for field in [space, key.user.as_str(), class] {
        hash.update(field);
        hash.update([0xff]); // no byte of UTF-8
    }
    hash.finalize().first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripe_of(part: Part) -> u8 {
        stripe(&Key::new(None, &"alice".parse().unwrap(), part))
    }

    #[test]
    fn the_lock_of_a_key_is_the_same_in_every_version() {
        let journal = Part::Journal("20261121-091405-1f9a63c2".parse().unwrap());
        assert_eq!(stripe_of(Part::Profile), 255);
        assert_eq!(stripe_of(Part::History), stripe_of(Part::Profile));
        assert_eq!(stripe_of(Part::Input), 64);
        assert_eq!(stripe_of(journal), 177);
    }
}
