//! Extraction: one model call that proposes what a session taught, and the commit that merges it.
//!
//! The model is asked outside any lock. What it sees is one JSON document: the items with their short ids, and the turns;
//! neither the memory block nor the system prompt of the chat. Its proposal is merged into the profile as it is then. If
//! the summary moved meanwhile, it is made again from the newer one.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::commit::{Committed, Stamp};
use super::journal::Call;
use super::{Agent, opaque, reply};
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::model::{self, Event, Message, Request, Stop, complete};
use crate::profile::{
    By, Change, Evidence, Extracted, Profile, Role, Turn, Update, merge, shorten, tokens,
};

/// The reply's limit. Models of the 5 series think within it, so it is far above the few hundred tokens of an update.
const MAX_TOKENS: u32 = 8_192;
/// Turns given to one call, in estimated tokens: below the step at which Haiku's price rises, and inside every window.
const CHUNK_TOKENS: usize = 60_000;
/// What the assistant said is context only; this much of it is enough to understand a "yes".
const ASSISTANT_CHARS: usize = 400;
/// A longer turn of the user is a pasted text: its beginning and its end are shown.
const USER_CHARS: usize = 12_000;
/// How often a summary is made again because somebody else's came first, before the newer one is simply kept.
const SUMMARY_ATTEMPTS: usize = 3;

/// What an extraction did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The revision that holds it; `None` when the user had said nothing new.
    pub revision: Option<u64>,
    /// What was learned, changed, evicted or refused.
    pub changes: Vec<Change>,
    /// The calls it took.
    pub calls: Vec<Call>,
}

/// The turns of a session that are to be extracted.
pub(crate) struct Task<'a> {
    pub(crate) user: &'a UserId,
    pub(crate) session: &'a SessionId,
    pub(crate) turns: &'a [Turn],
    /// How many of them are in the profile already.
    pub(crate) done: usize,
}

/// What a proposal was made from, and what it is.
struct Proposal {
    update: Update,
    refused: Vec<Change>,
    /// The summary that the model was shown.
    summary: String,
}

impl Agent {
    /// Extracts what is new in a session, in as many calls as its length asks for (nearly always one), each merged and
    /// noted in the journal before the next. `note` writes the journal's line.
    pub(crate) async fn extract(
        &self,
        task: Task<'_>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut done = task.done;
        while let Some(end) = chunk_end(task.turns, done) {
            let part = task.turns.get(done..end).unwrap_or_default();
            let extracted = Extracted { id: task.session.to_string(), turns: end };
            let mut calls = Vec::new();
            let step = self.extract_part(
                task.user,
                part,
                &extracted,
                task.done == 0 && done == 0,
                &mut calls,
                on_event,
            );
            let step = step.await;
            outcome.calls.extend(calls.iter().cloned());
            let (revision, changes) = match step {
                Ok(step) => step,
                Err(error) => {
                    self.note_failure(task.user, task.session, &error).await;
                    return Err(error);
                }
            };
            self.note_extracted(task.user, task.session, end, revision, calls).await;
            outcome.revision = Some(revision);
            outcome.changes.extend(changes);
            done = end;
        }
        Ok(outcome)
    }

    async fn extract_part(
        &self,
        user: &UserId,
        turns: &[Turn],
        extracted: &Extracted,
        first: bool,
        calls: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<(u64, Vec<Change>)> {
        let profile = self.profile(user).await?.unwrap_or_else(|| Profile::new(user.as_str()));
        let mut proposal = self.propose(user, &profile, turns, calls, on_event).await?;
        let evidence = Evidence::Session { id: &extracted.id, turns };
        let stamp =
            Stamp { session: Some(extracted.clone()), ..Stamp::new(By::Extraction, self.now()) };
        let mut attempts = 0;
        loop {
            let mut newer = None;
            let mut apply = |profile: &mut Profile| {
                let proposed = proposal.update.running_summary.is_some();
                if proposed && profile.running_summary != proposal.summary {
                    newer = Some(profile.running_summary.clone());
                    return None;
                }
                profile.session_count += u64::from(first);
                profile.last_session = Some(stamp.at);
                let mut changes = merge(profile, &proposal.update, evidence, self.caps(), stamp.at);
                changes.extend(proposal.refused.iter().cloned());
                Some(changes)
            };
            match self.commit(user, &stamp, &mut apply).await? {
                Committed::Saved(saved) => return Ok((saved.revision, saved.changes)),
                Committed::AlreadyExtracted(revision) => return Ok((revision, Vec::new())),
                Committed::Left => {}
            }
            let Some(newer) = newer else { continue };
            attempts += 1;
            let draft = proposal.update.running_summary.take().unwrap_or_default();
            if attempts <= SUMMARY_ATTEMPTS {
                let made = self.summarise_again(user, &newer, &draft, calls, on_event).await;
                proposal.update.running_summary = made.ok();
            }
            if proposal.update.running_summary.is_none() {
                let why = "another session's summary came first and could not be joined with it"
                    .to_owned();
                proposal.refused.push(Change::Refused { what: "summary".to_owned(), why });
            }
            proposal.summary = newer;
        }
    }

    /// Asks the model, and once more if its reply holds no update.
    async fn propose(
        &self,
        user: &UserId,
        profile: &Profile,
        turns: &[Turn],
        calls: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Proposal> {
        let mut request = request(user, &self.settings().prompts.extraction, input(profile, turns));
        request.schema = Some(schema());
        let value = self.ask(&mut request, &reply::MEMBERS, calls, on_event).await?;
        let (update, problems) = Update::from_value(&value);
        let refused = problems
            .into_iter()
            .map(|problem| Change::Refused { what: problem.path, why: problem.what });
        Ok(Proposal {
            update,
            refused: refused.collect(),
            summary: profile.running_summary.clone(),
        })
    }

    /// Makes one summary of the profile's newer one and the draft.
    async fn summarise_again(
        &self,
        user: &UserId,
        newer: &str,
        draft: &str,
        calls: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<String> {
        let input = json!({ "running_summary": newer, "draft": draft }).to_string();
        let mut request = request(user, &self.settings().prompts.summary, input);
        request.schema = Some(summary_schema());
        let value = self.ask(&mut request, &["running_summary"], calls, on_event).await?;
        let text = value.get("running_summary").and_then(Value::as_str).unwrap_or_default();
        match text.trim() {
            "" => Err(Error::NoUpdate { what: "an empty summary".to_owned() }),
            text => Ok(text.to_owned()),
        }
    }

    /// One call and at most one attempt to repair its reply. `known` are the members of which the reply has one or more.
    async fn ask(
        &self,
        request: &mut Request,
        known: &[&str],
        calls: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Value> {
        let first = self.call(request, calls, on_event).await?;
        let problem = match understand(&first, known) {
            Ok(value) => return Ok(value),
            Err(problem) => problem,
        };
        if !first.text.trim().is_empty() {
            request.messages.push(Message { role: model::Role::Assistant, text: first.text });
            let again =
                format!("That was not usable: {problem}. Answer again with the JSON object alone.");
            request.messages.push(Message { role: model::Role::User, text: again });
        }
        let second = self.call(request, calls, on_event).await?;
        understand(&second, known).map_err(|what| Error::NoUpdate { what })
    }

    async fn call(
        &self,
        request: &Request,
        calls: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<model::Reply> {
        let reply = complete(self.extraction_model(), request, |event| on_event(event)).await?;
        calls.push(Call { model: reply.done.model.clone(), usage: reply.done.usage });
        match reply.done.stop {
            Stop::Refusal(why) => Err(Error::Declined { why }),
            _ => Ok(reply),
        }
    }
}

fn request(user: &UserId, system: &str, input: String) -> Request {
    Request {
        system: system.to_owned(),
        messages: vec![Message { role: model::Role::User, text: input }],
        max_tokens: MAX_TOKENS,
        schema: None,
        user: Some(opaque(user)),
        cache: false,
    }
}

/// The reply as an update, or what is wrong with it.
fn understand(reply: &model::Reply, known: &[&str]) -> Result<Value, String> {
    let value = reply::parse(&reply.text, reply.done.stop == Stop::End)
        .map_err(|error| error.to_string())?;
    let Some(members) = value.as_object() else {
        return Err("it is not a JSON object".to_owned());
    };
    if members.is_empty() || known.iter().any(|name| members.contains_key(*name)) {
        return Ok(value);
    }
    Err("it has none of the members that were asked for".to_owned())
}

/// Where the next part of a session ends that has something of the user in it; `None` when there is nothing left.
fn chunk_end(turns: &[Turn], done: usize) -> Option<usize> {
    let rest = turns.get(done..)?;
    if !rest.iter().any(|turn| turn.role == Role::User) {
        return None;
    }
    let mut size = 0;
    let full = rest.iter().position(|turn| {
        size += tokens(&shown(turn));
        size > CHUNK_TOKENS
    });
    Some(done + full.map_or(rest.len(), |full| full.max(1)))
}

fn shown(turn: &Turn) -> String {
    match turn.role {
        Role::Assistant => shorten(&turn.content, ASSISTANT_CHARS),
        Role::User if turn.content.len() <= USER_CHARS => turn.content.clone(),
        Role::User => {
            let count = turn.content.chars().count();
            let tail: String =
                turn.content.chars().skip(count.saturating_sub(USER_CHARS / 4)).collect();
            format!("{}\n[…]\n{tail}", shorten(&turn.content, USER_CHARS / 2))
        }
    }
}

/// What the extraction sees: the items with their ids, and the turns, one a line.
fn input(profile: &Profile, turns: &[Turn]) -> String {
    let facts: Vec<Value> =
        profile.key_facts.iter().map(|fact| json!({ "id": fact.id, "fact": fact.fact })).collect();
    let preferences: Vec<Value> = profile
        .preferences
        .iter()
        .map(|item| json!({ "key": item.key, "value": item.value }))
        .collect();
    let decisions: Vec<Value> = profile
        .recent_decisions
        .iter()
        .map(|item| json!({ "id": item.id, "topic": item.topic, "decision": item.decision, "date": item.date }))
        .collect();
    let mut document = Map::new();
    document.insert("running_summary".to_owned(), profile.running_summary.clone().into());
    document.insert("facts".to_owned(), facts.into());
    document.insert("preferences".to_owned(), preferences.into());
    document.insert("decisions".to_owned(), decisions.into());
    let known = Value::Object(document).to_string();
    let turns: Vec<String> = turns.iter().map(turn_line).collect();
    format!("{},\"turns\":[\n{}\n]}}", known.trim_end_matches('}'), turns.join(",\n"))
}

fn turn_line(turn: &Turn) -> String {
    json!({ "role": turn.role, "at": stamp(turn.at), "text": shown(turn) }).to_string()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../prompts/extraction.schema.json")).unwrap_or_default()
}

fn summary_schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["running_summary"],
        "properties": { "running_summary": { "type": "string" } },
    })
}
