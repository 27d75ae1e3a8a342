use std::sync::{Arc, Mutex};

use super::*;

/// What a screen under test printed.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Captured {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A screen into memory: itself, its data, its talk.
pub(crate) fn captured(
    terminal: Option<usize>,
    verbosity: Verbosity,
) -> (Screen, Captured, Captured) {
    let (data, talk) = (Captured::default(), Captured::default());
    let stream = |sink: &Captured| Stream::new(Box::new(sink.clone()), terminal, Colour::Auto);
    (Screen::new(stream(&data), stream(&talk), verbosity), data, talk)
}

struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn data_and_talk_go_their_own_ways() {
    let print = |verbosity| {
        let (mut screen, data, talk) = captured(None, verbosity);
        screen.data("data");
        screen.note("note");
        screen.detail("detail");
        screen.warn("warning");
        (data.text(), talk.text())
    };
    let both = |talk: &str| ("data\n".to_owned(), talk.to_owned());
    assert_eq!(print(Verbosity::Quiet), both("warning\n"));
    assert_eq!(print(Verbosity::Normal), both("note\nwarning\n"));
    assert_eq!(print(Verbosity::Verbose), both("note\ndetail\nwarning\n"));
}

#[test]
fn styles_reach_a_terminal_only_and_only_ours_do() {
    let line = Line::default().styled(Style::BOLD, "a\u{1b}[5mb").and("\nc");
    for (terminal, expected) in
        [(None, "a\\u001b[5mb c\n"), (Some(80), "\u{1b}[1ma\\u001b[5mb\u{1b}[0m c\n")]
    {
        let (mut screen, data, _) = captured(terminal, Verbosity::Normal);
        screen.data(line.clone());
        assert_eq!(data.text(), expected);
    }
}

#[test]
fn lines_wrap_on_a_terminal_and_hang_under_their_text() {
    let line = Line::from("f3  ").and("prefers tea in the morning").hanging(4);
    for (terminal, expected) in [
        (Some(24), "f3  prefers tea in the\n    morning\n"),
        (Some(8), "f3  prefers tea in the morning\n"),
        (None, "f3  prefers tea in the morning\n"),
    ] {
        let (mut screen, data, _) = captured(terminal, Verbosity::Normal);
        screen.data(line.clone());
        assert_eq!(data.text(), expected);
    }
}

#[test]
fn json_is_exact_through_a_pipe_and_harmless_on_a_terminal() {
    for (terminal, expected) in
        [(None, "{\"a\":\"\u{9b}2J\"}\n"), (Some(80), "{\"a\":\"\\u009b2J\"}\n")]
    {
        let (mut screen, data, _) = captured(terminal, Verbosity::Normal);
        screen.raw("{\"a\":\"\u{9b}2J\"}\n");
        assert_eq!(data.text(), expected);
    }
}

#[test]
fn a_hidden_credential_is_not_said() {
    let (mut screen, _, talk) = captured(None, Verbosity::Normal);
    screen.hide(&"sk-ant-12345".parse().unwrap());
    screen.hide(&"e".parse().unwrap());
    screen.warn("invalid key sk-ant-12345!");
    assert_eq!(talk.text(), "invalid key [API key]!\n");
}

#[test]
fn a_reader_that_went_away_is_no_error_and_a_full_disk_is() {
    for (kind, fails) in [(io::ErrorKind::BrokenPipe, false), (io::ErrorKind::StorageFull, true)] {
        let data = Stream::new(Box::new(Broken(kind)), None, Colour::Auto);
        let talk = Stream::new(Box::new(io::sink()), None, Colour::Auto);
        let mut screen = Screen::new(data, talk, Verbosity::Normal);
        screen.data("data");
        assert!(screen.closed());
        assert_eq!(screen.finish().is_err(), fails);
    }
}
