//! Reads a profile: leniently where the meaning is clear, with a place where it is not.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::source::{Members, Source};
use super::{Error, Profile, SCHEMA_VERSION};
use crate::profile::item::MAX_ID;
use crate::profile::tombstone::Tombstone;

mod ids;
mod items;
mod time;

use items::{decision, fact, preference};
use time::time;

pub(super) fn profile(json: &[u8], user_id: &str) -> Result<Profile, Error> {
    let source = Source::new(json)?;
    let members = source.members(source.root()?, "a profile: an object")?;
    version(&source, &members)?;
    let mut profile = Profile::new(user_id);
    for (name, raw) in members {
        member(&source, &mut profile, name, raw)?;
    }
    ids::number_items(&mut profile);
    Ok(profile)
}

fn version(source: &Source<'_>, members: &Members<'_>) -> Result<(), Error> {
    let Some((_, raw)) = members.iter().find(|(name, _)| name == "schema_version") else {
        return Ok(());
    };
    let digits = raw.get();
    if digits == "null" {
        return Ok(());
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(source.wrong(raw, "the schema version: a whole number"));
    }
    let found = digits.parse().unwrap_or(u64::MAX);
    if found > u64::from(SCHEMA_VERSION) {
        return Err(Error::Newer { found });
    }
    Ok(())
}

fn member<'a>(
    source: &Source<'a>,
    profile: &mut Profile,
    name: Cow<'a, str>,
    raw: &'a RawValue,
) -> Result<(), Error> {
    let null = raw.get() == "null";
    match name.as_ref() {
        "user_id" | "running_summary" | "key_facts" | "preferences" | "recent_decisions"
        | "session_count" | "last_session" | "schema_version" | "revision" | "last_ids"
        | "forgotten"
            if null => {}
        "user_id" => drop(source.text(raw, "the user's id: a text")?),
        "running_summary" => profile.running_summary = source.text(raw, "the summary: a text")?,
        "key_facts" => profile.key_facts = list(source, raw, "a list of facts", fact)?,
        "preferences" => {
            profile.preferences = source
                .members(raw, "preferences: an object of values")?
                .into_iter()
                .filter_map(|(key, raw)| preference(source, key.into_owned(), raw).transpose())
                .collect::<Result<_, _>>()?;
        }
        "recent_decisions" => {
            profile.recent_decisions = list(source, raw, "a list of decisions", decision)?;
        }
        "session_count" => profile.session_count = count(source, raw)?,
        "last_session" => profile.last_session = time(source, raw)?,
        "schema_version" => {}
        "revision" => profile.revision = count(source, raw)?,
        "last_ids" => profile.last_ids = last_ids(source, raw)?,
        // Ours alone: one that cannot be read tells nothing, and does no harm.
        "last_change" => profile.last_change = serde_json::from_str(raw.get()).ok(),
        "forgotten" => profile.forgotten = list(source, raw, "a list of tombstones", tombstone)?,
        _ => {
            profile.other.insert(name.into_owned(), source.value(raw)?);
        }
    }
    Ok(())
}

fn list<'a, T>(
    source: &Source<'a>,
    raw: &'a RawValue,
    expected: &str,
    read: impl Fn(&Source<'a>, &'a RawValue) -> Result<Option<T>, Error>,
) -> Result<Vec<T>, Error> {
    source
        .elements(raw, expected)?
        .into_iter()
        .filter_map(|raw| read(source, raw).transpose())
        .collect()
}

fn count<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<u64, Error> {
    let number = raw.get();
    number.parse().map_err(|_| source.wrong(raw, "a whole number from 0"))
}

fn last_ids<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<(u64, u64), Error> {
    let mut ids = (0, 0);
    for (name, raw) in source.members(raw, "the last ids: an object")? {
        match name.as_ref() {
            "fact" => ids.0 = count(source, raw)?.min(MAX_ID),
            "decision" => ids.1 = count(source, raw)?.min(MAX_ID),
            _ => {}
        }
    }
    Ok(ids)
}

fn tombstone<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<Tombstone>, Error> {
    let mut found = Tombstone::default();
    let members = source.members(raw, "a tombstone: an object with `id`, `value` and `at`")?;
    for (name, raw) in members {
        match name.as_ref() {
            "id" => found.id = source.text(raw, "an id: a text")?,
            "value" => found.value = source.text(raw, "a SHA-256 in hexadecimal")?,
            "words" => found.words = usize::try_from(count(source, raw)?).unwrap_or(usize::MAX),
            "at" => found.at = time(source, raw)?.unwrap_or_default(),
            _ => {
                found.other.insert(name.into_owned(), source.value(raw)?);
            }
        }
    }
    Ok(Some(found))
}
