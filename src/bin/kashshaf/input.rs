//! Finds files and reads them through the readers.

use crate::arguments::{Options, Usage};
use kashshaf::parse::format::FileFormat;
use kashshaf::parse::ledger::{Ledger, Taken};
use kashshaf::parse::pieces::Joiner;
use kashshaf::parse::readers::{Reader, SourceFile};
use kashshaf::parse::record::{ImportEvent, OpenSource, Problem, Record, SourceKey};
use kashshaf::parse::{Page, ReadWarning};
use kashshaf::text::tokenize;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Records of one file whose faults are told one by one.
const MOST_TOLD: usize = 20;

/// A file to read and the name it goes by.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// File name, or the path below the folder that was given.
    pub(crate) name: String,
}

/// The files at and below the paths, folders in order of name. The second
/// value says whether something could not be looked into.
pub(crate) fn sources(paths: &[PathBuf]) -> (Vec<Source>, bool) {
    let (mut found, mut failed) = (Vec::new(), false);
    for path in paths {
        if path.is_dir() {
            failed |= !walk(path, path, &mut found);
        } else {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned();
            found.push(Source {
                path: path.clone(),
                name,
            });
        }
    }
    (found, failed)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) -> bool {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            complain(
                &folder.to_string_lossy(),
                &format!("cannot be read: {error}"),
            );
            return false;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut complete = true;
    for entry in entries {
        let path = entry.path();
        // Links to folders could run in circles; `file_type` does not follow them.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            complete &= walk(root, &path, found);
        } else if path.is_file() {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            found.push(Source { path, name });
        }
    }
    complete
}

/// Reads files one after the other and hands on what is found; what goes wrong
/// is said on standard error.
pub(crate) struct Import<'o> {
    options: &'o Options,
    reader: Reader,
    /// Whether something was lost.
    pub(crate) failed: bool,
    /// Number of the next file; the next free one of the ledger where it is not set.
    pub(crate) number: Option<u32>,
    told: usize,
    /// Name and format of each source of the file being read, by member.
    open: Vec<OpenSource>,
    pieces: Joiner,
}

/// What the file of a record is, and where the record stands for messages.
pub(crate) struct Place {
    pub(crate) format: FileFormat,
    pub(crate) shown: String,
}

impl<'o> Import<'o> {
    pub(crate) fn new(options: &'o Options) -> Self {
        Self {
            options,
            reader: Reader::default(),
            failed: false,
            number: None,
            told: 0,
            open: Vec::new(),
            pieces: Joiner::default(),
        }
    }

    /// Reads a file; its records go to `take`, everything else into the ledger.
    pub(crate) fn read<E>(
        &mut self,
        source: &Source,
        ledger: &mut Ledger,
        mut take: impl FnMut(Record, &Place, &mut Ledger) -> Result<(), E>,
    ) -> Result<(), E> {
        (self.told, self.open) = (0, Vec::new());
        let file = self.number.take().unwrap_or_else(|| ledger.next_file());
        let opened = File::open(&source.path).and_then(|file| {
            let size = file.metadata()?.len();
            Ok((file, size))
        });
        let (mut bytes, size) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.unreadable(file, source, 0, ledger, &error);
                return Ok(());
            }
        };
        let mut begun = SourceFile::new(file, &source.name, size);
        begun.format = self.options.format;
        begun.encoding = self.options.encoding;
        begun.fields.clone_from(&self.options.fields);
        self.reader.begin(begun);
        let mut slice = Vec::new();
        loop {
            let events: Vec<ImportEvent> = self.reader.events().collect();
            for event in events {
                if let Some(event) = self.pieces.join(event) {
                    self.take(event, source, ledger, &mut take)?;
                }
            }
            let Some((from, length)) = self.reader.want() else {
                return Ok(());
            };
            slice.clear();
            let read = bytes
                .seek(SeekFrom::Start(from))
                .and_then(|_| (&mut bytes).take(length as u64).read_to_end(&mut slice));
            if let Err(error) = read {
                self.reader = Reader::default();
                self.unreadable(file, source, size, ledger, &error);
                return Ok(());
            }
            self.reader.give(&slice);
        }
    }

    fn take<E>(
        &mut self,
        event: ImportEvent,
        source: &Source,
        ledger: &mut Ledger,
        take: &mut impl FnMut(Record, &Place, &mut Ledger) -> Result<(), E>,
    ) -> Result<(), E> {
        match event {
            ImportEvent::Open(open) => {
                self.open.push(open.clone());
                ledger.open(open);
            }
            // Joined before.
            ImportEvent::Piece(_) => {}
            ImportEvent::Text(record) => {
                let place = self.place(record.key, source, &record.name);
                // A guess may be right: it is told, and loses nothing.
                if record.warning == Some(ReadWarning::ColumnGuessed) {
                    // The guess is about the table, wherever it lies, and not about its first row.
                    complain(
                        &self.place(record.key, source, "").shown,
                        &format!(
                            "column-guessed: {}; --field body=COLUMN chooses it",
                            ReadWarning::ColumnGuessed
                        ),
                    );
                } else if let Some(warning) = &record.warning {
                    self.tell(&place.shown, &format!("{}: {warning}", warning.code()));
                }
                take(*record, &place, ledger)?;
            }
            ImportEvent::Bad(bad) => {
                let place = self.place(bad.key, source, "");
                let shown = format!("{}:{}", place.shown, bad.number);
                self.tell(&shown, &format!("{}: {}", bad.code, bad.message));
                ledger.bad(bad);
            }
            ImportEvent::Close(close) => {
                if let Some(problem) = &close.problem {
                    let shown = self.place(close.key, source, "").shown;
                    // What holds no text for sure is no loss; the ledger tells.
                    let is_loss = !matches!(
                        problem.code.as_str(),
                        "system-file" | "no-text-format" | "link-in-archive"
                    );
                    if is_loss || close.key.member == 0 {
                        self.tell(&shown, &format!("{}: {}", problem.code, problem.message));
                    }
                }
                ledger.close(close);
            }
        }
        Ok(())
    }

    /// Where a source stands: the path that was given, and below it the member or the record.
    fn place(&self, key: SourceKey, source: &Source, record: &str) -> Place {
        let path = source.path.to_string_lossy();
        let open = self.open.iter().find(|open| open.key == key);
        let below = match record.strip_prefix(&source.name) {
            Some(below) => below.to_owned(),
            None if key.member > 0 => {
                open.map_or_else(String::new, |open| format!("/{}", open.name))
            }
            None => String::new(),
        };
        Place {
            format: open.map_or(FileFormat::Unknown, |open| open.format),
            shown: format!("{path}{below}"),
        }
    }

    fn tell(&mut self, input: &str, message: &str) {
        self.failed = true;
        self.told += 1;
        if self.told <= MOST_TOLD {
            complain(input, message);
        } else if self.told == MOST_TOLD + 1 {
            complain(
                input,
                "… and more of this file; --ledger FILE writes all of it down",
            );
        }
    }

    fn unreadable(
        &mut self,
        file: u32,
        source: &Source,
        size: u64,
        ledger: &mut Ledger,
        error: &std::io::Error,
    ) {
        let problem = Problem {
            skipped: false,
            code: "file-unreadable".to_owned(),
            message: format!("cannot be read: {error}"),
        };
        self.tell(&source.path.to_string_lossy(), &problem.message);
        ledger.abandon(file, &source.name, size, &problem);
    }
}

/// What the ledger says of a page that was added.
pub(crate) fn added(page: &Page) -> Taken {
    Taken::Added {
        page: page.id(),
        articles: page.articles.len(),
        words: u32::try_from(tokenize(&page.text).count()).unwrap_or(u32::MAX),
        warning: page.warning.as_ref().map(ReadWarning::code),
        also_at: None,
    }
}

/// Writes the ledger where `--ledger` says: CSV if the name ends so, else JSON.
pub(crate) fn write_ledger(options: &Options, ledger: &Ledger) -> Result<(), Usage> {
    let Some(path) = &options.ledger else {
        return Ok(());
    };
    let is_csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let form = if is_csv { "csv" } else { "json" };
    let text =
        kashshaf::api::ledger_file(ledger, form).map_err(|error| Usage(error.to_string()))?;
    std::fs::write(path, text).map_err(|error| {
        Usage(format!(
            "--ledger {}: cannot be written: {error}",
            path.display()
        ))
    })
}

/// Says on standard error what is wrong with an input.
pub(crate) fn complain(input: &str, message: &str) {
    eprintln!("kashshaf: {input}: {message}");
}
