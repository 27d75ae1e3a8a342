//! JSON text in which every value knows its place, so that an error can say where it is.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Error, number};

/// Deeper values are refused: no profile needs them, and other readers stop at 128.
const MAX_DEPTH: usize = 64;

/// The members of an object in their order, each value as it was written.
pub(super) type Members<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

pub(super) struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                return Err(damaged(valid, valid.len(), "these bytes are not UTF-8"));
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(damaged(b"", 0, "the document is empty"));
        }
        Ok(Self { text })
    }

    pub(super) fn root(&self) -> Result<&'a RawValue, Error> {
        serde_json::from_str(self.text).map_err(|error| self.syntax(self.text, &error))
    }

    pub(super) fn members(&self, raw: &'a RawValue, expected: &str) -> Result<Members<'a>, Error> {
        self.shaped(raw, '{', expected)?;
        let Entries(members) = self.read(raw)?;
        Ok(members)
    }

    pub(super) fn elements(
        &self,
        raw: &'a RawValue,
        expected: &str,
    ) -> Result<Vec<&'a RawValue>, Error> {
        self.shaped(raw, '[', expected)?;
        self.read(raw)
    }

    /// Any value, with its numbers as they are.
    pub(super) fn value(&self, raw: &'a RawValue) -> Result<Value, Error> {
        let kept = number::keep(raw.get());
        let Whole(value) =
            serde_json::from_str(&kept).map_err(|error| self.syntax(raw.get(), &error))?;
        Ok(value)
    }

    pub(super) fn text(&self, raw: &'a RawValue, expected: &str) -> Result<String, Error> {
        self.shaped(raw, '"', expected)?;
        self.read(raw)
    }

    pub(super) fn read<T: Deserialize<'a>>(&self, raw: &'a RawValue) -> Result<T, Error> {
        serde_json::from_str(raw.get()).map_err(|error| self.syntax(raw.get(), &error))
    }

    /// The error that `raw` is not what was `expected`.
    pub(super) fn wrong(&self, raw: &'a RawValue, expected: &str) -> Error {
        self.damaged(raw, &format!("expected {expected}"))
    }

    pub(super) fn damaged(&self, raw: &'a RawValue, what: &str) -> Error {
        damaged(self.text.as_bytes(), self.offset(raw.get()), what)
    }

    fn shaped(&self, raw: &'a RawValue, first: char, expected: &str) -> Result<(), Error> {
        if raw.get().starts_with(first) { Ok(()) } else { Err(self.wrong(raw, expected)) }
    }

    /// Where a part of the text begins in it.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr().addr()).saturating_sub(self.text.as_ptr().addr())
    }

    fn syntax(&self, part: &str, error: &serde_json::Error) -> Error {
        let lines_before: usize =
            part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let inside = lines_before + error.column().saturating_sub(1);
        let said = error.to_string();
        let what = match said.split(" at line ").next().unwrap_or(&said) {
            what if what.starts_with("EOF") => "the document ends too early",
            "key must be a string" => "expected the name of a member, in double quotes",
            what => what,
        };
        damaged(self.text.as_bytes(), self.offset(part) + inside, what)
    }
}

fn damaged(bytes: &[u8], offset: usize, what: &str) -> Error {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let line = before.get(line_start..).unwrap_or_default();
    Error::Damaged {
        line: before.split(|&b| b == b'\n').count(),
        column: String::from_utf8_lossy(line).chars().count() + 1,
        what: what.to_owned(),
    }
}

/// A member's name, copied only where it holds an escape.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

struct Entries<'a>(Members<'a>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Members::new();
                let mut names = HashSet::new();
                while let Some(Name(name)) = map.next_key()? {
                    if !names.insert(name.clone()) {
                        return Err(twice(&name));
                    }
                    members.push((name, map.next_value()?));
                }
                Ok(Entries(members))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

fn twice<E: serde::de::Error>(name: &str) -> E {
    E::custom(format_args!("the member `{name}` is there twice"))
}

/// A value without twin members, and not too deep.
struct Whole(Value);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Within(MAX_DEPTH).deserialize(deserializer).map(Self)
    }
}

#[derive(Clone, Copy)]
struct Within(usize);

impl Within {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.0.checked_sub(1) {
            Some(left) => Ok(Self(left)),
            None => Err(E::custom(format_args!("nested more than {MAX_DEPTH} deep"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Within {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if members.contains_key(&name) {
                return Err(twice(&name));
            }
            let value = map.next_value_seed(inner)?;
            members.insert(name, value);
        }
        Ok(members.into())
    }
}
