//! Asks the extraction model for one JSON object, and once more if its reply holds none.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use crate::agent::journal::Call;
use crate::agent::{opaque, reply};
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::model::{Event, Message, Model, Reply, Request, Role, Stop, complete};

/// The reply's limit. Models of the 5 series think within it, so it is far above the few hundred tokens of an update.
const MAX_TOKENS: u32 = 8_192;

/// The schema of an update.
pub(super) static UPDATE: LazyLock<Arc<Value>> = LazyLock::new(|| {
    let text = include_str!("../../../prompts/extraction.schema.json");
    // A test reads the file as JSON, so this cannot fail.
    Arc::new(serde_json::from_str(text).unwrap_or_default())
});

/// The schema of a summary.
pub(super) static SUMMARY: LazyLock<Arc<Value>> = LazyLock::new(|| {
    Arc::new(json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["running_summary"],
        "properties": { "running_summary": { "type": "string" } },
    }))
});

/// The model, for whom it is asked, and the calls made so far.
pub(super) struct Ask<'a> {
    model: &'a dyn Model,
    user: String,
    on_event: &'a mut (dyn FnMut(&Event) + Send),
    pub(super) calls: Vec<Call>,
}

impl<'a> Ask<'a> {
    pub(super) fn new(
        model: &'a dyn Model,
        user: &UserId,
        on_event: &'a mut (dyn FnMut(&Event) + Send),
    ) -> Self {
        Self { model, user: opaque(user), on_event, calls: Vec::new() }
    }

    /// A JSON object that has one or more of the `known` members, or none at all.
    pub(super) async fn json(
        &mut self,
        system: &str,
        input: String,
        schema: &Arc<Value>,
        known: &[&str],
    ) -> Result<Value> {
        let mut request = Request {
            system: system.to_owned(),
            messages: vec![Message { role: Role::User, text: input }],
            max_tokens: MAX_TOKENS,
            schema: Some(Arc::clone(schema)),
            user: Some(self.user.clone()),
            cache: false,
        };
        let first = self.call(&request).await?;
        let problem = match understand(&first, known) {
            Ok(value) => return Ok(value),
            Err(problem) => problem,
        };
        if !first.text.trim().is_empty() {
            let again =
                format!("That was not usable: {problem}. Answer again with the JSON object alone.");
            request.messages.push(Message { role: Role::Assistant, text: first.text });
            request.messages.push(Message { role: Role::User, text: again });
        }
        let second = self.call(&request).await?;
        understand(&second, known).map_err(|what| Error::NoUpdate { what })
    }

    async fn call(&mut self, request: &Request) -> Result<Reply> {
        let on_event = &mut self.on_event;
        let reply = complete(self.model, request, |event| on_event(event)).await?;
        self.calls.push(Call { model: reply.done.model.clone(), usage: reply.done.usage });
        match reply.done.stop {
            Stop::Refusal(why) if why.trim().is_empty() => {
                Err(Error::Declined { why: "it gave no reason".to_owned() })
            }
            Stop::Refusal(why) => Err(Error::Declined { why }),
            _ => Ok(reply),
        }
    }
}

/// The reply as an object, or what is wrong with it.
fn understand(reply: &Reply, known: &[&str]) -> Result<Value, String> {
    let whole = reply.done.stop == Stop::End;
    let value = reply::parse(&reply.text, whole).map_err(|error| error.to_string())?;
    let Some(members) = value.as_object() else {
        return Err("it is not a JSON object".to_owned());
    };
    if members.is_empty() || known.iter().any(|name| members.contains_key(*name)) {
        return Ok(value);
    }
    Err("it has none of the members that were asked for".to_owned())
}
