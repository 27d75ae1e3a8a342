use clap::CommandFactory;
use clap::error::ErrorKind;

use super::*;

fn parsed(line: &str) -> Result<(Flags, Command), clap::Error> {
    Cli::try_parse_from(line.split(' ')).map(Cli::into_parts)
}

fn command(line: &str) -> Command {
    parsed(line).unwrap().1
}

fn user(id: &str) -> UserId {
    id.parse().unwrap()
}

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn without_a_command_it_chats() {
    assert_eq!(command("acquaint"), Command::Chat(Chat { user: None }));
    let alice = Some(user("alice"));
    assert_eq!(command("acquaint chat --user alice"), Command::Chat(Chat { user: alice }));
}

#[test]
fn the_flags_of_every_command_stand_before_or_behind_it() {
    for line in ["acquaint --store s --json -q users", "acquaint users --store s --json --quiet"] {
        let (flags, command) = parsed(line).unwrap();
        assert_eq!((flags.store.as_deref(), flags.json, flags.quiet), (Some("s"), true, true));
        assert_eq!(command, Command::Users);
    }
}

#[test]
fn the_words_of_a_text_are_one_text_wherever_the_flags_stand() {
    let remember = |preference: Option<&str>| {
        Command::Remember(Remember {
            user: user("alice"),
            text: vec!["green".to_owned(), "tea".to_owned()],
            preference: preference.map(str::to_owned),
            decision: None,
        })
    };
    assert_eq!(command("acquaint remember alice green tea"), remember(None));
    for line in [
        "acquaint remember alice --preference drink green tea",
        "acquaint remember alice green tea --preference drink",
    ] {
        assert_eq!(command(line), remember(Some("drink")));
    }
}

#[test]
fn wrong_command_lines_are_usage_errors() {
    for (line, kind) in [
        ("acquaint cat", ErrorKind::InvalidSubcommand),
        ("acquaint --user alice", ErrorKind::UnknownArgument),
        ("acquaint show", ErrorKind::MissingRequiredArgument),
        ("acquaint forget alice", ErrorKind::MissingRequiredArgument),
        ("acquaint forget alice f3 --matching x", ErrorKind::ArgumentConflict),
        ("acquaint export", ErrorKind::MissingRequiredArgument),
        ("acquaint export alice --all", ErrorKind::ArgumentConflict),
        ("acquaint undo alice --to last", ErrorKind::ValueValidation),
        ("acquaint transcript alice ../x", ErrorKind::ValueValidation),
        ("acquaint users -q -v", ErrorKind::ArgumentConflict),
        ("acquaint completions tcsh", ErrorKind::InvalidValue),
    ] {
        let error = parsed(line).unwrap_err();
        assert_eq!((error.kind(), error.exit_code()), (kind, 2), "{line}");
    }
    let empty = Cli::try_parse_from(["acquaint", "show", ""]).unwrap_err();
    assert!(empty.to_string().contains("the user id is empty"), "{empty}");
}

#[test]
fn help_lists_every_command_in_plain_words() {
    assert_eq!(Cli::command().render_help().to_string(), HELP);
}

const HELP: &str = r"An agent that gets to know each of its users; without a command it chats

Usage: acquaint [OPTIONS] [COMMAND]

Commands:
  chat         Talk; ends with `exit` or Ctrl-D, and then learns from what was said
  users        List everyone that something is kept about
  show         Show a user's profile
  edit         Edit a user's profile in `$VISUAL` or `$EDITOR`
  remember     Remember a fact for good, or a preference or decision
  forget       Forget items, and never learn them again
  erase        Erase every trace of a user and print a receipt
  why          Show where an item comes from: the quote, the session, each change since
  history      List the revisions of a user's profile, newest first
  undo         Bring back an earlier revision of a user's profile, as a new one
  sessions     List the sessions that are kept of a user
  transcript   Show what was said in a session
  extract      Learn from sessions that are still pending
  export       Write everything about users into a zip file
  import       Read a file that `export` wrote, or a single profile in JSON
  doctor       Check settings, credentials and the store, and say what to do
  schema       Print the JSON Schema of a profile
  completions  Print a script that completes commands in a shell
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version

Options of every command:
      --store <URL>            Folder of the profiles (`ACQUAINT_STORE`; `memory`)
      --space <NAME>           A separate set of users, such as a team (`ACQUAINT_SPACE`)
      --provider <NAME>        `anthropic` or `offline` (`ACQUAINT_PROVIDER`; first with
                               credentials)
      --model <ID>             Model that talks (`ACQUAINT_MODEL`; `claude-sonnet-5-5`)
      --extraction-model <ID>  Model that extracts (`ACQUAINT_EXTRACTION_MODEL`; `claude-haiku-5-5`)
      --prompts <DIR>          Folder of prompts in place of the built-in ones (`ACQUAINT_PROMPTS`)
      --json                   Print data as JSON, where a command prints data
  -q, --quiet                  Say nothing but what failed
  -v, --verbose                Say also what helps to find a fault

Examples:
  acquaint                                   talk; it asks who you are
  acquaint chat --user alice                 talk as alice
  acquaint show alice                        what is remembered about her
  acquaint remember alice 'lives in Porto'   a fact that stays
  printf 'I prefer tea\nexit\n' | acquaint chat --user alice
                                             a whole session through a pipe

In parentheses: the variable that sets an option, in the environment or in `.env` of the working
directory, and its default. The key of Anthropic's API is set by ANTHROPIC_API_KEY only.

Exit status: 0 done; 1 it failed; 2 the command line or the input is wrong; 3 done, but a session
stays pending; 130 interrupted.
";
