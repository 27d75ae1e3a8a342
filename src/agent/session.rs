//! One conversation: opened, said, ended.

use std::future::Future;
use std::sync::Arc;

use futures_util::StreamExt;
use tokio::pin;

use super::context::Window;
use super::extraction::{Outcome, Task};
use super::journal::{Call, Line};
use super::ledger::Ledger;
use super::load::Loaded;
use super::{Agent, line, opaque};
use crate::error::{Error, Result};
use crate::id::{SessionId, UserId};
use crate::model::{self, Event, Request, Stop};
use crate::profile::{Block, Profile, Role, Turn, redact};
use crate::store::{Durability, Hold, Part};

/// The longest reply of a chat, thinking included.
const MAX_TOKENS: u32 = 16_000;

/// A conversation with one user. The memory block is frozen when it is opened.
///
/// The journal begins with the first turn; a session in which nothing is said leaves no trace. Dropping a session without
/// [`Session::end`] loses nothing: its turns are in the journal, and it is extracted at the next start.
#[derive(Debug)]
pub struct Session {
    agent: Agent,
    user: UserId,
    id: SessionId,
    /// Claimed with the first turn, so that nobody else extracts the session while it is open.
    hold: Option<Hold>,
    loaded: Arc<Loaded>,
    block: Block,
    system: String,
    /// As said; the journal has them redacted.
    window: Window,
    /// As journalled.
    turns: Vec<Turn>,
    extracted: usize,
    ledger: Ledger,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its text, as far as it came.
    pub text: String,
    /// Why it ended; `None` when it was interrupted.
    pub stop: Option<Stop>,
}

impl Agent {
    /// Opens a session: loads the profile and freezes its memory block.
    ///
    /// # Errors
    /// As [`Agent::profile`].
    pub async fn open(&self, user: &UserId) -> Result<Session> {
        // What the last session left in the history becomes durable now, so that no session waits for it when it ends.
        self.store().append(&self.key(user, Part::History), &[], Durability::Now).await?;
        let loaded = self.load(user).await?;
        Ok(self.session(user, loaded, self.new_session()))
    }

    /// Goes on with a session that nobody has open, from its journal, with the memory block as it would be now.
    ///
    /// # Errors
    /// [`Error::NoSuchSession`] when its turns are not kept, [`Error::Busy`] when it is open elsewhere, or as
    /// [`Agent::profile`].
    pub async fn resume(&self, user: &UserId, id: &SessionId) -> Result<Session> {
        let key = self.key(user, Part::Journal(id.clone()));
        let Some(hold) = self.store().hold(&key).await? else {
            return Err(Error::Busy { session: id.to_string() });
        };
        let journal = self.transcript(user, id).await?;
        let mut session = self.session(user, self.load(user).await?, id.clone());
        for turn in journal.turns.iter().filter(|turn| !turn.content.trim().is_empty()) {
            session.window.push(speaker(turn.role), &turn.content);
        }
        for call in &journal.calls {
            session.ledger.add(call, &self.settings().prices);
        }
        session.hold = Some(hold);
        session.turns = journal.turns;
        session.extracted = journal.extracted;
        Ok(session)
    }

    fn session(&self, user: &UserId, loaded: Arc<Loaded>, id: SessionId) -> Session {
        let block = self.render(&loaded.profile);
        Session {
            system: self.system(&block),
            window: Window::new(self.chat_model().context_window()),
            agent: self.clone(),
            user: user.clone(),
            id,
            hold: None,
            loaded,
            block,
            turns: Vec::new(),
            extracted: 0,
            ledger: Ledger::default(),
        }
    }
}

impl Session {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &SessionId {
        &self.id
    }

    /// Whose it is.
    #[must_use]
    pub fn user(&self) -> &UserId {
        &self.user
    }

    /// The agent that it was opened with.
    #[must_use]
    pub fn agent(&self) -> &Agent {
        &self.agent
    }

    /// The profile as it was when the session was opened.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.loaded.profile
    }

    /// The memory block that the model sees in every turn.
    #[must_use]
    pub fn block(&self) -> &Block {
        &self.block
    }

    /// What the session used so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The turns so far, as journalled.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Says something and streams the reply to `on_event`, until it ends or `interrupt` does.
    ///
    /// The user's turn is in the journal before the model is asked; what came of the reply is there before this returns,
    /// also when it was interrupted or broke off.
    ///
    /// # Errors
    /// [`Error::Blank`]; when the store fails (the model was not asked then), or the model.
    pub async fn say(
        &mut self,
        text: &str,
        interrupt: impl Future<Output = ()>,
        mut on_event: impl FnMut(&Event),
    ) -> Result<Said> {
        if text.trim().is_empty() {
            return Err(Error::Blank);
        }
        self.begin().await?;
        self.record(Role::User, text, None, None).await?;
        self.window.push(model::Role::User, text);
        pin!(interrupt);
        let mut reply = String::new();
        let mut result = self.reply(&mut reply, interrupt.as_mut(), &mut on_event).await;
        while matches!(result, Err(model::Error::TooLong { .. }))
            && reply.is_empty()
            && self.window.halve()
        {
            result = self.reply(&mut reply, interrupt.as_mut(), &mut on_event).await;
        }
        self.finish(reply, result).await
    }

    /// Asks the model once, adding its text to `reply` as it comes.
    async fn reply(
        &mut self,
        reply: &mut String,
        mut interrupt: impl Future<Output = ()> + Unpin,
        on_event: &mut impl FnMut(&Event),
    ) -> Result<Option<model::Done>, model::Error> {
        let request = Request {
            system: self.system.clone(),
            messages: self.window.messages(&self.system, MAX_TOKENS),
            max_tokens: MAX_TOKENS,
            schema: None,
            user: Some(opaque(&self.user)),
            cache: true,
        };
        let mut stream = tokio::select! {
            biased;
            () = &mut interrupt => return Ok(None),
            stream = self.agent.chat_model().stream(&request) => stream?,
        };
        loop {
            let event = tokio::select! {
                biased;
                () = &mut interrupt => return Ok(None),
                event = stream.next() => event,
            };
            let event = event.unwrap_or(Err(model::Error::CutOff { request_id: None }))?;
            on_event(&event);
            match event {
                Event::Text(piece) => reply.push_str(&piece),
                Event::Done(done) => return Ok(Some(done)),
                Event::Thinking | Event::Retry { .. } => {}
            }
        }
    }

    /// Journals what came of a reply.
    async fn finish(
        &mut self,
        text: String,
        result: Result<Option<model::Done>, model::Error>,
    ) -> Result<Said> {
        let stop = match &result {
            Ok(Some(done)) => stop_name(&done.stop),
            Ok(None) => Some("interrupted"),
            Err(_) => Some("error"),
        };
        let done = result.as_ref().ok().and_then(Option::as_ref);
        let call = done.map(|done| Call { model: done.model.clone(), usage: done.usage });
        if let Some(call) = &call {
            self.ledger.add(call, &self.agent.settings().prices);
            self.window.measured(call.usage);
        }
        if !text.trim().is_empty() {
            self.window.push(model::Role::Assistant, &text);
        }
        if !text.is_empty() || call.is_some() {
            self.record(Role::Assistant, &text, stop, call).await?;
        }
        let done = result?;
        Ok(Said { text, stop: done.map(|done| done.stop) })
    }

    /// Claims the session's id and begins its journal.
    async fn begin(&mut self) -> Result<()> {
        while self.hold.is_none() {
            let key = self.agent.key(&self.user, Part::Journal(self.id.clone()));
            self.hold = self.agent.store().hold(&key).await?;
            if self.hold.is_none() {
                self.id = self.agent.new_session();
            }
        }
        Ok(())
    }

    async fn record(
        &mut self,
        role: Role,
        text: &str,
        stop: Option<&str>,
        call: Option<Call>,
    ) -> Result<()> {
        let at = self.agent.now();
        let turn = Turn { at, role, content: redact(text).into_owned() };
        let mut lines = Vec::with_capacity(2);
        if self.turns.is_empty() {
            lines.push(line(&Line::Opened { at, session: self.id.clone() }));
        }
        lines.push(line(&Line::Turn { turn: turn.clone(), stop: stop.map(str::to_owned), call }));
        let key = self.agent.key(&self.user, Part::Journal(self.id.clone()));
        self.agent.store().append(&key, &lines, Durability::Now).await?;
        self.turns.push(turn);
        Ok(())
    }

    /// Extracts what was said since the last time, and goes on.
    ///
    /// # Errors
    /// When the model or the store fails; the session stays pending then.
    pub async fn save(&mut self, mut on_event: impl FnMut(&Event) + Send) -> Result<Outcome> {
        let task = Task {
            user: &self.user,
            session: &self.id,
            turns: &self.turns,
            done: self.extracted,
            known: Some(&self.loaded),
        };
        let mut calls = Vec::new();
        let outcome = self.agent.extract(task, &mut calls, &mut on_event).await;
        for call in &calls {
            self.ledger.add(call, &self.agent.settings().prices);
        }
        let outcome = outcome?;
        if outcome.revision.is_some() {
            self.extracted = self.turns.len();
        }
        Ok(outcome)
    }

    /// Ends the session: extracts what was said. May be called again when it failed.
    ///
    /// # Errors
    /// As [`Session::save`].
    pub async fn end(&mut self, on_event: impl FnMut(&Event) + Send) -> Result<Outcome> {
        let outcome = self.save(on_event).await?;
        if self.agent.settings().keep_days == 0 && self.hold.is_some() {
            let key = self.agent.key(&self.user, Part::Journal(self.id.clone()));
            self.agent.store().delete(&key).await?;
        }
        self.hold = None;
        Ok(outcome)
    }

    /// Whether something was said that is not in the profile yet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.turns.iter().skip(self.extracted).any(|turn| turn.role == Role::User)
    }
}

fn speaker(role: Role) -> model::Role {
    match role {
        Role::User => model::Role::User,
        Role::Assistant => model::Role::Assistant,
    }
}

fn stop_name(stop: &Stop) -> Option<&str> {
    match stop {
        Stop::End => None,
        Stop::Length => Some("length"),
        Stop::Refusal(_) => Some("refusal"),
        Stop::Other(name) => Some(name),
    }
}
