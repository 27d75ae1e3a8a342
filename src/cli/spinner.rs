//! A sign of life while something takes its time.

use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use unicode_width::UnicodeWidthChar;

use super::harmless::one_line;
use super::screen::Screen;

/// What is shorter than this is no waiting, and needs no sign.
const DELAY: Duration = Duration::from_millis(150);
const PERIOD: Duration = Duration::from_millis(120);
const FRAMES: [char; 4] = ['|', '/', '-', '\\'];
/// Back to the start of the line, and erase it (ECMA-48, 8.3.41).
const ERASE: &str = "\r\u{1b}[2K";

/// A message that turns on standard error while its owner waits, if that is a terminal.
///
/// It has no thread and no task: [`Spinner::during`] draws between two polls of the future that is waited for. Whoever
/// waits for several things in turn, such as the events of a reply, calls it for each; it turns on where it stopped.
/// It must be erased before anything else is printed.
#[derive(Debug)]
pub struct Spinner {
    message: String,
    due: Instant,
    frame: usize,
    drawn: bool,
}

impl Spinner {
    /// A spinner that will say what is going on: `thinking`. Waiting begins now.
    #[must_use]
    pub fn new(message: &str) -> Self {
        Self {
            message: one_line(message).into_owned(),
            due: Instant::now() + DELAY,
            frame: 0,
            drawn: false,
        }
    }

    /// Says something else from the next frame on: `busy, trying again in 2 s`.
    pub fn say(&mut self, message: &str) {
        self.message = one_line(message).into_owned();
    }

    /// Waits for a future, turning.
    ///
    /// It may be dropped before the future is ready (Ctrl-C); what is drawn stays until [`Spinner::erase`].
    pub async fn during<F: Future>(&mut self, screen: &mut Screen, future: F) -> F::Output {
        let Some(width) = screen.canvas() else {
            return future.await;
        };
        let mut future = pin!(future);
        loop {
            tokio::select! {
                biased;
                output = &mut future => return output,
                () = sleep_until(self.due) => self.turn(screen, width),
            }
        }
    }

    /// Leaves the line as it was before.
    pub fn erase(&mut self, screen: &mut Screen) {
        if std::mem::take(&mut self.drawn) {
            screen.draw(ERASE);
        }
    }

    fn turn(&mut self, screen: &mut Screen, width: usize) {
        let frame = FRAMES.get(self.frame % FRAMES.len()).unwrap_or(&'-');
        // A message that reached the next line could not be erased.
        let message = cut(&self.message, width.saturating_sub(3));
        screen.draw(&format!("{ERASE}{frame} {message}"));
        self.frame += 1;
        self.drawn = true;
        self.due = Instant::now() + PERIOD;
    }
}

/// As much of a text as fits so many columns.
fn cut(text: &str, columns: usize) -> String {
    let mut left = columns;
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::super::screen::tests::captured;
    use super::*;
    use crate::config::Verbosity;

    async fn drawn(terminal: Option<usize>, verbosity: Verbosity, wait: u64) -> String {
        let (mut screen, data, talk) = captured(terminal, verbosity);
        let mut spinner = Spinner::new("thin\u{1b}king\n");
        let answer = async {
            sleep(Duration::from_millis(wait)).await;
            7
        };
        assert_eq!(spinner.during(&mut screen, answer).await, 7);
        spinner.say("busy, trying again");
        spinner.during(&mut screen, sleep(Duration::from_millis(130))).await;
        spinner.erase(&mut screen);
        spinner.erase(&mut screen);
        assert_eq!(data.text(), "");
        talk.text().replace(ERASE, "<")
    }

    #[tokio::test(start_paused = true)]
    async fn it_turns_after_a_moment_and_leaves_nothing_behind() {
        let turned = drawn(Some(80), Verbosity::Normal, 300).await;
        assert_eq!(turned, "<| thin\\u001bking </ thin\\u001bking <- busy, trying again<");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_quick_draws_nothing() {
        assert_eq!(drawn(Some(80), Verbosity::Normal, 10).await, "");
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_message_stays_on_its_line() {
        assert_eq!(drawn(Some(8), Verbosity::Normal, 200).await, "<| thin\\</ busy,<");
        assert_eq!(cut("日本語", 3), "日");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_terminal_or_when_quiet_nothing_is_drawn() {
        assert_eq!(drawn(None, Verbosity::Normal, 900).await, "");
        assert_eq!(drawn(Some(80), Verbosity::Quiet, 900).await, "");
    }
}
