//! The end of a session: what was learned, and what it cost.

use std::ops::ControlFlow;

use super::waiting::{Waiting, events, interrupted};
use super::{Conversation, opening};
use crate::agent::Outcome;
use crate::cli::fail::{Exit, Failure};
use crate::cli::{changes, cost};

/// Why to learn.
#[derive(Clone, Copy, PartialEq)]
enum Occasion {
    Save,
    End,
}

impl Conversation<'_> {
    /// Learns from what was said so far, and goes on.
    pub(super) async fn save(&mut self) -> ControlFlow<Exit> {
        let learned = self.learn(Occasion::Save).await;
        if learned == Exit::Pending && !self.source.is_terminal() {
            self.worsen(Exit::Failed);
        }
        self.goes_on_after(learned)
    }

    /// Ends the session, and opens another one.
    pub(super) async fn begin_another(&mut self) -> ControlFlow<Exit> {
        let learned = self.end().await;
        self.goes_on_after(learned)?;
        let opened = opening::open(&self.agent, &self.user, &mut self.source, self.screen).await;
        match opened {
            Ok(Some(session)) => {
                self.session = session;
                self.told_frozen = false;
                self.greet();
                ControlFlow::Continue(())
            }
            Ok(None) => ControlFlow::Break(Exit::Failed),
            Err(failure) => {
                failure.report(self.screen);
                ControlFlow::Break(Exit::Failed)
            }
        }
    }

    /// At a terminal Ctrl-C stops what is under way, and nothing else.
    fn goes_on_after(&self, learned: Exit) -> ControlFlow<Exit> {
        if learned == Exit::Interrupted && !self.source.is_terminal() {
            return ControlFlow::Break(learned);
        }
        ControlFlow::Continue(())
    }

    /// Learns from the session, and says what it cost.
    pub(super) async fn end(&mut self) -> Exit {
        if self.session.turns().is_empty() {
            self.screen.note("nothing was said");
            return Exit::Done;
        }
        let learned = self.learn(Occasion::End).await;
        if learned != Exit::Done {
            self.worsen(Exit::Pending);
        }
        if learned != Exit::Interrupted {
            self.screen.note(cost::line(self.session.ledger()));
        }
        learned
    }

    async fn learn(&mut self, occasion: Occasion) -> Exit {
        let mut waiting = Waiting::new("remembering");
        let was_pending = self.session.is_pending();
        let (listener, events) = events();
        let session = &mut self.session;
        let call = async move {
            match occasion {
                Occasion::Save => session.save(listener).await,
                Occasion::End => session.end(listener).await,
            }
        };
        let outcome = tokio::select! {
            biased;
            () = interrupted() => None,
            outcome = waiting.during(self.screen, call, events, |waiting, screen, event| {
                waiting.retry(screen, &event);
            }) => Some(outcome),
        };
        waiting.end(self.screen);
        match outcome {
            None => {
                self.screen.warn(match occasion {
                    Occasion::Save => "stopped",
                    Occasion::End => "stopped; the session stays pending",
                });
                Exit::Interrupted
            }
            Some(Ok(outcome)) => {
                self.report(&outcome, was_pending);
                Exit::Done
            }
            Some(Err(error)) => {
                let user = &self.user;
                let hint =
                    format!("the session stays pending; `acquaint extract {user}` tries again");
                Failure::from(error).hint(hint).report(self.screen);
                Exit::Pending
            }
        }
    }

    fn report(&mut self, outcome: &Outcome, was_pending: bool) {
        let lines = changes::lines(&outcome.changes);
        self.screen.note(match (lines.is_empty(), was_pending) {
            (true, false) => "nothing new was said",
            (true, true) => "nothing new was learned",
            (false, _) => "remembered:",
        });
        for line in lines {
            self.screen.note(line);
        }
    }
}
