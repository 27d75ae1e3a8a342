//! The command line of acquaint.

use std::process::ExitCode;

fn main() -> ExitCode {
    acquaint::cli::run(std::env::args_os()).into()
}
