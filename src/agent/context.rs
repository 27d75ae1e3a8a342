//! The part of a conversation that the model sees.
//!
//! A conversation that outgrows the model's context window loses its oldest turns from the *request*, never from the
//! journal. They go in large steps, so that between two steps the request keeps its beginning and the provider's cache holds.

use crate::model::{Message, Role, Usage};
use crate::profile::tokens;

/// Stands before the first turn that is still shown.
const LEFT_OUT: &str = "[Earlier turns of this conversation are left out here.]\n\n";

/// The messages of a session and where the shown part begins.
#[derive(Debug)]
pub(crate) struct Window {
    /// How many tokens prompt and reply may have together.
    limit: usize,
    messages: Vec<Message>,
    sizes: Vec<usize>,
    start: usize,
    /// How far the provider's count was above ours, at least 1.
    factor: f64,
    asked: usize,
}

impl Window {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, messages: Vec::new(), sizes: Vec::new(), start: 0, factor: 1.0, asked: 0 }
    }

    pub(crate) fn push(&mut self, role: Role, text: &str) {
        self.sizes.push(tokens(text));
        self.messages.push(Message { role, text: text.to_owned() });
    }

    /// Learns from what the provider counted for the last request.
    #[expect(clippy::cast_precision_loss, reason = "token counts are far below 2^52")]
    pub(crate) fn measured(&mut self, usage: Usage) {
        let counted = usage.input + usage.cache_read + usage.cache_write;
        if self.asked > 0 {
            self.factor = (counted as f64 / self.asked as f64).max(1.0);
        }
    }

    /// The messages to send, beginning with one of the user, within the window less `reply` tokens.
    pub(crate) fn messages(&mut self, system: &str, reply: u32) -> Vec<Message> {
        let system = tokens(system);
        let room = self.limit.saturating_sub(reply as usize);
        if self.size(system) > room {
            while self.size(system) > room / 2 && self.drop_oldest() {}
        }
        self.asked = system + self.shown_sizes().sum::<usize>();
        let mut shown = self.messages.get(self.start..).unwrap_or_default().to_vec();
        if let Some(first) = shown.first_mut().filter(|_| self.start > 0) {
            first.text.insert_str(0, LEFT_OUT);
        }
        shown
    }

    /// Leaves out the older half of what is shown; whether there was anything to leave out.
    pub(crate) fn halve(&mut self) -> bool {
        let half = self.start + (self.messages.len() - self.start) / 2;
        let mut dropped = false;
        while self.start < half && self.drop_oldest() {
            dropped = true;
        }
        dropped
    }

    fn shown_sizes(&self) -> impl Iterator<Item = usize> {
        self.sizes.iter().skip(self.start).copied()
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a token count times a small factor"
    )]
    fn size(&self, system: usize) -> usize {
        ((system + self.shown_sizes().sum::<usize>()) as f64 * self.factor) as usize
    }

    /// Moves the start to the next message of the user; the last one always stays.
    fn drop_oldest(&mut self) -> bool {
        let next = self
            .messages
            .iter()
            .enumerate()
            .skip(self.start + 1)
            .find(|(_, message)| message.role == Role::User);
        match next {
            Some((index, _)) => {
                self.start = index;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(window: &mut Window, turns: usize) {
        for turn in 0..turns {
            window.push(Role::User, &format!("question {turn} {}", "word ".repeat(200)));
            window.push(Role::Assistant, &format!("answer {turn} {}", "word ".repeat(200)));
        }
        window.push(Role::User, "last question");
    }

    #[test]
    fn a_short_conversation_is_sent_whole() {
        let mut window = Window::new(200_000);
        talk(&mut window, 3);
        let messages = window.messages("system", 1_000);
        assert_eq!(messages.len(), 7);
        assert!(messages[0].text.starts_with("question 0"));
    }

    #[test]
    fn a_long_one_begins_later_with_the_user_and_keeps_its_beginning_for_a_while() {
        let mut window = Window::new(10_000);
        talk(&mut window, 40);
        let messages = window.messages("system", 1_000);
        assert!(messages.len() < 40);
        assert_eq!(messages[0].role, Role::User);
        assert!(messages[0].text.starts_with(LEFT_OUT));
        assert_eq!(messages.last().unwrap().text, "last question");
        window.push(Role::Assistant, "answer");
        window.push(Role::User, "and?");
        let next = window.messages("system", 1_000);
        assert_eq!(next[..messages.len()], messages[..]);
    }

    #[test]
    fn it_learns_that_the_provider_counts_more() {
        let mut window = Window::new(10_000);
        talk(&mut window, 10);
        let before = window.messages("system", 1_000).len();
        window.measured(Usage { input: 30_000, ..Usage::default() });
        assert!(window.messages("system", 1_000).len() < before);
    }

    #[test]
    fn halving_ends_with_the_last_turn() {
        let mut window = Window::new(200_000);
        talk(&mut window, 5);
        while window.halve() {}
        assert_eq!(window.messages("system", 1_000).len(), 1);
    }
}
