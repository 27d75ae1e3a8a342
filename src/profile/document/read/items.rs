//! Facts, decisions and preferences, as saved or as a person wrote them.

use std::borrow::Cow;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::super::Error;
use super::super::source::{Members, Source};
use super::time;
use crate::profile::item::{Confidence, Decision, Fact, Meta, Preference};

pub(super) fn fact<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<Fact>, Error> {
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
        match name.as_ref() {
            "id" => found.id = id(source, raw)?,
            "fact" => text = Some(source.text(raw, "the fact: a text")?),
            _ => meta(source, &mut found.meta, &mut found.other, name, raw)?,
        }
    }
    found.fact = text.ok_or_else(|| source.wrong(raw, "a fact: this object has no `fact`"))?;
    Ok(Some(found))
}

pub(super) fn decision<'a>(
    source: &Source<'a>,
    raw: &'a RawValue,
) -> Result<Option<Decision>, Error> {
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
        match name.as_ref() {
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
pub(super) fn preference<'a>(
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
        match name.as_ref() {
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
    name: Cow<'a, str>,
    raw: &'a RawValue,
) -> Result<(), Error> {
    let null = raw.get() == "null";
    match name.as_ref() {
        "confidence" | "learned" | "confirmed" | "session" | "quote" | "pinned" if null => {}
        "confidence" => meta.confidence = confidence(source, raw)?,
        "learned" => meta.learned = time::time(source, raw)?,
        "confirmed" => meta.confirmed = time::time(source, raw)?,
        "session" => meta.session = Some(source.text(raw, "the session's id: a text")?),
        "quote" => meta.quote = Some(source.text(raw, "the quote: a text")?),
        "pinned" => match raw.get() {
            "true" => meta.pinned = true,
            "false" => meta.pinned = false,
            _ => return Err(source.wrong(raw, "`true` or `false`")),
        },
        _ => {
            other.insert(name.into_owned(), source.value(raw)?);
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

fn by_hand() -> Meta {
    Meta { pinned: true, ..Meta::default() }
}

/// A blank text is no fact.
fn bare<'a>(source: &Source<'a>, raw: &'a RawValue) -> Result<Option<String>, Error> {
    let text = source.text(raw, "a text")?;
    Ok((!text.trim().is_empty()).then_some(text))
}

fn date<'a>(source: &Source<'a>, found: &mut Decision, raw: &'a RawValue) -> Result<(), Error> {
    if raw.get() == "null" {
        return Ok(());
    }
    let said = source.text(raw, "a date such as `2026-11-21`")?;
    let text = said.trim();
    found.date = time::day(text).or_else(|| time::parse_time(text).map(|time| time.date_naive()));
    if found.date.is_none() && !text.is_empty() {
        found.other.insert("date_said".to_owned(), said.into());
    }
    Ok(())
}
