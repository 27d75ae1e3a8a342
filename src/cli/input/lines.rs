//! Lines of a pipe or a file.

use std::io::{self, BufRead, BufReader, Read};

use tokio::sync::mpsc;

use super::{Continued, Input};

/// Reads lines from something that is not a terminal.
///
/// A thread reads, at most two lines ahead. It is not joined: it may be blocked in a read that never ends, and does
/// nothing but read.
#[derive(Debug)]
pub struct Lines {
    receiver: mpsc::Receiver<io::Result<Input>>,
}

impl Lines {
    /// Begins to read. A BOM at the start, and `\r` before a line break, are dropped; what is not UTF-8 is replaced by
    /// U+FFFD; a line that ends in `\` goes on in the next one.
    #[must_use]
    pub fn new(source: impl Read + Send + 'static) -> Self {
        let (sender, receiver) = mpsc::channel(1);
        std::thread::spawn(move || {
            let mut reader = Reader::new(source);
            loop {
                let input = reader.next();
                let last = !matches!(input, Ok(Input::Line(_)));
                if sender.blocking_send(input).is_err() || last {
                    return;
                }
            }
        });
        Self { receiver }
    }

    /// Waits for the next line, or [`Input::End`]. Nothing is lost when this is dropped before it is ready.
    ///
    /// # Errors
    /// What the system says about the source; nothing comes after that.
    pub async fn next(&mut self) -> io::Result<Input> {
        self.receiver.recv().await.unwrap_or(Ok(Input::End))
    }
}

struct Reader<R> {
    source: BufReader<R>,
    begun: bool,
}

impl<R: Read> Reader<R> {
    fn new(source: R) -> Self {
        Self { source: BufReader::new(source), begun: false }
    }

    fn next(&mut self) -> io::Result<Input> {
        let mut continued = Continued::default();
        while let Some(line) = self.line()? {
            if let Some(whole) = continued.add(&line) {
                return Ok(Input::Line(whole));
            }
        }
        Ok(continued.rest().map_or(Input::End, Input::Line))
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        if self.source.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = match line.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if first => rest,
            _ => line,
        };
        Ok(Some(String::from_utf8_lossy(line).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(io::Cursor::new(bytes.to_vec()));
        let mut all = Vec::new();
        while let Input::Line(line) = lines.next().await.unwrap() {
            all.push(line);
        }
        assert_eq!(lines.next().await.unwrap(), Input::End);
        all
    }

    #[tokio::test]
    async fn every_line_is_a_turn() {
        assert_eq!(read(b"").await, Vec::<String>::new());
        assert_eq!(read(b"a\n\nb").await, ["a", "", "b"]);
        assert_eq!(read(b"\xef\xbb\xbfa\r\nb\r\n").await, ["a", "b"]);
    }

    #[tokio::test]
    async fn a_backslash_at_the_end_continues_a_line() {
        assert_eq!(read(b"a\\\nb \\\r\nc\nd").await, ["a\nb \nc", "d"]);
        assert_eq!(read(b"x \\\\\ny\\").await, ["x \\\\", "y"]);
        assert_eq!(read(b"\\\n\\\n").await, ["\n"]);
    }

    #[tokio::test]
    async fn what_is_not_utf_8_is_replaced_and_a_long_line_is_fine() {
        assert_eq!(read(b"caf\xe9\n\xef\xbb\xbf").await, ["caf\u{fffd}", "\u{feff}"]);
        let long = "x".repeat(3_000_000);
        assert_eq!(read(long.as_bytes()).await, [long]);
    }

    #[tokio::test]
    async fn a_source_that_fails_says_so() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::IsADirectory.into())
            }
        }
        let error = Lines::new(Broken).next().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
    }
}
