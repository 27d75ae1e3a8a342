//! Export and import: everything about some users in one zip file, and back, byte by byte.
//!
//! The zip holds `manifest.json` (`{"format": "acquaint-export", "version": 1, "users": [{"id": "alice", "folder": "0"}]}`)
//! and for each user a folder with `profile.json`, `history.jsonl`, `input` and `sessions/ID.jsonl`. Files that are set aside
//! as damaged travel along as `damaged/TIME`.

use std::io::{Cursor, Read, Write};

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Agent;
use super::commit::{Committed, Stamp};
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::profile::{By, Profile, diff};
use crate::store::{Current, Durability, Next, Part};

const FORMAT: &str = "acquaint-export";
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// No file of an export is larger; a zip that unpacks to more is refused.
const MAX_FILE_BYTES: u64 = 1 << 30;

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: u32,
    users: Vec<Exported>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Exported {
    id: UserId,
    folder: String,
}

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Whose.
    pub user: UserId,
    /// How many documents and logs.
    pub files: usize,
}

/// One user's files, read and checked.
struct Parcel {
    user: UserId,
    files: Vec<(Part, Vec<u8>)>,
}

impl Agent {
    /// Everything about these users as a zip file.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], or when the store fails.
    pub async fn export(&self, users: &[UserId]) -> Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let exported = users
            .iter()
            .enumerate()
            .map(|(index, user)| Exported { id: user.clone(), folder: index.to_string() });
        let manifest =
            Manifest { format: FORMAT.to_owned(), version: VERSION, users: exported.collect() };
        let manifest_json =
            serde_json::to_vec_pretty(&manifest).map_err(|error| not_packed(&error))?;
        put(&mut zip, MANIFEST, &manifest_json)?;
        for Exported { id, folder } in &manifest.users {
            self.must_know(id).await?;
            for key in self.keys(id).await? {
                if let Some(bytes) = self.store().get(&key).await? {
                    put(&mut zip, &format!("{folder}/{}", name_of(&key.part)), &bytes)?;
                }
            }
        }
        Ok(zip.finish().map_err(|error| not_packed(&error))?.into_inner())
    }

    /// Takes in an export, or a bare profile document. Everything is read and checked before anything is written.
    ///
    /// A bare profile becomes a new revision of the user it names (or of `rename`); an export needs users that do not exist here.
    /// `place` names the file in errors.
    ///
    /// # Errors
    /// [`Error::Import`], [`Error::Exists`], [`Error::Profile`], or when the store fails.
    pub async fn import(
        &self,
        bytes: &[u8],
        place: &str,
        rename: Option<&UserId>,
    ) -> Result<Vec<Imported>> {
        if !bytes.starts_with(b"PK") {
            return Ok(vec![self.import_profile(bytes, place, rename).await?]);
        }
        let mut parcels = unpack(bytes, place)?;
        if let Some(name) = rename {
            let [parcel] = parcels.as_mut_slice() else {
                return Err(refuse(place, "`--as` needs an export of one user"));
            };
            parcel.user = name.clone();
        }
        for parcel in &parcels {
            if self.knows(&parcel.user).await? {
                return Err(Error::Exists { user: parcel.user.to_string() });
            }
        }
        let mut imported = Vec::new();
        for parcel in parcels {
            imported.push(self.take_in(parcel).await?);
        }
        Ok(imported)
    }

    /// Writes a user's files; the profile comes last, so that a cut-off import is not mistaken for a whole one.
    async fn take_in(&self, parcel: Parcel) -> Result<Imported> {
        let Parcel { user, mut files } = parcel;
        files.sort_by_key(|(part, _)| *part == Part::Profile);
        for (part, bytes) in &files {
            let key = self.key(&user, part.clone());
            if matches!(part, Part::History | Part::Journal(_)) {
                let lines: Vec<Vec<u8>> = bytes
                    .split(|&byte| byte == b'\n')
                    .filter(|line| !line.is_empty())
                    .map(<[u8]>::to_vec)
                    .collect();
                self.store().append(&key, &lines, Durability::Now).await?;
            } else {
                let mut put = |_: Current<'_>| {
                    Some(Next { document: Some(bytes.clone()), entries: Vec::new() })
                };
                self.store().update(&key, &mut put).await?;
            }
        }
        Ok(Imported { user, files: files.len() })
    }

    async fn import_profile(
        &self,
        bytes: &[u8],
        place: &str,
        rename: Option<&UserId>,
    ) -> Result<Imported> {
        let unreadable = |source| Error::Profile { place: place.to_owned(), source };
        let user = match (rename, owner(bytes)) {
            (Some(user), _) => user.clone(),
            (None, Some(owner)) => owner.parse()?,
            (None, None) => {
                Profile::parse(bytes, "").map_err(unreadable)?;
                return Err(refuse(
                    place,
                    "it does not say whose it is; name the user with `--as`",
                ));
            }
        };
        let new = Profile::parse(bytes, user.as_str()).map_err(unreadable)?;
        self.settle(&user).await?;
        let stamp = Stamp { restore: true, ..Stamp::new(By::Import, self.now()) };
        let mut apply = |profile: &mut Profile| {
            let before = profile.clone();
            *profile = new.clone();
            profile.forgotten.clone_from(&before.forgotten);
            let more =
                new.forgotten.iter().filter(|tombstone| !before.forgotten.contains(tombstone));
            profile.forgotten.extend(more.cloned());
            profile.drop_revived();
            profile.last_ids =
                (before.last_ids.0.max(new.last_ids.0), before.last_ids.1.max(new.last_ids.1));
            Some(diff(&before, profile))
        };
        match self.commit(&user, &stamp, &mut apply).await? {
            Committed::Saved(_) => Ok(Imported { user, files: 1 }),
            Committed::Left | Committed::AlreadyExtracted(_) => {
                Err(refuse(place, "there is nothing in it"))
            }
        }
    }
}

/// The `user_id` that a profile document names.
fn owner(bytes: &[u8]) -> Option<String> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let document: serde_json::Value = serde_json::from_slice(text).ok()?;
    document.get("user_id")?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<()> {
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file(name, options).map_err(|error| not_packed(&error))?;
    zip.write_all(bytes).map_err(|error| not_packed(&error))
}

fn unpack(bytes: &[u8], place: &str) -> Result<Vec<Parcel>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| refuse(place, &format!("not a whole zip file: {error}")))?;
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned))
        .collect::<Result<_, _>>()
        .map_err(|error| refuse(place, &error.to_string()))?;
    let manifest = take(&mut zip, MANIFEST, place)?;
    let manifest: Manifest = serde_json::from_slice(&manifest)
        .map_err(|error| refuse(place, &format!("its `{MANIFEST}`: {error}")))?;
    if manifest.format != FORMAT || manifest.version > VERSION {
        return Err(refuse(
            place,
            &format!("it is of the format `{}`, version {}", manifest.format, manifest.version),
        ));
    }
    let mut parcels = Vec::new();
    for Exported { id, folder } in manifest.users {
        let prefix = format!("{folder}/");
        let mut files = Vec::new();
        for name in names.iter().filter(|name| name.starts_with(&prefix)) {
            let inner = name.strip_prefix(&prefix).unwrap_or_default();
            let part = part_of(inner)
                .ok_or_else(|| refuse(place, &format!("`{name}` does not belong there")))?;
            let bytes = take(&mut zip, name, place)?;
            if part == Part::Profile {
                Profile::parse(&bytes, id.as_str()).map_err(|source| Error::Profile {
                    place: format!("{place}: {name}"),
                    source,
                })?;
            }
            files.push((part, bytes));
        }
        parcels.push(Parcel { user: id, files });
    }
    Ok(parcels)
}

fn take(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str, place: &str) -> Result<Vec<u8>> {
    let file = zip.by_name(name).map_err(|error| refuse(place, &format!("`{name}`: {error}")))?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| refuse(place, &format!("`{name}`: {error}")))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(refuse(place, &format!("`{name}` is larger than {MAX_FILE_BYTES} bytes")));
    }
    Ok(bytes)
}

fn name_of(part: &Part) -> String {
    match part {
        Part::Profile => "profile.json".to_owned(),
        Part::History => "history.jsonl".to_owned(),
        Part::Input => "input".to_owned(),
        Part::Damaged(stamp) => format!("damaged/{stamp}"),
        Part::Journal(session) => format!("sessions/{session}.jsonl"),
    }
}

fn part_of(name: &str) -> Option<Part> {
    match name {
        "profile.json" => Some(Part::Profile),
        "history.jsonl" => Some(Part::History),
        "input" => Some(Part::Input),
        _ => match name.split_once('/')? {
            ("damaged", stamp)
                if stamp.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                    && !stamp.is_empty() =>
            {
                Some(Part::Damaged(stamp.to_owned()))
            }
            ("sessions", file) => file.strip_suffix(".jsonl")?.parse().ok().map(Part::Journal),
            _ => None,
        },
    }
}

fn refuse(place: &str, what: &str) -> Error {
    Error::Import { place: place.to_owned(), what: what.to_owned() }
}

fn not_packed(error: &dyn std::error::Error) -> Error {
    Error::Import { place: "export".to_owned(), what: error.to_string() }
}
