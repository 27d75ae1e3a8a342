//! What a line typed into a chat means.

/// What a line typed into a chat means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Something to say to the model.
    Say(String),
    /// Something to do.
    Command(Slash),
    /// The end of the session.
    Exit,
}

/// A command typed into a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slash {
    /// Show what is remembered.
    Memory,
    /// Remember a fact.
    Remember(String),
    /// Forget an item.
    Forget(String),
    /// Tell where an item comes from.
    Why(String),
    /// Tell what the session cost so far.
    Cost,
    /// Extract now and go on.
    Save,
    /// End this session and begin another.
    New,
    /// Take back the last change of the profile.
    Undo,
    /// List the commands.
    Help,
}

/// Why a line was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No command has that name.
    #[error("there is no command `/{name}`")]
    Unknown {
        /// As it was typed.
        name: String,
    },
    /// Something is missing behind the command.
    #[error("`{command}` needs {argument} behind it")]
    Missing {
        /// The command.
        command: &'static str,
        /// What is missing: `TEXT`.
        argument: &'static str,
    },
    /// There is something behind a command that takes nothing.
    #[error("`{command}` takes nothing behind it")]
    Extra {
        /// The command.
        command: &'static str,
    },
}

impl Error {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => {
                "`/help` lists the commands; `//` begins a message with a slash"
            }
            Self::Missing { .. } | Self::Extra { .. } => "`/help` shows how the commands are used",
        }
    }
}

/// A command as `/help` and the completion show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// With its slash.
    pub command: &'static str,
    /// What follows it, or nothing.
    pub argument: &'static str,
    /// What it does.
    pub about: &'static str,
}

const fn usage(command: &'static str, argument: &'static str, about: &'static str) -> Usage {
    Usage { command, argument, about }
}

/// Every command, in the order of `/help`.
pub const COMMANDS: [Usage; 10] = [
    usage("/memory", "", "show what is remembered about you"),
    usage("/remember", "TEXT", "remember a fact for good"),
    usage("/forget", "ITEM", "forget an item: f3, d1 or a preference's key"),
    usage("/why", "ITEM", "show where an item comes from"),
    usage("/cost", "", "show what this session cost so far"),
    usage("/save", "", "save what was learned so far, and go on"),
    usage("/new", "", "end this session and begin another"),
    usage("/undo", "", "take back the last change of the memory"),
    usage("/help", "", "show this list"),
    usage("/exit", "", "end the session, as exit, quit, bye and Ctrl-D do"),
];

impl Entry {
    /// Understands a line; `None` if it is blank.
    ///
    /// A command is a slash and a word of letters at the start of the line. So `/etc/hosts is missing` and `/* a comment */`
    /// are things to say, `/memroy` is a mistake, and `//memory` says `/memory`. The words `exit`, `quit` and `bye`, alone
    /// on the line, end the session.
    ///
    /// # Errors
    /// For a command that does not exist or is not used as it must be.
    pub fn parse(line: &str) -> Result<Option<Self>, Error> {
        let text = line.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if ["exit", "quit", "bye"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Ok(Some(Self::Exit));
        }
        let escaped = text.strip_prefix('/').filter(|rest| command(rest).is_some());
        match (command(text), escaped) {
            (Some((name, argument)), _) => parse(name, argument).map(Some),
            (None, Some(escaped)) => Ok(Some(Self::Say(escaped.to_owned()))),
            (None, None) => Ok(Some(Self::Say(line.to_owned()))),
        }
    }
}

/// Splits `/word rest`, if the text is of that form.
fn command(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (name, argument) = rest.split_at(end);
    let word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    word.then_some((name, argument.trim()))
}

fn parse(name: &str, argument: &str) -> Result<Entry, Error> {
    let known = COMMANDS
        .iter()
        .find(|usage| usage.command.get(1..).is_some_and(|word| word.eq_ignore_ascii_case(name)));
    let Some(&Usage { command, argument: needed, .. }) = known else {
        return Err(Error::Unknown { name: name.to_owned() });
    };
    match (needed, argument) {
        ("", "") => {}
        ("", _) => return Err(Error::Extra { command }),
        (argument, "") => return Err(Error::Missing { command, argument }),
        _ => {}
    }
    let text = argument.to_owned();
    Ok(match command {
        "/memory" => Entry::Command(Slash::Memory),
        "/remember" => Entry::Command(Slash::Remember(text)),
        "/forget" => Entry::Command(Slash::Forget(text)),
        "/why" => Entry::Command(Slash::Why(text)),
        "/cost" => Entry::Command(Slash::Cost),
        "/save" => Entry::Command(Slash::Save),
        "/new" => Entry::Command(Slash::New),
        "/undo" => Entry::Command(Slash::Undo),
        "/help" => Entry::Command(Slash::Help),
        _ => Entry::Exit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<Entry> {
        Entry::parse(line).unwrap()
    }

    fn say(text: &str) -> Entry {
        Entry::Say(text.to_owned())
    }

    #[test]
    fn a_line_is_said_as_it_is() {
        for line in
            ["hello", "  indented", "exit the loop", "I said bye", "two\n/memory", "7/8", "- /x"]
        {
            assert_eq!(parsed(line), Some(say(line)));
        }
        for blank in ["", "  ", "\t\n"] {
            assert_eq!(parsed(blank), None);
        }
    }

    #[test]
    fn every_listed_command_is_understood() {
        for usage in COMMANDS {
            let line = format!(" {} {} ", usage.command, usage.argument);
            let entry = parsed(&line).unwrap();
            let exits = usage.command == "/exit";
            assert_eq!(entry == Entry::Exit, exits, "{line}");
            assert!(exits || matches!(entry, Entry::Command(_)));
        }
        let remember = Slash::Remember("I like  tea\nand cake".to_owned());
        assert_eq!(parsed("/remember  I like  tea\nand cake\n"), Some(Entry::Command(remember)));
        assert_eq!(parsed("/Memory"), Some(Entry::Command(Slash::Memory)));
        for word in ["exit", "Quit", " BYE "] {
            assert_eq!(parsed(word), Some(Entry::Exit));
        }
    }

    #[test]
    fn paths_and_comments_are_said_and_two_slashes_say_one() {
        for line in [
            "/etc/hosts is missing",
            "/",
            "/ 2",
            "/* a */",
            "// a comment",
            "//",
            "/.env",
            "/dev/sda1",
            "//x.example/y",
        ] {
            assert_eq!(parsed(line), Some(say(line)));
        }
        assert_eq!(parsed("//memory is a command"), Some(say("/memory is a command")));
    }

    #[test]
    fn a_wrong_command_says_what_is_wrong_with_it() {
        let refused = |line: &str| Entry::parse(line).unwrap_err().to_string();
        assert_eq!(refused("/memroy now"), "there is no command `/memroy`");
        assert_eq!(refused("/forget "), "`/forget` needs ITEM behind it");
        assert_eq!(refused("/undo f3"), "`/undo` takes nothing behind it");
    }
}
