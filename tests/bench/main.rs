//! The benchmarks: every figure that the README names, beside the bare operation measured in the same run.
//!
//! `cargo bench --bench acquaint -- [NAME…] [--json]`; without a name, all of them.

#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark stops at the first fault"
)]

mod concurrent;
mod end;
mod figure;
mod kill;
mod quick;
mod start;
mod turn;

use figure::Figure;

type Benchmark = (&'static str, fn() -> Vec<Figure>);

const BENCHMARKS: [Benchmark; 5] = [
    ("start", start::run),
    ("turn", turn::run),
    ("end", end::run),
    ("concurrent", concurrent::run),
    ("kill", kill::run),
];

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [name, rest @ ..] = arguments.as_slice() {
        match name.as_str() {
            "nothing" => return,
            "worker" => return concurrent::worker(rest),
            _ => {}
        }
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let names: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    if let Some(unknown) =
        names.iter().find(|name| !BENCHMARKS.iter().any(|(known, _)| *known == name.as_str()))
    {
        let known: Vec<&str> = BENCHMARKS.iter().map(|(name, _)| *name).collect();
        eprintln!("error: there is no benchmark `{unknown}`; there are {}", known.join(", "));
        std::process::exit(2);
    }
    for (name, run) in BENCHMARKS {
        if names.is_empty() || names.iter().any(|wanted| wanted.as_str() == name) {
            for figure in run() {
                println!("{}", if json { figure.to_json(name) } else { figure.to_line(name) });
            }
        }
    }
}
