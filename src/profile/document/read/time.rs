//! Times in the forms in which programs and people write them.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Utc};
use serde_json::value::RawValue;

use super::super::Error;
use super::super::source::Source;

pub(super) fn time<'a>(
    source: &Source<'a>,
    raw: &'a RawValue,
) -> Result<Option<DateTime<Utc>>, Error> {
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

pub(super) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
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

pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (0..=9999).contains(&day.year()).then_some(day)
}
