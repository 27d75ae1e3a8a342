//! One thing said, and its reply.

use std::ops::ControlFlow;

use super::Conversation;
use super::waiting::{Waiting, events, interrupted};
use crate::cli::fail::{Exit, Failure};
use crate::cli::markdown::Markdown;
use crate::cli::screen::Screen;
use crate::cli::style::Style;
use crate::error::{Error, Kind};
use crate::model::{Event, Stop};

/// A reply on its way to the screen.
struct Shown {
    markdown: Markdown,
    begun: bool,
    /// Whether the last line lacks its line break.
    open: bool,
}

impl Shown {
    fn take(&mut self, waiting: &mut Waiting, screen: &mut Screen, event: &Event) {
        waiting.retry(screen, event);
        if let Event::Text(piece) = event {
            let rendered = self.markdown.push(piece);
            self.print(waiting, screen, &rendered);
        }
    }

    fn print(&mut self, waiting: &mut Waiting, screen: &mut Screen, rendered: &str) {
        if rendered.is_empty() {
            return;
        }
        waiting.end(screen);
        screen.reply(rendered);
        self.begun = true;
        self.open = !rendered.trim_end_matches(Style::RESET).ends_with('\n');
    }

    /// Shows what was held back, and ends the last line.
    fn finish(&mut self, waiting: &mut Waiting, screen: &mut Screen) {
        let rest = self.markdown.finish();
        self.print(waiting, screen, &rest);
        waiting.end(screen);
        if std::mem::take(&mut self.open) {
            screen.reply("\n");
        }
    }

    /// Sets the reply apart from the next prompt.
    fn space(&self, screen: &mut Screen) {
        if self.begun && screen.is_terminal() {
            screen.reply("\n");
        }
    }
}

impl Conversation<'_> {
    /// Says something and shows the reply as it comes.
    pub(super) async fn turn(&mut self, text: &str) -> ControlFlow<Exit> {
        let mut waiting = Waiting::new("thinking");
        let mut shown = Shown { markdown: self.screen.markdown(), begun: false, open: false };
        let (listener, events) = events();
        let call = self.session.say(text, interrupted(), listener);
        let said = waiting
            .during(self.screen, call, events, |waiting, screen, event| {
                shown.take(waiting, screen, &event);
            })
            .await;
        shown.finish(&mut waiting, self.screen);
        self.said |= !self.session.turns().is_empty();
        let next = match said {
            Ok(said) => self.ended(said.stop),
            Err(error) => self.unanswered(error, shown.begun),
        };
        if self.source.is_terminal() {
            shown.space(self.screen);
        }
        next
    }

    /// Tells why a reply ended, unless it is whole.
    fn ended(&mut self, stop: Option<Stop>) -> ControlFlow<Exit> {
        match stop {
            None => {
                self.screen.note("stopped");
                if !self.source.is_terminal() {
                    return ControlFlow::Break(Exit::Interrupted);
                }
            }
            Some(Stop::End) => {}
            Some(Stop::Length) => self.screen.warn("the reply was cut off at the model's limit"),
            Some(Stop::Refusal(why)) if why.trim().is_empty() => {
                self.screen.warn("the model declined to answer");
            }
            Some(Stop::Refusal(why)) => {
                self.screen.warn(format!("the model declined to answer: {why}"));
            }
            Some(Stop::Other(name)) => self.screen.warn(format!("the reply ended early: {name}")),
        }
        ControlFlow::Continue(())
    }

    fn unanswered(&mut self, error: Error, begun: bool) -> ControlFlow<Exit> {
        let kept = error.kind() == Kind::Upstream;
        let mut failure = Failure::from(error);
        if !kept && !begun {
            failure = failure.hint("what you said was not sent; say it again once that is mended");
        }
        self.fail(&failure);
        if kept || self.source.is_terminal() {
            return ControlFlow::Continue(());
        }
        ControlFlow::Break(Exit::Failed)
    }
}
