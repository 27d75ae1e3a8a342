//! Extraction: one model call that proposes what a session taught, and the commit that merges it.
//!
//! The model is asked outside any lock. What it sees is one JSON document: the items with their short ids, and the turns;
//! neither the memory block nor the system prompt of the chat. Its proposal is merged into the profile as it is then. If
//! the summary moved meanwhile, it is made again from the newer one.

use std::sync::Arc;

use serde_json::{Value, json};

use super::commit::{Committed, Stamp};
use super::journal::Call;
use super::load::Loaded;
use super::{Agent, reply};
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::model::Event;
use crate::profile::{By, Change, Evidence, Extracted, Profile, Turn, Update, merge};
use ask::Ask;

mod ask;
mod input;

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
    /// The profile as the session saw it: if it is still the same, it is not parsed again.
    pub(crate) known: Option<&'a Arc<Loaded>>,
}

/// What a proposal was made from, and what it is.
struct Proposal {
    update: Update,
    refused: Vec<Change>,
    /// The profile that the model was shown.
    shown: Arc<Loaded>,
    /// The summary that the proposed one builds on.
    summary: String,
}

impl Agent {
    /// Extracts what is new in a session, in as many calls as its length asks for (nearly always one), each merged and
    /// noted in the journal before the next. `made` gets the calls, also those of an extraction that fails.
    pub(crate) async fn extract(
        &self,
        task: Task<'_>,
        made: &mut Vec<Call>,
        on_event: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut done = task.done;
        while let Some(end) = input::next_end(task.turns, done) {
            let mut ask = Ask::new(self.extraction_model(), task.user, on_event);
            let part = self.extract_part(&task, done, end, &mut ask).await;
            let calls = ask.calls;
            made.extend(calls.iter().cloned());
            match part {
                Ok((revision, changes)) => {
                    self.note_extracted(task.user, task.session, end, revision, calls).await;
                    outcome.revision = Some(revision);
                    outcome.changes.extend(changes);
                }
                Err(error) => {
                    self.note_failure(task.user, task.session, &error).await;
                    return Err(error);
                }
            }
            done = end;
        }
        outcome.calls.clone_from(made);
        Ok(outcome)
    }

    /// Extracts the turns from `done` to `end`.
    async fn extract_part(
        &self,
        task: &Task<'_>,
        done: usize,
        end: usize,
        ask: &mut Ask<'_>,
    ) -> Result<(u64, Vec<Change>)> {
        let turns = task.turns.get(done..end).unwrap_or_default();
        let shown = match task.known {
            Some(known) => self.load_again(task.user, known).await?,
            None => self.load(task.user).await?,
        };
        let mut proposal = self.propose(shown, turns, ask).await?;
        let extracted = Extracted { id: task.session.to_string(), turns: end };
        let evidence = Evidence::Session { id: task.session.as_str(), turns };
        let stamp = Stamp {
            session: Some(extracted),
            known: Some(Arc::clone(&proposal.shown)),
            ..Stamp::new(By::Extraction, self.now())
        };
        let mut attempts = 0;
        loop {
            let mut newer = None;
            let mut apply = |profile: &mut Profile| {
                let proposed = proposal.update.running_summary.is_some();
                if proposed && profile.running_summary != proposal.summary {
                    newer = Some(profile.running_summary.clone());
                    return None;
                }
                profile.session_count += u64::from(done == 0);
                profile.last_session = Some(stamp.at);
                let mut changes = merge(profile, &proposal.update, evidence, self.caps(), stamp.at);
                changes.extend(proposal.refused.iter().cloned());
                Some(changes)
            };
            match self.commit(task.user, &stamp, &mut apply).await? {
                Committed::Saved(saved) => return Ok((saved.revision, saved.changes)),
                Committed::AlreadyExtracted(revision) => return Ok((revision, Vec::new())),
                Committed::Left => {}
            }
            attempts += 1;
            self.build_on(&mut proposal, newer.unwrap_or_default(), attempts, ask).await;
        }
    }

    /// Asks the model what the turns teach.
    async fn propose(
        &self,
        shown: Arc<Loaded>,
        turns: &[Turn],
        ask: &mut Ask<'_>,
    ) -> Result<Proposal> {
        let input = input::document(&shown.profile, turns);
        let system = &self.settings().prompts.extraction;
        let value = ask.json(system, input, &ask::UPDATE, &reply::MEMBERS).await?;
        let (update, problems) = Update::from_value(&value);
        let refused = problems
            .into_iter()
            .map(|problem| Change::Refused { what: problem.path, why: problem.what })
            .collect();
        let summary = shown.profile.running_summary.clone();
        Ok(Proposal { update, refused, shown, summary })
    }

    /// Makes the proposed summary again from the newer one that came first, or gives it up.
    async fn build_on(
        &self,
        proposal: &mut Proposal,
        newer: String,
        attempts: usize,
        ask: &mut Ask<'_>,
    ) {
        let draft = proposal.update.running_summary.take().unwrap_or_default();
        if attempts <= SUMMARY_ATTEMPTS {
            proposal.update.running_summary = self.join(&newer, &draft, ask).await.ok();
        }
        if proposal.update.running_summary.is_none() {
            let why = "another session's summary came first and could not be joined with it";
            proposal
                .refused
                .push(Change::Refused { what: "summary".to_owned(), why: why.to_owned() });
        }
        proposal.summary = newer;
    }

    /// Makes one summary of the profile's newer one and the draft.
    async fn join(&self, newer: &str, draft: &str, ask: &mut Ask<'_>) -> Result<String> {
        let input = json!({ "running_summary": newer, "draft": draft }).to_string();
        let system = &self.settings().prompts.summary;
        let value = ask.json(system, input, &ask::SUMMARY, &["running_summary"]).await?;
        let text = value.get("running_summary").and_then(Value::as_str).unwrap_or_default();
        match text.trim() {
            "" => Err(Error::NoUpdate { what: "an empty summary".to_owned() }),
            text => Ok(text.to_owned()),
        }
    }
}
