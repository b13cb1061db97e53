//! The `kashshaf` command line: the explorer's core for scripts and batch work.
//!
//! Data goes to standard output, messages to standard error. Exit status: 0
//! done (also when nothing was found), 1 some input failed, 2 wrong use.

mod annotate;
mod arguments;
mod help;
mod index;
mod input;
mod match_names;
mod network;
mod parse;
mod parts;
mod run;
mod search;
mod tag;

use arguments::Usage;
use std::io::Write;
use std::process::ExitCode;

const KNOWN: &str = "annotate, index, merge, network, parse, search, run, tag, match-names";

/// How a command ended when it was used rightly.
enum Outcome {
    Done,
    SomeInputFailed,
}

/// Why a command ended early.
enum Failure {
    Usage(Usage),
    /// Standard output is gone; nobody is left to tell.
    Output(std::io::Error),
}

impl From<Usage> for Failure {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let command = if arguments.is_empty() {
        None
    } else {
        Some(arguments.remove(0))
    };
    let command = command.as_ref().and_then(|command| command.to_str());
    let wants_help = arguments
        .first()
        .is_some_and(|a| a == "--help" || a == "-h");
    let result = match command {
        Some("--help" | "-h" | "help") => show(help::GENERAL),
        Some("--version" | "-V") => show(concat!("kashshaf ", env!("CARGO_PKG_VERSION"), "\n")),
        Some("annotate") if wants_help => show(help::ANNOTATE),
        Some("index") if wants_help => show(help::INDEX),
        Some("merge") if wants_help => show(help::MERGE),
        Some("parse") if wants_help => show(help::PARSE),
        Some("search") if wants_help => show(help::SEARCH),
        Some("run") if wants_help => show(help::RUN),
        Some("annotate") => annotate::annotate(arguments),
        Some("network") if wants_help => show(help::NETWORK),
        Some("network") => network::network(arguments),
        Some("tag") if wants_help => show(help::TAG),
        Some("match-names") if wants_help => show(help::MATCH_NAMES),
        Some("index") => index::index(arguments),
        Some("merge") => index::merge(arguments),
        Some("parse") => parse::parse(arguments),
        Some("search") => search::search(arguments),
        Some("run") => run::run(arguments),
        Some("tag") => tag::tag(arguments),
        Some("match-names") => match_names::match_names(arguments),
        Some(other) => Err(Usage(format!("unknown command «{other}»; known: {KNOWN}")).into()),
        None => Err(Usage(format!("no command; known: {KNOWN}")).into()),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeInputFailed) => ExitCode::from(1),
        Err(Failure::Usage(Usage(message))) => {
            eprintln!("kashshaf: {message}\nTry: kashshaf --help");
            ExitCode::from(2)
        }
        // A reader such as `head` that has enough is no failure.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            eprintln!("kashshaf: cannot write to standard output: {error}");
            ExitCode::from(1)
        }
    }
}

fn show(text: &str) -> Result<Outcome, Failure> {
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}
