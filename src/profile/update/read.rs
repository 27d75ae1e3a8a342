//! Reads an update from whatever a model or a program sent.

use serde_json::{Map, Value};

use super::{
    DecisionProposal, FactProposal, PreferenceProposal, Problem, Retirement, Revision, Update,
};
use crate::profile::item::Confidence;

/// Entries of a kind that are read; a session teaches far fewer, and a hostile reply may hold ten thousand.
const MAX_ENTRIES: usize = 50;

/// Problems that are told; what is wrong beyond that is wrong in the same way.
const MAX_PROBLEMS: usize = 100;

pub(super) fn update(value: &Value) -> (Update, Vec<Problem>) {
    let mut reader = Reader::default();
    let Value::Object(members) = value else {
        reader.problem("update", &format!("expected an object, found {}", kind(value)));
        return (Update::default(), reader.problems);
    };
    let update = reader.update(members);
    reader.problems.truncate(MAX_PROBLEMS);
    (update, reader.problems)
}

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn update(&mut self, members: &Map<String, Value>) -> Update {
        let mut update = Update {
            running_summary: self.summary(members),
            new_facts: self.list(members, "new_facts", Self::fact),
            updated_facts: self.list(members, "updated_facts", Self::revision),
            retired_facts: self.list(members, "retired_facts", Self::retirement),
            confirmed_facts: self.list(members, "confirmed_facts", Self::id),
            updated_preferences: self.preferences(members),
            new_decisions: self.list(members, "new_decisions", Self::decision),
        };
        if let Some(one) = given(members, "new_decision") {
            update.new_decisions.extend(self.decision("new_decision", one));
            update.new_decisions.truncate(MAX_ENTRIES);
        }
        update
    }

    fn problem(&mut self, path: &str, what: &str) {
        self.problems.push(Problem { path: path.to_owned(), what: what.to_owned() });
    }

    fn expected<T>(&mut self, path: &str, expected: &str, found: &Value) -> Option<T> {
        self.problem(path, &format!("expected {expected}, found {}", kind(found)));
        None
    }

    fn summary(&mut self, members: &Map<String, Value>) -> Option<String> {
        match given(members, "running_summary")? {
            Value::String(text) => Some(text.clone()),
            other => self.expected("running_summary", "a text", other),
        }
    }

    fn list<T>(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        read: fn(&mut Self, &str, &Value) -> Option<T>,
    ) -> Vec<T> {
        match given(members, name) {
            None => Vec::new(),
            Some(Value::Array(entries)) => {
                self.bounded(name, entries.len());
                let entries = entries.iter().take(MAX_ENTRIES).enumerate();
                entries
                    .filter_map(|(at, entry)| read(self, &format!("{name}[{at}]"), entry))
                    .collect()
            }
            // One entry without its list.
            Some(entry @ (Value::String(_) | Value::Object(_))) => {
                read(self, name, entry).into_iter().collect()
            }
            Some(other) => self.expected(name, "a list", other).unwrap_or_default(),
        }
    }

    fn bounded(&mut self, name: &str, found: usize) {
        if found > MAX_ENTRIES {
            self.problem(
                name,
                &format!("only the first {MAX_ENTRIES} of {found} entries are read"),
            );
        }
    }

    fn fact(&mut self, path: &str, value: &Value) -> Option<FactProposal> {
        if let Value::String(text) = value {
            return Some(FactProposal {
                fact: self.saying(path, text)?,
                ..FactProposal::default()
            });
        }
        let entry = self.object(path, value, "a fact: a text or an object")?;
        Some(FactProposal {
            fact: self.required(path, entry, "fact")?,
            confidence: self.confidence(path, entry),
            quote: self.optional(path, entry, "quote"),
        })
    }

    fn revision(&mut self, path: &str, value: &Value) -> Option<Revision> {
        let entry = self.object(path, value, "an object with `id` and `fact`")?;
        Some(Revision {
            id: self.required(path, entry, "id")?.trim().to_owned(),
            fact: self.required(path, entry, "fact")?,
            confidence: self.confidence(path, entry),
            quote: self.optional(path, entry, "quote"),
        })
    }

    fn retirement(&mut self, path: &str, value: &Value) -> Option<Retirement> {
        if let Value::String(_) = value {
            return Some(Retirement { id: self.id(path, value)?, quote: None });
        }
        let entry = self.object(path, value, "an id, or an object with `id`")?;
        Some(Retirement {
            id: self.required(path, entry, "id")?.trim().to_owned(),
            quote: self.optional(path, entry, "quote"),
        })
    }

    fn id(&mut self, path: &str, value: &Value) -> Option<String> {
        match value {
            Value::String(id) => Some(self.saying(path, id)?.trim().to_owned()),
            Value::Object(entry) => Some(self.required(path, entry, "id")?.trim().to_owned()),
            other => self.expected(path, "an id", other),
        }
    }

    fn preferences(&mut self, members: &Map<String, Value>) -> Vec<PreferenceProposal> {
        let name = "updated_preferences";
        match given(members, name) {
            Some(Value::Object(map)) if !(map.contains_key("key") && map.contains_key("value")) => {
                self.bounded(name, map.len());
                let entries = map.iter().take(MAX_ENTRIES);
                entries
                    .filter_map(|(key, value)| self.slot(&format!("{name}.{key}"), key, value))
                    .collect()
            }
            _ => self.list(members, name, Self::preference),
        }
    }

    fn preference(&mut self, path: &str, value: &Value) -> Option<PreferenceProposal> {
        let entry = self.object(path, value, "an object with `key` and `value`")?;
        let key = self.required(path, entry, "key")?;
        let Some(value) = entry.get("value") else {
            self.problem(&format!("{path}.value"), "it is missing");
            return None;
        };
        Some(PreferenceProposal {
            key,
            value: self.setting(&format!("{path}.value"), value)?,
            confidence: self.confidence(path, entry),
            quote: self.optional(path, entry, "quote"),
        })
    }

    /// An entry of the tutorials' map: a plain value, or an object with `value`.
    fn slot(&mut self, path: &str, key: &str, value: &Value) -> Option<PreferenceProposal> {
        let key = self.saying(path, key)?;
        match value {
            Value::Object(entry) if entry.contains_key("value") => Some(PreferenceProposal {
                key,
                value: self.setting(path, entry.get("value").unwrap_or(&Value::Null))?,
                confidence: self.confidence(path, entry),
                quote: self.optional(path, entry, "quote"),
            }),
            _ => Some(PreferenceProposal {
                key,
                value: self.setting(path, value)?,
                ..PreferenceProposal::default()
            }),
        }
    }

    /// A preference's value: `null` removes, `none` may be meant, but a blank text says nothing.
    fn setting(&mut self, path: &str, value: &Value) -> Option<Value> {
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            self.problem(path, "it says nothing");
            return None;
        }
        Some(value.clone())
    }

    fn decision(&mut self, path: &str, value: &Value) -> Option<DecisionProposal> {
        if let Value::String(text) = value {
            return Some(DecisionProposal {
                decision: self.saying(path, text)?,
                ..DecisionProposal::default()
            });
        }
        let entry = self.object(path, value, "a decision: a text or an object")?;
        Some(DecisionProposal {
            decision: self.required(path, entry, "decision")?,
            topic: self.optional(path, entry, "topic").unwrap_or_default(),
            confidence: self.confidence(path, entry),
            quote: self.optional(path, entry, "quote"),
        })
    }

    fn object<'a>(
        &mut self,
        path: &str,
        value: &'a Value,
        expected: &str,
    ) -> Option<&'a Map<String, Value>> {
        value.as_object().or_else(|| self.expected(path, expected, value))
    }

    fn required(&mut self, path: &str, entry: &Map<String, Value>, name: &str) -> Option<String> {
        let path = format!("{path}.{name}");
        match entry.get(name) {
            Some(Value::String(text)) => self.saying(&path, text),
            Some(other) => self.expected(&path, "a text", other),
            None => {
                self.problem(&path, "it is missing");
                None
            }
        }
    }

    fn optional(&mut self, path: &str, entry: &Map<String, Value>, name: &str) -> Option<String> {
        match given(entry, name)? {
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.clone()),
            other => self.expected(&format!("{path}.{name}"), "a text", other),
        }
    }

    /// High where nothing is said; low where it cannot be understood.
    fn confidence(&mut self, path: &str, entry: &Map<String, Value>) -> Confidence {
        let Some(value) = given(entry, "confidence") else {
            return Confidence::High;
        };
        value.as_str().and_then(Confidence::named).unwrap_or_else(|| {
            let path = format!("{path}.confidence");
            self.problem(&path, "expected `high`, `medium` or `low`; taken as `low`");
            Confidence::Low
        })
    }

    fn saying(&mut self, path: &str, text: &str) -> Option<String> {
        let said = text.trim_matches(|c: char| c.is_whitespace() || ".-()\"'".contains(c));
        let nothing = ["", "none", "n/a", "na", "null", "nil", "nothing", "unknown"];
        if nothing.iter().any(|word| said.eq_ignore_ascii_case(word)) {
            self.problem(path, "it says nothing");
            return None;
        }
        Some(text.to_owned())
    }
}

/// A member that is there and not `null`.
fn given<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.get(name).filter(|value| !value.is_null())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
