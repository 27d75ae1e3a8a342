//! Waiting for a model, with a sign of life.

use std::pin::pin;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::cli::screen::Screen;
use crate::cli::spinner::Spinner;
use crate::model::Event;

/// A listener for a call of the agent, and where its events come out.
///
/// The channel has no bound because the listener cannot wait; it is emptied whenever the call does.
pub(super) fn events() -> (impl FnMut(&Event) + Send, UnboundedReceiver<Event>) {
    let (sender, receiver) = unbounded_channel();
    // Whoever gave up the call does not want its events either.
    (move |event: &Event| drop(sender.send(event.clone())), receiver)
}

/// Ctrl-C; never, where the system cannot tell.
pub(super) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A spinner that lasts until there is something to show.
pub(super) struct Waiting(Option<Spinner>);

enum Step<T> {
    Event(Event),
    Over(T),
}

impl Waiting {
    pub(super) fn new(message: &str) -> Self {
        Self(Some(Spinner::new(message)))
    }

    /// Waits for a call, and hands on its events as they come.
    pub(super) async fn during<T>(
        &mut self,
        screen: &mut Screen,
        call: impl Future<Output = T>,
        mut events: UnboundedReceiver<Event>,
        mut show: impl FnMut(&mut Self, &mut Screen, Event),
    ) -> T {
        let mut call = pin!(call);
        loop {
            let step = async {
                tokio::select! {
                    biased;
                    Some(event) = events.recv() => Step::Event(event),
                    output = &mut call => Step::Over(output),
                }
            };
            let step = match &mut self.0 {
                Some(spinner) => spinner.during(screen, step).await,
                None => step.await,
            };
            match step {
                Step::Event(event) => show(self, screen, event),
                Step::Over(output) => {
                    while let Ok(event) = events.try_recv() {
                        show(self, screen, event);
                    }
                    return output;
                }
            }
        }
    }

    /// Says that a call is tried again, if the event does.
    pub(super) fn retry(&mut self, screen: &mut Screen, event: &Event) {
        let Event::Retry { why, after } = event else {
            return;
        };
        let message = format!("{why}; trying again in {:.0} s", after.as_secs_f64().ceil());
        match &mut self.0 {
            Some(spinner) if screen.canvas().is_some() => spinner.say(&message),
            _ => screen.detail(message),
        }
    }

    /// The waiting is over.
    pub(super) fn end(&mut self, screen: &mut Screen) {
        if let Some(mut spinner) = self.0.take() {
            spinner.erase(screen);
        }
    }
}
