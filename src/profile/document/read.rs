//! Reads a profile: leniently where the meaning is clear, with a place where it is not.

use std::collections::HashSet;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Utc};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::source::{Members, Source};
use super::{Error, Profile, SCHEMA_VERSION};
use crate::profile::item::{Confidence, Decision, Fact, MAX_ID, Meta, Preference, id_number};
use crate::profile::tombstone::Tombstone;

pub(super) fn profile(json: &[u8], user_id: &str) -> Result<Profile, Error> {
    let source = Source::new(json)?;
    let members = source.members(source.root()?, "a profile: an object")?;
    version(&source, &members)?;
    let mut profile = Profile::new(user_id);
    for (name, raw) in members {
        member(&source, &mut profile, name, raw)?;
    }
    number_items(&mut profile);
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
    name: String,
    raw: &'a RawValue,
) -> Result<(), Error> {
    let null = raw.get() == "null";
    match name.as_str() {
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
                .filter_map(|(key, raw)| preference(source, key, raw).transpose())
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
            profile.other.insert(name, source.value(raw)?);
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

fn by_hand() -> Meta {
    Meta { pinned: true, ..Meta::default() }
}

/// A blank text is no fact.
fn bare<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<String>, Error> {
    let text = source.text(raw, "a text")?;
    Ok((!text.trim().is_empty()).then_some(text))
}

fn fact<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<Fact>, Error> {
    if raw.get().starts_with('"') {
        return Ok(bare(source, raw)?.map(|fact| Fact {
            fact,
            meta: by_hand(),
            ..Fact::default()
        }));
    }
    let mut found = Fact::default();
    let mut text = None;
    let members = source.members(raw, "a fact: a text, or an object with `fact`")?;
    found.meta.pinned = !members.iter().any(|(name, _)| name == "id");
    for (name, raw) in members {
        match name.as_str() {
            "id" => found.id = id(source, raw)?,
            "fact" => text = Some(source.text(raw, "the fact: a text")?),
            _ => meta(source, &mut found.meta, &mut found.other, name, raw)?,
        }
    }
    found.fact = text.ok_or_else(|| source.wrong(raw, "a fact: this object has no `fact`"))?;
    Ok(Some(found))
}

fn decision<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<Decision>, Error> {
    if raw.get().starts_with('"') {
        return Ok(bare(source, raw)?.map(|decision| Decision {
            decision,
            meta: by_hand(),
            ..Decision::default()
        }));
    }
    let mut found = Decision::default();
    let mut text = None;
    for (name, raw) in source.members(raw, "a decision: a text, or an object with `decision`")? {
        match name.as_str() {
            "id" => found.id = id(source, raw)?,
            "topic" if raw.get() == "null" => {}
            "topic" => found.topic = source.text(raw, "the topic: a text")?,
            "decision" => text = Some(source.text(raw, "the decision: a text")?),
            "date" => date(source, &mut found, raw)?,
            _ => meta(source, &mut found.meta, &mut found.other, name, raw)?,
        }
    }
    found.decision =
        text.ok_or_else(|| source.wrong(raw, "a decision: this object has no `decision`"))?;
    Ok(Some(found))
}

/// An object with `value` is an item, any other value was written by hand; `null` is no preference.
fn preference<'a>(
    source: &Source<'a>,
    key: String,
    raw: &'a RawValue,
) -> Result<Option<Preference>, Error> {
    let members = if raw.get().starts_with('{') {
        source.members(raw, "a preference")?
    } else {
        Members::new()
    };
    let has = |wanted: &str| members.iter().any(|(name, _)| name == wanted);
    if !has("value") {
        let value = source.value(raw)?;
        return Ok((!value.is_null()).then(|| Preference {
            key,
            value,
            meta: by_hand(),
            ..Preference::default()
        }));
    }
    let mut found = Preference { key, ..Preference::default() };
    found.meta.pinned = !has("confidence");
    for (name, raw) in members {
        match name.as_str() {
            "value" => found.value = source.value(raw)?,
            _ => meta(source, &mut found.meta, &mut found.other, name, raw)?,
        }
    }
    Ok((!found.value.is_null()).then_some(found))
}

fn meta<'a>(
    source: &Source<'a>,
    meta: &mut Meta,
    other: &mut Map<String, Value>,
    name: String,
    raw: &'a RawValue,
) -> Result<(), Error> {
    let null = raw.get() == "null";
    match name.as_str() {
        "confidence" | "learned" | "confirmed" | "session" | "quote" | "pinned" if null => {}
        "confidence" => meta.confidence = confidence(source, raw)?,
        "learned" => meta.learned = time(source, raw)?,
        "confirmed" => meta.confirmed = time(source, raw)?,
        "session" => meta.session = Some(source.text(raw, "the session's id: a text")?),
        "quote" => meta.quote = Some(source.text(raw, "the quote: a text")?),
        "pinned" => match raw.get() {
            "true" => meta.pinned = true,
            "false" => meta.pinned = false,
            _ => return Err(source.wrong(raw, "`true` or `false`")),
        },
        _ => {
            other.insert(name, source.value(raw)?);
        }
    }
    Ok(())
}

fn confidence<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Confidence, Error> {
    let expected = "`high`, `medium` or `low`";
    Confidence::named(&source.text(raw, expected)?).ok_or_else(|| source.wrong(raw, expected))
}

fn id<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<String, Error> {
    match raw.get() {
        "null" => Ok(String::new()),
        _ => source.text(raw, "an id: a text such as `f1`"),
    }
}

fn count<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<u64, Error> {
    let number = raw.get();
    number.parse().map_err(|_| source.wrong(raw, "a whole number from 0"))
}

fn time<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<DateTime<Utc>>, Error> {
    if raw.get() == "null" {
        return Ok(None);
    }
    let expected = "a time such as `2026-11-21T09:14:05Z`";
    let text = source.text(raw, expected)?;
    match parse_time(text.trim()) {
        Some(time) => Ok(Some(time)),
        None if text.trim().is_empty() => Ok(None),
        None => Err(source.wrong(raw, expected)),
    }
}

fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    let naive = |form| NaiveDateTime::parse_from_str(text, form).ok();
    let time = DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .ok()
        .or_else(|| naive("%Y-%m-%dT%H:%M:%S%.f").map(|time| time.and_utc()))
        .or_else(|| naive("%Y-%m-%d %H:%M:%S%.f").map(|time| time.and_utc()))
        .or_else(|| Some(day(text)?.and_hms_opt(0, 0, 0)?.and_utc()))?;
    // Years that RFC 3339 cannot write would not be read again.
    (0..=9999).contains(&time.year()).then_some(time)?.with_nanosecond(0)
}

fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (0..=9999).contains(&day.year()).then_some(day)
}

fn date<'a>(source: &Source<'a>, found: &mut Decision, raw: &'a RawValue) -> Result<(), Error> {
    if raw.get() == "null" {
        return Ok(());
    }
    let said = source.text(raw, "a date such as `2026-11-21`")?;
    let text = said.trim();
    found.date = day(text).or_else(|| parse_time(text).map(|time| time.date_naive()));
    if found.date.is_none() && !text.is_empty() {
        found.other.insert("date_said".to_owned(), said.into());
    }
    Ok(())
}

fn last_ids<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<(u64, u64), Error> {
    let mut ids = (0, 0);
    for (name, raw) in source.members(raw, "the last ids: an object")? {
        match name.as_str() {
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
        match name.as_str() {
            "id" => found.id = source.text(raw, "an id: a text")?,
            "value" => found.value = source.text(raw, "a SHA-256 in hexadecimal")?,
            "words" => found.words = usize::try_from(count(source, raw)?).unwrap_or(usize::MAX),
            "at" => found.at = time(source, raw)?.unwrap_or_default(),
            _ => {
                found.other.insert(name, source.value(raw)?);
            }
        }
    }
    Ok(Some(found))
}

/// Gives every item an id of its own; the first of twins keeps theirs.
fn number_items(profile: &mut Profile) {
    let (mut last_fact, mut last_decision) = profile.last_ids;
    for tombstone in &profile.forgotten {
        last_fact = last_fact.max(id_number(&tombstone.id, 'f').unwrap_or(0));
        last_decision = last_decision.max(id_number(&tombstone.id, 'd').unwrap_or(0));
    }
    let facts = profile.key_facts.iter_mut().map(|fact| &mut fact.id);
    let decisions = profile.recent_decisions.iter_mut().map(|decision| &mut decision.id);
    profile.last_ids =
        (number('f', last_fact, facts.collect()), number('d', last_decision, decisions.collect()));
}

fn number(letter: char, last: u64, ids: Vec<&mut String>) -> u64 {
    let taken = ids.iter().filter_map(|id| id_number(id, letter)).max();
    let mut last = last.max(taken.unwrap_or(0));
    let mut seen = HashSet::new();
    for id in ids {
        if id_number(id, letter).is_none_or(|number| !seen.insert(number)) {
            last = last.saturating_add(1);
            *id = format!("{letter}{last}");
        }
    }
    last
}
