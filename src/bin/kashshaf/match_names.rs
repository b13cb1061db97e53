//! `kashshaf match-names`: which Arabic names are meant by names in Latin letters.

use crate::arguments::Usage;
use crate::input::complain;
use crate::{Failure, Outcome};
use kashshaf::analysis::names::{Channel, NameMatcher, Threshold};
use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

/// What was asked for.
struct Options {
    names: PathBuf,
    limit: usize,
    threshold: Threshold,
}

const MOST: usize = 1_000_000;

pub(crate) fn match_names(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments)?;
    let Some(text) = read(&options.names) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let names: Vec<&str> = lines(&text).collect();
    let matcher = NameMatcher::new(names.iter().copied());
    let channel = Channel::shipped();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = false;
    for (number, line) in (1..).zip(std::io::stdin().lock().split(b'\n')) {
        let line = line.map_err(|error| (number, error.to_string()));
        let line =
            line.and_then(|line| String::from_utf8(line).map_err(|e| (number, e.to_string())));
        let query = match &line {
            Ok(line) => line.trim_start_matches('\u{FEFF}').trim(),
            Err((number, error)) => {
                complain("queries", &format!("line {number} cannot be read: {error}"));
                failed = true;
                continue;
            }
        };
        for found in matcher.find(channel, query, options.limit, options.threshold) {
            writeln!(out, "{query}\t{}\t{:.4}", names[found.name], found.share)?;
        }
    }
    out.flush()?;
    Ok(if failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

fn options(arguments: Vec<OsString>) -> Result<Options, Usage> {
    let (mut names, mut limit, mut threshold) = (None, 10, Threshold::SURE);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("names") => names = Some(parser.value()?.into()),
            lexopt::Arg::Long("limit") => {
                let value = parser.value()?;
                let number = value.to_str().and_then(|text| text.parse().ok());
                limit = number.filter(|n| (1..=MOST).contains(n)).ok_or_else(|| {
                    let found = value.to_string_lossy();
                    Usage(format!("--limit: found «{found}»; allowed: 1 to {MOST}"))
                })?;
            }
            lexopt::Arg::Long("all") => threshold = Threshold::ALL,
            other => {
                let found = other.unexpected();
                return Err(Usage(format!("{found}; allowed: --names, --limit, --all")));
            }
        }
    }
    Ok(Options {
        names: names.ok_or_else(|| Usage("match-names: no --names FILE".to_owned()))?,
        limit,
        threshold,
    })
}

fn read(path: &Path) -> Option<String> {
    let shown = path.to_string_lossy();
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => Some(text),
        Ok(Err(error)) => {
            complain(&shown, &format!("is no UTF-8 text: {error}"));
            None
        }
        Err(error) => {
            complain(&shown, &format!("cannot be read: {error}"));
            None
        }
    }
}

/// The names, one a line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
