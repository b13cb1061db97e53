//! The ledger as bytes, for index files, and ledgers that become one.

use super::ReadWarning;
use super::format::FileFormat;
use super::frame::{Cursor, FrameError, put_encoding, put_key, put_number, put_text};
use super::ledger::{Ledger, LedgerLine};
use super::ledger_lines::LedgerLines;
use super::page_id::{hex, id_bytes};
use super::record::{BadRecord, OpenSource, Problem, SourceKey};
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

/// Writes the lines but those of some sources, which are in order.
pub(crate) fn write(ledger: &Ledger, without: &[SourceKey]) -> Vec<u8> {
    let mut out = Vec::new();
    for (key, line) in ledger.lines() {
        if without.binary_search(&key).is_err() {
            put_key(&mut out, key);
            put_line(&mut out, &mut line.into_owned());
        }
    }
    out
}

/// What a line may have beside its name, format and counts: bits of the number that it begins with. The counts have the
/// bits behind these, one each, and are written where they are not 0. What most lines have has the lowest bits.
mod has {
    pub(super) const CLOSED: u64 = 1;
    pub(super) const ENCODING: u64 = 1 << 1;
    pub(super) const PAGE: u64 = 1 << 2;
    /// The first of the counts.
    pub(super) const COUNTS: u32 = 3;
    pub(super) const PARENT: u64 = 1 << 14;
    pub(super) const SAME_AS: u64 = 1 << 15;
    pub(super) const WARNING: u64 = 1 << 16;
    pub(super) const BAD: u64 = 1 << 17;
    pub(super) const PROBLEM: u64 = 1 << 18;
}

/// Writes a line, which stays as it is; its key stands before it.
///
/// The page follows the name as in the section of pages: what stands in a file twice in one order is nearly free.
pub(super) fn put_line(out: &mut Vec<u8>, line: &mut LedgerLine) {
    let bit = |is_there: bool, bit: u64| if is_there { bit } else { 0 };
    let id = |page: &Option<String>| page.as_deref().and_then(id_bytes);
    let (page, same_as) = (id(&line.page), id(&line.same_as));
    let mut flags = bit(line.is_closed, has::CLOSED)
        | bit(line.encoding.is_some(), has::ENCODING)
        | bit(page.is_some(), has::PAGE)
        | bit(line.parent.is_some(), has::PARENT)
        | bit(same_as.is_some(), has::SAME_AS)
        | bit(line.warning.is_some(), has::WARNING)
        | bit(line.first_bad.is_some(), has::BAD)
        | bit(line.problem.is_some(), has::PROBLEM);
    for (count, at) in counts(line).iter().zip(has::COUNTS..) {
        flags |= bit(**count > 0, 1 << at);
    }
    put_number(out, flags);
    if let Some(parent) = line.parent {
        put_number(out, u64::from(parent));
    }
    put_text(out, &line.name);
    out.extend(page.into_iter().flatten());
    out.push(line.format as u8);
    if let Some(encoding) = line.encoding {
        put_encoding(out, encoding);
    }
    for count in counts(line).into_iter().filter(|count| **count > 0) {
        put_number(out, *count);
    }
    out.extend(same_as.into_iter().flatten());
    if let Some(code) = line.warning {
        put_text(out, code);
    }
    if let Some(bad) = &line.first_bad {
        put_number(out, bad.number);
        put_number(out, bad.bytes);
        put_text(out, &bad.code);
        put_text(out, &bad.message);
    }
    if let Some(problem) = &line.problem {
        out.push(u8::from(problem.skipped));
        put_text(out, &problem.code);
        put_text(out, &problem.message);
    }
}

/// The counts of a line, in the order in which they are written: first those that most lines have.
fn counts(line: &mut LedgerLine) -> [&mut u64; 11] {
    [
        &mut line.bytes,
        &mut line.pages,
        &mut line.articles,
        &mut line.words,
        &mut line.members,
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

/// Reads what [`write`] wrote, and takes the lines that it left out.
pub(crate) fn read(
    bytes: &[u8],
    others: impl Iterator<Item = (SourceKey, LedgerLine)>,
) -> Result<Ledger, FrameError> {
    let mut lines = LedgerLines::default();
    others.for_each(|(key, line)| lines.push(key, line));
    let mut cursor = Cursor { bytes, at: 0 };
    while cursor.at < bytes.len() {
        let key = cursor.key()?;
        lines.push(key, read_line(&mut cursor, key)?);
    }
    let is_apart = lines.arrange();
    is_apart.then_some(Ledger { lines }).ok_or(FrameError)
}

/// Reads what [`put_line`] wrote.
pub(super) fn read_line(cursor: &mut Cursor<'_>, key: SourceKey) -> Result<LedgerLine, FrameError> {
    let flags = cursor.number()?;
    let has = |bit: u64| flags & bit != 0;
    let parent = has(has::PARENT).then(|| cursor.number_u32()).transpose()?;
    let name = cursor.text()?;
    let page = has(has::PAGE).then(|| read_id(cursor)).transpose()?;
    let format = FileFormat::ALL.get(usize::from(cursor.byte()?));
    let mut line = LedgerLine::opened(parent, name, *format.ok_or(FrameError)?);
    line.page = page;
    line.encoding = has(has::ENCODING).then(|| cursor.encoding()).transpose()?;
    for (count, at) in counts(&mut line).into_iter().zip(has::COUNTS..) {
        if has(1 << at) {
            *count = cursor.number()?;
        }
    }
    line.same_as = has(has::SAME_AS).then(|| read_id(cursor)).transpose()?;
    if has(has::WARNING) {
        line.warning = Some(warning_code(cursor.word()?).ok_or(FrameError)?);
    }
    if has(has::BAD) {
        line.first_bad = Some(Box::new(BadRecord {
            key,
            number: cursor.number()?,
            bytes: cursor.number()?,
            code: cursor.text()?,
            message: cursor.text()?,
        }));
    }
    if has(has::PROBLEM) {
        line.problem = Some(Box::new(Problem {
            skipped: cursor.byte()? != 0,
            code: cursor.text()?,
            message: cursor.text()?,
        }));
    }
    line.is_closed = has(has::CLOSED);
    Ok(line)
}

/// Reads the id of a page.
fn read_id(cursor: &mut Cursor<'_>) -> Result<String, FrameError> {
    cursor.take(8).map(hex)
}
