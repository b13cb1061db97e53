//! The ledger as bytes, for index files, and ledgers that become one.

use super::format::FileFormat;
use super::frame::{Cursor, FrameError, put_key, put_number, put_option, put_text};
use super::ledger::{Ledger, LedgerLine};
use super::record::{BadRecord, OpenSource, Problem, SourceKey};
use super::{Encoding, ReadWarning};
use std::collections::BTreeMap;

/// Code of a source of which pages were taken out of the corpus.
const TAKEN_OUT: &str = "taken-out";

impl Ledger {
    /// Takes a page out of the line of its source.
    pub(crate) fn forget(&mut self, key: SourceKey, page: &str, articles: u64, words: u32) {
        self.lines.change(key, |line| {
            line.pages = line.pages.saturating_sub(1);
            line.articles = line.articles.saturating_sub(articles);
            line.words = line.words.saturating_sub(u64::from(words));
            line.also_elsewhere = 0;
            line.page.take_if(|first| first == page);
        });
    }

    /// Notes that pages were taken out, each with its source: no line names them any more. What was
    /// wrong with a source of which something is left stays the more important thing to say.
    pub(crate) fn take_out(&mut self, pages: &BTreeMap<String, Option<SourceKey>>) {
        for key in pages.values().flatten() {
            self.lines.change(*key, |line| {
                if line.problem.is_some() && line.pages > 0 {
                    return;
                }
                line.problem = Some(Box::new(Problem {
                    skipped: true,
                    code: TAKEN_OUT.to_owned(),
                    message:
                        "pages of it were taken out of the corpus; add it again to have them back"
                            .to_owned(),
                }));
            });
        }
        self.lines.change_all(0..=u32::MAX, &mut |_, line| {
            line.same_as.take_if(|page| pages.contains_key(page));
        });
    }

    /// Takes the lines of another ledger, whose files get numbers that are so much higher.
    pub(crate) fn adopt(&mut self, other: &Self, shift: u32) {
        for (mut key, line) in other.lines.iter() {
            let mut line = line.into_owned();
            key.file = key.file.saturating_add(shift);
            if let Some(bad) = &mut line.first_bad {
                bad.key = key;
            }
            self.lines.insert(key, line);
        }
    }

    /// Makes all lines those of members of one file, an index; returns their
    /// keys as they were, in order: the first is now of member 1.
    pub(crate) fn nest(&mut self, file: u32, name: &str, bytes: u64) -> Vec<SourceKey> {
        let lines = std::mem::take(&mut self.lines);
        let keys: Vec<SourceKey> = lines.keys().collect();
        let member = |key: &SourceKey| {
            let at = keys.binary_search(key).unwrap_or_default();
            u32::try_from(at + 1).unwrap_or(u32::MAX)
        };
        let nested = SourceKey { file, member: 0 };
        self.open(OpenSource {
            key: nested,
            parent: None,
            name: name.to_owned(),
            format: FileFormat::Index,
        });
        for (key, line) in lines.iter() {
            let mut line = line.into_owned();
            let parent = line.parent.map_or(nested.member, |parent| {
                member(&SourceKey {
                    member: parent,
                    ..key
                })
            });
            line.parent = Some(parent);
            let new = SourceKey {
                file,
                member: member(&key),
            };
            if let Some(bad) = &mut line.first_bad {
                bad.key = new;
            }
            self.lines.insert(new, line);
        }
        self.lines.change(nested, |line| {
            line.members = keys.len() as u64;
            (line.bytes, line.is_closed) = (bytes, true);
        });
        keys
    }
}

/// Writes all lines.
pub(crate) fn write(ledger: &Ledger) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, ledger.len() as u64);
    for (key, line) in ledger.lines() {
        put_key(&mut out, key);
        put_line(&mut out, &mut line.into_owned());
    }
    out
}

/// Writes a line, which stays as it is; its key stands before it.
pub(super) fn put_line(out: &mut Vec<u8>, line: &mut LedgerLine) {
    let text = |out: &mut Vec<u8>, text: Option<&str>| {
        put_option(out, text.as_ref(), |out, text| put_text(out, text));
    };
    put_option(out, line.parent.as_ref(), |out, &parent| {
        put_number(out, u64::from(parent));
    });
    put_text(out, &line.name);
    put_text(out, line.format.name());
    text(out, line.encoding.map(Encoding::name));
    for count in counts(line) {
        put_number(out, *count);
    }
    put_option(out, line.first_bad.as_ref(), |out, bad| {
        put_number(out, bad.number);
        put_number(out, bad.bytes);
        put_text(out, &bad.code);
        put_text(out, &bad.message);
    });
    text(out, line.warning);
    text(out, line.page.as_deref());
    text(out, line.same_as.as_deref());
    put_option(out, line.problem.as_ref(), |out, problem| {
        out.push(u8::from(problem.skipped));
        put_text(out, &problem.code);
        put_text(out, &problem.message);
    });
    out.push(u8::from(line.is_closed));
}

/// The counts of a line, in the order in which they are written.
fn counts(line: &mut LedgerLine) -> [&mut u64; 11] {
    [
        &mut line.bytes,
        &mut line.members,
        &mut line.pages,
        &mut line.articles,
        &mut line.words,
        &mut line.same_bytes,
        &mut line.same_text,
        &mut line.merged,
        &mut line.bad,
        &mut line.bad_bytes,
        &mut line.also_elsewhere,
    ]
}

/// The code of a warning with this name.
fn warning_code(name: &str) -> Option<&'static str> {
    let (count, first_byte) = (0, 0);
    let all = [
        ReadWarning::InvalidSequences { count, first_byte },
        ReadWarning::ControlCharacters { count, first_byte },
        ReadWarning::ColumnGuessed,
    ];
    all.iter().map(ReadWarning::code).find(|&code| code == name)
}

/// Reads all lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Ledger, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut ledger = Ledger::default();
    for _ in 0..cursor.number()? {
        let key = cursor.key()?;
        ledger.lines.insert(key, read_line(&mut cursor, key)?);
    }
    Ok(ledger)
}

/// Reads what [`put_line`] wrote.
pub(super) fn read_line(cursor: &mut Cursor<'_>, key: SourceKey) -> Result<LedgerLine, FrameError> {
    let parent = cursor.option(Cursor::number_u32)?;
    let name = cursor.text()?;
    let format = FileFormat::from_name(cursor.word()?).ok_or(FrameError)?;
    let mut line = LedgerLine::opened(parent, name, format);
    line.encoding = cursor.option(Cursor::encoding)?;
    for count in counts(&mut line) {
        *count = cursor.number()?;
    }
    line.first_bad = cursor.option(|cursor| {
        Ok(Box::new(BadRecord {
            key,
            number: cursor.number()?,
            bytes: cursor.number()?,
            code: cursor.text()?,
            message: cursor.text()?,
        }))
    })?;
    line.warning = match cursor.option(Cursor::text)? {
        Some(code) => Some(warning_code(&code).ok_or(FrameError)?),
        None => None,
    };
    line.page = cursor.option(Cursor::text)?;
    line.same_as = cursor.option(Cursor::text)?;
    line.problem = cursor.option(|cursor| {
        Ok(Box::new(Problem {
            skipped: cursor.byte()? != 0,
            code: cursor.text()?,
            message: cursor.text()?,
        }))
    })?;
    line.is_closed = cursor.byte()? != 0;
    Ok(line)
}
