//! Reads options.

use std::ffi::OsString;
use std::path::PathBuf;

/// A command used wrongly: what was found and what is allowed.
pub(crate) struct Usage(pub(crate) String);

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// Options of the commands that search.
pub(crate) struct Options {
    pub(crate) corpus: Vec<PathBuf>,
    pub(crate) queries: Option<PathBuf>,
    pub(crate) lens: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) limit: usize,
}

const MOST: usize = 1_000_000;

/// Reads `--name value` pairs; further words after `--corpus` are paths too.
pub(crate) fn options(arguments: Vec<OsString>, allowed: &[&str]) -> Result<Options, Usage> {
    let mut options = Options {
        corpus: Vec::new(),
        queries: None,
        lens: None,
        scope: None,
        limit: 10,
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        let name = match argument {
            lexopt::Arg::Value(path) if !options.corpus.is_empty() => {
                options.corpus.push(path.into());
                continue;
            }
            lexopt::Arg::Long(name) if allowed.contains(&name) => name.to_owned(),
            other => {
                let allowed: Vec<String> = allowed.iter().map(|name| format!("--{name}")).collect();
                let found = other.unexpected();
                return Err(Usage(format!("{found}; allowed: {}", allowed.join(", "))));
            }
        };
        let value = parser.value()?;
        let text = || {
            value
                .to_str()
                .map(ToOwned::to_owned)
                .ok_or_else(|| Usage(format!("--{name}: not Unicode text")))
        };
        match name.as_str() {
            "corpus" => options.corpus.push(value.clone().into()),
            "queries" => options.queries = Some(value.clone().into()),
            "lens" => options.lens = Some(text()?),
            "scope" => options.scope = Some(text()?),
            _ => {
                let number = text()?.parse().ok().filter(|n| (1..=MOST).contains(n));
                options.limit = number.ok_or_else(|| {
                    Usage(format!(
                        "--limit: found «{}»; allowed: 1 to {MOST}",
                        value.to_string_lossy()
                    ))
                })?;
            }
        }
    }
    Ok(options)
}
