//! `acquaint chat`: a conversation, from the question who is talking to what was learned.
//!
//! [`opening`] comes before the first prompt, [`turn`] and [`slash`] do what is typed, [`closing`] learns from it. Lines come
//! from a [`source`], a terminal or a pipe, and whoever waits for a model does so by [`waiting`]. Replies are data; all else is
//! talk.

mod closing;
mod greeting;
mod opening;
mod slash;
mod source;
mod turn;
mod waiting;

use std::ops::ControlFlow;

use super::Context;
use super::args::Chat;
use super::entry::Entry;
use super::fail::{Exit, Failure};
use super::input::Input;
use super::notice;
use super::screen::Screen;
use crate::agent::{Agent, Session};
use crate::id::UserId;
use source::Source;

const PROMPT: &str = "> ";
const HOW_TO_LEAVE: &str = "Ctrl-D or `exit` ends the session; so does Ctrl-C twice";

pub(crate) async fn run(context: Context<'_>, args: Chat) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    notice::fallback(screen, settings);
    let mut source = Source::standard()?;
    let user = match args.user {
        Some(user) => user,
        None => match opening::who(&mut source, screen).await? {
            Ok(user) => user,
            Err(exit) => return Ok(exit),
        },
    };
    let Some(session) = opening::open(&agent, &user, &mut source, screen).await? else {
        return Ok(Exit::Failed);
    };
    let mut conversation = Conversation {
        agent,
        user,
        screen,
        source,
        session,
        exit: Exit::Done,
        said: false,
        told_frozen: false,
    };
    conversation.begin().await?;
    let left = conversation.talk().await?;
    Ok(conversation.leave(left).await)
}

/// A chat under way.
struct Conversation<'a> {
    agent: Agent,
    user: UserId,
    screen: &'a mut Screen,
    source: Source,
    session: Session,
    /// The worst that happened so far.
    exit: Exit,
    /// Whether anything was said, in this session or one before it.
    said: bool,
    /// Whether it was explained that a session's memory is frozen.
    told_frozen: bool,
}

impl Conversation<'_> {
    /// Catches up with earlier sessions, and greets.
    async fn begin(&mut self) -> Result<(), Failure> {
        let caught_up = opening::catch_up(&self.agent, &self.user, self.screen).await;
        if caught_up.failed {
            self.worsen(Exit::Pending);
        }
        if caught_up.learned {
            self.session = self.agent.open(&self.user).await?;
        }
        if self.source.is_terminal() {
            match self.agent.input(&self.user).await {
                Ok(entries) => self.source.recall(&entries)?,
                Err(error) => Failure::from(error).report(self.screen),
            }
        }
        self.greet();
        Ok(())
    }

    fn greet(&mut self) {
        self.screen.detail(format!(
            "talking with `{}`, extracting with `{}`; the profile is `{}`",
            self.agent.chat_model().id(),
            self.agent.extraction_model().id(),
            self.agent.place(&self.user),
        ));
        if self.source.is_terminal() {
            greeting::greet(self.screen, &self.user, self.session.profile());
        }
    }

    /// Takes line after line until the session ends; gives a status where it has to be left as it is.
    async fn talk(&mut self) -> Result<Option<Exit>, Failure> {
        let (mut blanks, mut told) = (0, false);
        while !self.screen.closed() {
            match self.source.next(PROMPT).await? {
                Input::End => break,
                Input::Line(line) => {
                    blanks = 0;
                    if let ControlFlow::Break(left) = self.take(&line).await {
                        return Ok(left);
                    }
                }
                Input::Interrupted if !self.source.is_terminal() => {
                    return Ok(Some(Exit::Interrupted));
                }
                Input::Interrupted => {
                    blanks = if self.source.was_blank() { blanks + 1 } else { 0 };
                    if blanks > 1 {
                        break;
                    }
                    if !std::mem::replace(&mut told, true) {
                        self.screen.note(HOW_TO_LEAVE);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Does what a line says; a break ends the session, or leaves it with a status.
    async fn take(&mut self, line: &str) -> ControlFlow<Option<Exit>> {
        let done = match Entry::parse(line) {
            Ok(None) => return ControlFlow::Continue(()),
            Ok(Some(Entry::Exit)) => return ControlFlow::Break(None),
            Ok(Some(Entry::Say(text))) => self.turn(&text).await,
            Ok(Some(Entry::Command(command))) => self.command(command).await,
            Err(error) => {
                let hint = error.hint();
                self.fail(&Failure::usage(error).hint(hint));
                return ControlFlow::Continue(());
            }
        };
        done.map_break(Some)
    }

    /// Ends the session, or leaves it pending where there is a status already.
    async fn leave(&mut self, left: Option<Exit>) -> Exit {
        self.keep_input().await;
        if let Some(exit) = left {
            if self.session.is_pending() {
                self.screen.warn("the session stays pending");
            }
            return exit;
        }
        match self.end().await {
            Exit::Interrupted => Exit::Interrupted,
            _ => self.exit,
        }
    }

    /// Keeps what was typed, so that it can be recalled another day; not of a chat in which nothing was said.
    async fn keep_input(&mut self) {
        if !self.said {
            return;
        }
        let mut typed = self.source.take_typed();
        typed.retain(|line| !matches!(Entry::parse(line), Ok(Some(Entry::Exit))));
        if let Err(error) = self.agent.keep_input(&self.user, &typed).await {
            Failure::from(error).report(self.screen);
        }
    }

    /// Reports what went wrong with one line. A person sees it and goes on; whoever wrote the pipe finds it in the status.
    fn fail(&mut self, failure: &Failure) {
        failure.report(self.screen);
        if !self.source.is_terminal() {
            self.worsen(Exit::Failed);
        }
    }

    fn worsen(&mut self, exit: Exit) {
        if self.exit != Exit::Failed {
            self.exit = exit;
        }
    }
}
