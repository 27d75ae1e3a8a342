//! Server-sent events out of chunks of bytes.

use std::time::Duration;

use eventsource_stream::{Event, EventStreamError, Eventsource};
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::time::timeout;

/// The longest line, in bytes. A delta has a few hundred; only a damaged or hostile stream has more than this.
const LONGEST_LINE: usize = 1 << 20;

/// The longest body, in bytes. 128,000 tokens, each in an event of its own, come to a third of it.
const LONGEST_BODY: usize = 64 << 20;

const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// A body as it comes.
pub(super) type Chunks = BoxStream<'static, Result<Vec<u8>, Broken>>;

/// The events of a body.
pub(super) type Events = BoxStream<'static, Result<Event, EventStreamError<Broken>>>;

/// Why no more of a body comes.
#[derive(Debug)]
pub(super) enum Broken {
    /// The connection is gone.
    Cut,
    /// Nothing came for too long, or the whole for much too long.
    TimedOut,
    /// There is more of it than of any reply.
    Endless,
}

/// Reads events. Comments and pings are none, but they are chunks, and so signs of life.
pub(super) fn events(chunks: Chunks) -> Events {
    let mut guard = Guard::default();
    chunks.map(move |chunk| chunk.and_then(|chunk| guard.pass(chunk))).eventsource().boxed()
}

/// The same chunks, with an error where none comes for too long.
pub(super) fn within(stall: Duration, chunks: Chunks) -> Chunks {
    stream::unfold(Some(chunks), move |chunks| async move {
        let mut chunks = chunks?;
        match timeout(stall, chunks.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(chunks))),
            Ok(Some(Err(broken))) => Some((Err(broken), None)),
            Ok(None) => None,
            Err(_) => Some((Err(Broken::TimedOut), None)),
        }
    })
    .boxed()
}

/// Keeps from the parser what it cannot take: a byte order mark makes it panic, and it reads an unfinished line again
/// with each chunk.
#[derive(Default)]
struct Guard {
    total: usize,
    line: usize,
}

impl Guard {
    fn pass(&mut self, mut chunk: Vec<u8>) -> Result<Vec<u8>, Broken> {
        let start = self.total;
        self.total += chunk.len();
        let mark = BYTE_ORDER_MARK.iter().skip(start);
        let marked = chunk.iter().zip(mark).take_while(|(a, b)| a == b).count();
        for &byte in &chunk {
            self.line = if matches!(byte, b'\n' | b'\r') { 0 } else { self.line + 1 };
        }
        if self.line > LONGEST_LINE || self.total > LONGEST_BODY {
            return Err(Broken::Endless);
        }
        chunk.drain(..marked);
        Ok(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(chunks: Vec<Vec<u8>>) -> Vec<Result<Event, EventStreamError<Broken>>> {
        events(stream::iter(chunks).map(Ok).boxed()).collect().await
    }

    #[tokio::test]
    async fn a_byte_order_mark_is_no_part_of_the_first_event() {
        let text = "\u{feff}event: a\ndata: 1\n\n";
        let whole = read(vec![text.into()]).await;
        let bytewise = read(text.bytes().map(|b| vec![b]).collect()).await;
        for events in [whole, bytewise] {
            let event = events.first().unwrap().as_ref().unwrap();
            assert_eq!((event.event.as_str(), event.data.as_str()), ("a", "1"));
        }
    }

    #[tokio::test]
    async fn a_line_without_end_is_given_up() {
        let chunks = vec![vec![b'x'; 1 << 18]; 8];
        let last = read(chunks).await.pop();
        assert!(matches!(last, Some(Err(EventStreamError::Transport(Broken::Endless)))));
    }
}
