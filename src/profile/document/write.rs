//! Writes a profile in its one form: the tutorials' names first, then ours, then what we do not know.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use super::{Profile, SCHEMA_VERSION, number};
use crate::profile::item::{Meta, Preference};

pub(super) fn profile(profile: &Profile) -> String {
    // Nothing in a profile can fail to serialise: all keys are texts, and writing goes to memory.
    let mut json = serde_json::to_string_pretty(&Document(profile)).unwrap_or_default();
    json.push('\n');
    number::restore(json)
}

struct Document<'a>(&'a Profile);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(profile) = self;
        let (fact, decision) = profile.last_ids;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("user_id", &profile.user_id)?;
        map.serialize_entry("running_summary", &profile.running_summary)?;
        map.serialize_entry("key_facts", &profile.key_facts)?;
        map.serialize_entry("preferences", &Preferences(&profile.preferences))?;
        map.serialize_entry("recent_decisions", &profile.recent_decisions)?;
        map.serialize_entry("session_count", &profile.session_count)?;
        map.serialize_entry("last_session", &profile.last_session)?;
        map.serialize_entry("schema_version", &SCHEMA_VERSION)?;
        map.serialize_entry("revision", &profile.revision)?;
        map.serialize_entry("last_ids", &json!({"fact": fact, "decision": decision}))?;
        map.serialize_entry("forgotten", &profile.forgotten)?;
        for (name, value) in &profile.other {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

struct Preferences<'a>(&'a [Preference]);

#[derive(Serialize)]
struct Slot<'a> {
    value: &'a Value,
    #[serde(flatten)]
    meta: &'a Meta,
    #[serde(flatten)]
    other: &'a Map<String, Value>,
}

impl Serialize for Preferences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|preference| {
            let slot =
                Slot { value: &preference.value, meta: &preference.meta, other: &preference.other };
            (&preference.key, slot)
        }))
    }
}
