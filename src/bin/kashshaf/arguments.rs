//! Reads options.

use kashshaf::parse::Encoding;
use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::format::FileFormat;
use kashshaf::parse::readers::{ChosenFields, RecordField};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A command used wrongly: what was found and what is allowed.
pub(crate) struct Usage(pub(crate) String);

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// Options of how files are read; every command takes them.
const READING: [&str; 5] = ["encoding", "format", "field", "rules", "ledger"];

/// Options of the commands.
pub(crate) struct Options {
    pub(crate) corpus: Vec<PathBuf>,
    pub(crate) queries: Option<PathBuf>,
    /// An index file that stands for a corpus.
    pub(crate) index: Option<PathBuf>,
    pub(crate) output: Option<PathBuf>,
    /// Which share of the files, counted from 0, and of how many.
    pub(crate) part: Option<(u32, u32)>,
    pub(crate) lens: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) apart: Option<String>,
    pub(crate) why: bool,
    /// Whether names, dates and quotes are found and kept.
    pub(crate) names: bool,
    pub(crate) sort: Option<String>,
    pub(crate) export: Option<String>,
    pub(crate) outlets: Vec<String>,
    pub(crate) dates: Vec<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) limit: usize,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) format: Option<FileFormat>,
    pub(crate) fields: ChosenFields,
    pub(crate) rules: Rules,
    pub(crate) ledger: Option<PathBuf>,
    /// Options of one command, as they were written.
    other: Vec<(String, String)>,
}

impl Options {
    /// The last value of an option that one command has.
    pub(crate) fn other(&self, name: &str) -> Option<&str> {
        let found = self.other.iter().rev().find(|(option, _)| option == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All values of an option that one command has.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.other.iter().filter(move |(option, _)| option == name);
        found.map(|(_, value)| value.as_str())
    }
}

const MOST: usize = 1_000_000;

/// Reads `--name value` pairs, the options of reading beside those that are
/// allowed; further words after `--corpus` are paths too. Where `--corpus` is
/// not allowed every word is one.
pub(crate) fn options(arguments: Vec<OsString>, allowed: &[&str]) -> Result<Options, Usage> {
    let allowed = [allowed, &READING].concat();
    let takes_words = !allowed.contains(&"corpus");
    let mut options = Options {
        corpus: Vec::new(),
        queries: None,
        index: None,
        output: None,
        part: None,
        lens: None,
        scope: None,
        apart: None,
        why: false,
        names: false,
        sort: None,
        export: None,
        outlets: Vec::new(),
        dates: Vec::new(),
        keywords: Vec::new(),
        limit: 10,
        encoding: None,
        format: None,
        fields: Vec::new(),
        rules: Rules::bundled().clone(),
        ledger: None,
        other: Vec::new(),
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        let name = match argument {
            lexopt::Arg::Value(path) if takes_words || !options.corpus.is_empty() => {
                options.corpus.push(path.into());
                continue;
            }
            lexopt::Arg::Short('o') if allowed.contains(&"output") => "output".to_owned(),
            lexopt::Arg::Long(name) if allowed.contains(&name) => name.to_owned(),
            other => {
                let allowed: Vec<String> = allowed.iter().map(|name| format!("--{name}")).collect();
                let found = other.unexpected();
                return Err(Usage(format!("{found}; allowed: {}", allowed.join(", "))));
            }
        };
        if name == "why" {
            options.why = true;
            continue;
        }
        if name == "names" {
            options.names = true;
            continue;
        }
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
            "index" => options.index = Some(value.clone().into()),
            "output" => options.output = Some(value.clone().into()),
            "part" => options.part = Some(part(&text()?)?),
            "lens" => options.lens = Some(text()?),
            "scope" => options.scope = Some(text()?),
            "apart" => options.apart = Some(text()?),
            "sort" => options.sort = Some(text()?),
            "export" => options.export = Some(text()?),
            "outlet" => options.outlets.push(text()?),
            "date" => options.dates.push(text()?),
            "keyword" => options.keywords.push(text()?),
            "ledger" => options.ledger = Some(value.clone().into()),
            "rules" => options.rules = rules(&PathBuf::from(value.clone()))?,
            "encoding" => options.encoding = Some(encoding(&text()?)?),
            "format" => options.format = Some(format(&text()?)?),
            "field" => options.fields.push(field(&text()?)?),
            "also" | "unit" | "focus" | "type" | "least" | "nodes" | "form" | "decisions"
            | "without" => {
                options.other.push((name.clone(), text()?));
            }
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

fn rules(path: &Path) -> Result<Rules, Usage> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Usage(format!("{shown}: cannot be read: {error}")))?;
    Rules::with_own(&text).map_err(|error| Usage(format!("{shown}: bad-rules: {error}")))
}

/// Reads `2/8`: the second of eight.
fn part(text: &str) -> Result<(u32, u32), Usage> {
    let pair = text.split_once('/');
    let numbers = pair.and_then(|(share, of)| Some((share.parse().ok()?, of.parse().ok()?)));
    let fits = |&(share, of): &(u32, u32)| share >= 1 && share <= of;
    let numbers = numbers.filter(fits).ok_or_else(|| {
        Usage(format!(
            "--part: found «{text}»; allowed: I/N with I from 1 to N, such as 2/8"
        ))
    })?;
    Ok((numbers.0 - 1, numbers.1))
}

fn encoding(name: &str) -> Result<Encoding, Usage> {
    Encoding::from_name(name).ok_or_else(|| {
        Usage(format!(
            "--encoding: found «{name}»; allowed: utf-8, utf-16le, utf-16be, windows-1256, iso-8859-6 and \
             the other names of the Encoding Standard"
        ))
    })
}

fn format(name: &str) -> Result<FileFormat, Usage> {
    let read = || {
        FileFormat::ALL
            .into_iter()
            .filter(|format| format.is_read())
    };
    let found = read().find(|format| format.name() == name);
    found.ok_or_else(|| {
        let allowed: Vec<&str> = read().map(FileFormat::name).collect();
        Usage(format!(
            "--format: found «{name}»; allowed: {}",
            allowed.join(", ")
        ))
    })
}

/// Reads `title=عنوان`; several columns are parted by commas.
fn field(text: &str) -> Result<(RecordField, Vec<String>), Usage> {
    let pair = text.split_once('=');
    let known = pair.and_then(|(name, columns)| Some((RecordField::from_name(name)?, columns)));
    let Some((field, columns)) = known.filter(|(_, columns)| !columns.is_empty()) else {
        let allowed = RecordField::ALL.map(RecordField::name).join(", ");
        return Err(Usage(format!(
            "--field: found «{text}»; allowed: FIELD=COLUMN,… where FIELD is one of {allowed}"
        )));
    };
    Ok((field, columns.split(',').map(ToOwned::to_owned).collect()))
}
