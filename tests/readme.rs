//! Every command that the README shows is run, and says what the README says it does.

use std::path::Path;
use std::process::{Command, Stdio};

use regex::Regex;

const README: &str = include_str!("../README.md");

/// A command of a `console` block and what is shown below it.
struct Shown {
    command: String,
    output: String,
}

/// The lines of all fenced blocks of a language, block by block.
fn blocks(language: &str) -> Vec<Vec<&'static str>> {
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        if let Some(found) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if found == language {
                blocks.push(block);
            }
        }
    }
    blocks
}

fn shown() -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for line in blocks("console").into_iter().flatten() {
        if let Some(command) = line.strip_prefix("$ ") {
            all.push(Shown { command: command.to_owned(), output: String::new() });
        } else {
            let last = all.last_mut().expect("a console block begins with a command");
            last.output += line;
            last.output += "\n";
        }
    }
    all
}

/// Runs a command as a newcomer's shell would; standard output and standard error together.
fn run(folder: &Path, command: &str, input: &str) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_acquaint")).parent().unwrap();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("exec 2>&1; {command}")).current_dir(folder).env_clear();
    shell.env("PATH", format!("{}:/usr/bin:/bin", bin.display())).env("TZ", "UTC");
    let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// What differs from run to run, made the same: session ids, times, days and sizes.
fn steady(text: &str) -> String {
    let rules = [
        (r"\d{8}-\d{6}-[0-9a-f]{8}", "SESSION"),
        (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\dZ?)?", "TIME"),
        (r"\d{4}-\d\d-\d\d", "DAY"),
        (r"\d+(\.\d+)? k?B\b", "SIZE"),
        (r"0\.1\.\d+", "VERSION"),
    ];
    rules.iter().fold(text.to_owned(), |text, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&text, *name).into_owned()
    })
}

#[test]
fn each_console_command_prints_what_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (exports, commands): (Vec<Shown>, Vec<Shown>) =
        shown().into_iter().partition(|shown| shown.command.starts_with("export "));
    let exports: String = exports.into_iter().map(|export| export.command + "; ").collect();
    let (mut actual, mut expected) = (Vec::new(), Vec::new());
    for Shown { command, output } in commands {
        let printed = run(folder.path(), &format!("{exports}{command}"), "");
        actual.push(format!("$ {command}\n{printed}"));
        expected.push(format!("$ {command}\n{output}"));
    }
    let (actual, expected) = (actual.concat(), expected.concat());
    assert_eq!(steady(&actual), steady(&expected));
}

#[test]
fn the_first_command_is_a_whole_session_on_a_fresh_machine() {
    let folder = tempfile::tempdir().unwrap();
    let command = blocks("sh")[0][0].replace("cargo run --release --", "acquaint");
    let printed = run(folder.path(), &command, "I use Rust.\nexit\n");
    assert!(printed.contains("Uses Rust"), "{printed}");
    assert!(folder.path().join("memory/alice.json").exists());
}

#[test]
fn the_benchmarks_that_it_names_exist() {
    let known = include_str!("bench/main.rs");
    let lines = blocks("sh").into_iter().flatten().filter(|line| line.starts_with("cargo bench"));
    let names: Vec<&str> =
        lines.filter_map(|line| line.split_once(" -- ")).map(|(_, name)| name).collect();
    assert_eq!(names, ["start", "turn", "end", "concurrent", "kill"]);
    assert!(names.iter().all(|name| known.contains(&format!("(\"{name}\", {name}::run)"))));
}
