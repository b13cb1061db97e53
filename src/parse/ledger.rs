//! The import ledger: one line for every file and every member of an archive.
//!
//! Each line has exactly one status:
//!
//! | status | when |
//! |---|---|
//! | read | it gave one page with at most one article |
//! | split | it gave several: members, pages or articles |
//! | merged | its text, letters folded, is that of a page already there, whose missing fields it completed |
//! | duplicate | its bytes, or its folded text, are those of a page already there, and it adds nothing |
//! | skipped | it was passed over on purpose, or all its pages were taken out again |
//! | failed | nothing of it could be read |
//!
//! A line that is read or split and has a reason all the same was read in
//! part. Two pages with one text that state different outlets, days, addresses
//! or ids are two publications: both are kept.

use super::encoding::Encoding;
use super::format::FileFormat;
use super::ledger_lines::LedgerLines;
use super::record::{BadRecord, CloseSource, OpenSource, Problem, SourceKey};
use std::borrow::Cow;

/// What became of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerStatus {
    /// Not closed yet.
    Reading,
    /// It gave one page.
    Read,
    /// It gave several members, pages or articles.
    Split,
    /// It completed a page already there.
    Merged,
    /// All of it was there already.
    Duplicate,
    /// Passed over on purpose.
    Skipped,
    /// Nothing of it could be read.
    Failed,
}

impl LedgerStatus {
    /// Every status, in the order of the enumeration.
    pub const ALL: [Self; 7] = [
        Self::Reading,
        Self::Read,
        Self::Split,
        Self::Merged,
        Self::Duplicate,
        Self::Skipped,
        Self::Failed,
    ];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Duplicate => "duplicate",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// What became of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was added; its text may stand elsewhere too, under another outlet, day or address.
    Added {
        /// Id of its page.
        page: String,
        /// Articles in it.
        articles: usize,
        /// Its words.
        words: u32,
        /// Code of what the reader should know although it was read.
        warning: Option<&'static str>,
        /// A page with the same folded text, which is another publication of it.
        also_at: Option<String>,
    },
    /// The same bytes are there already.
    SameBytes {
        /// Id of that page.
        page: String,
    },
    /// The same folded text is there already, and nothing was to be added.
    SameText {
        /// Id of that page.
        page: String,
    },
    /// The same folded text was there already and got fields of this one.
    Merged {
        /// Id of that page.
        page: String,
    },
    /// There was no room for it: it counts as a record that could not be read.
    Refused(BadRecord),
}

/// One source and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// The archive that holds it.
    pub parent: Option<u32>,
    /// Name of the file, or path inside its archive.
    pub name: String,
    /// What it is.
    pub format: FileFormat,
    /// Size in bytes; of a member, unpacked.
    pub bytes: u64,
    /// Encoding, where it is text.
    pub encoding: Option<Encoding>,
    /// Members of an archive, at any depth below it.
    pub members: u64,
    /// Pages added.
    pub pages: u64,
    /// Articles in these pages.
    pub articles: u64,
    /// Words in these pages.
    pub words: u64,
    /// Texts whose bytes were there already.
    pub same_bytes: u64,
    /// Texts whose folded text was there already.
    pub same_text: u64,
    /// Texts that completed a page already there.
    pub merged: u64,
    /// Records that could not be read.
    pub bad: u64,
    /// Bytes of these records.
    pub bad_bytes: u64,
    /// The first of them.
    pub first_bad: Option<Box<BadRecord>>,
    /// Code of what should be known of its pages although they were read: the first that was met.
    pub warning: Option<&'static str>,
    /// The first page added.
    pub page: Option<String>,
    /// A page with the same text, the first that was met.
    pub same_as: Option<String>,
    /// Pages that are kept although their text stands elsewhere too.
    pub also_elsewhere: u64,
    /// Why it, or the rest of it, was not read.
    pub problem: Option<Box<Problem>>,
    pub(super) is_closed: bool,
}

impl LedgerLine {
    /// The line of a source in which nothing has been found yet.
    pub(crate) fn opened(parent: Option<u32>, name: String, format: FileFormat) -> Self {
        Self {
            parent,
            name,
            format,
            bytes: 0,
            encoding: None,
            members: 0,
            pages: 0,
            articles: 0,
            words: 0,
            same_bytes: 0,
            same_text: 0,
            merged: 0,
            bad: 0,
            bad_bytes: 0,
            first_bad: None,
            warning: None,
            page: None,
            same_as: None,
            also_elsewhere: 0,
            problem: None,
            is_closed: false,
        }
    }

    /// What became of it.
    #[must_use]
    pub fn status(&self) -> LedgerStatus {
        if !self.is_closed {
            return LedgerStatus::Reading;
        }
        if self.members > 0 || self.pages > 1 || self.articles > 1 {
            return LedgerStatus::Split;
        }
        if self.pages == 1 {
            return LedgerStatus::Read;
        }
        if self.merged > 0 {
            return LedgerStatus::Merged;
        }
        if self.same_bytes + self.same_text > 0 {
            return LedgerStatus::Duplicate;
        }
        match &self.problem {
            Some(problem) if problem.skipped => LedgerStatus::Skipped,
            _ => LedgerStatus::Failed,
        }
    }

    /// Notes that its source ends.
    pub(crate) fn close(
        &mut self,
        bytes: u64,
        encoding: Option<Encoding>,
        problem: Option<Problem>,
    ) {
        (self.bytes, self.encoding) = (bytes, encoding);
        self.problem = problem.map(Box::new);
        self.is_closed = true;
    }

    /// Notes what became of a text of its source.
    pub(crate) fn take(&mut self, taken: &Taken) {
        let same_as = match taken {
            Taken::Added {
                page,
                articles,
                words,
                warning,
                also_at,
            } => {
                self.warning = self.warning.or(*warning);
                self.page.get_or_insert_with(|| page.clone());
                self.pages += 1;
                self.articles += *articles as u64;
                self.words += u64::from(*words);
                self.also_elsewhere += u64::from(also_at.is_some());
                also_at.as_ref()
            }
            Taken::SameBytes { page } => {
                self.same_bytes += 1;
                Some(page)
            }
            Taken::SameText { page } => {
                self.same_text += 1;
                Some(page)
            }
            Taken::Merged { page } => {
                self.merged += 1;
                Some(page)
            }
            Taken::Refused(_) => None,
        };
        if self.same_as.is_none() {
            self.same_as = same_as.cloned();
        }
    }

    /// Code of the reason, where there is something to say: of the problem, of
    /// the first record that could not be read, of a warning, or of the kind of duplicate.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        let bad = || self.first_bad.as_ref().map(|bad| bad.code.as_str());
        let twice = || match (self.merged, self.same_bytes, self.same_text) {
            (1.., ..) => Some("same-text-completed"),
            (_, 1.., _) => Some("same-bytes"),
            (_, _, 1..) => Some("same-text"),
            _ if self.also_elsewhere > 0 => Some("same-text-elsewhere"),
            _ => None,
        };
        let problem = self.problem.as_ref().map(|problem| problem.code.as_str());
        let warning = || self.warning;
        problem.or_else(bad).or_else(warning).or_else(twice)
    }
}

/// Every source of an import, in the order of their keys.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub(super) lines: LedgerLines,
}

impl Ledger {
    /// Begins the line of a source, anew if it was there.
    pub fn open(&mut self, open: OpenSource) {
        let key = open.key;
        let line = LedgerLine::opened(open.parent, open.name, open.format);
        let mut above = line.parent;
        if self.lines.insert(key, line) {
            return;
        }
        while let Some(member) = above {
            let key = SourceKey { member, ..key };
            let next = self.lines.change(key, |parent| {
                parent.members += 1;
                parent.parent
            });
            above = next.flatten().filter(|&next| next < member);
        }
    }

    /// Notes what became of a text of a source, and in its archives above.
    pub fn take(&mut self, key: SourceKey, taken: &Taken) {
        if let Taken::Refused(bad) = taken {
            self.bad(bad.clone());
            return;
        }
        self.lines.change(key, |line| line.take(taken));
    }

    /// How many texts of a source were taken so far.
    #[must_use]
    pub fn texts_of(&self, key: SourceKey) -> u32 {
        let line = self.lines.get(key);
        let taken = line.map_or(0, |line| {
            line.pages + line.same_bytes + line.same_text + line.merged
        });
        u32::try_from(taken).unwrap_or(u32::MAX)
    }

    /// How many records of a source could not be read so far.
    #[must_use]
    pub fn bad_of(&self, key: SourceKey) -> u64 {
        self.lines.get(key).map_or(0, |line| line.bad)
    }

    /// Notes a record that could not be read.
    pub fn bad(&mut self, bad: BadRecord) {
        self.lines.change(bad.key, |line| {
            line.bad += 1;
            line.bad_bytes += bad.bytes;
            line.first_bad.get_or_insert_with(|| Box::new(bad));
        });
    }

    /// Closes the line of a source.
    pub fn close(&mut self, close: CloseSource) {
        self.lines.change(close.key, |line| {
            line.close(close.bytes, close.encoding, close.problem);
        });
    }

    /// Closes whatever of a file is still open, all for one reason: its reader
    /// fell, or could not be given its bytes. `bytes` is the size of the file.
    pub fn abandon(&mut self, file: u32, name: &str, bytes: u64, problem: &Problem) {
        let key = SourceKey { file, member: 0 };
        if self.lines.get(key).is_none() {
            self.open(OpenSource {
                key,
                parent: None,
                name: name.to_owned(),
                format: FileFormat::Unknown,
            });
        }
        self.lines.change_all(file..=file, &mut |at, line| {
            if !line.is_closed {
                line.is_closed = true;
                line.problem = Some(Box::new(problem.clone()));
                if at.member == 0 {
                    line.bytes = bytes;
                }
            }
        });
    }

    /// Every line, by file and member.
    pub fn lines(&self) -> impl Iterator<Item = (SourceKey, Cow<'_, LedgerLine>)> {
        self.lines.iter()
    }

    /// Whether this is the line of a source, and closed.
    pub(crate) fn has(&self, key: SourceKey, line: LedgerLine) -> bool {
        self.lines.has(key, line)
    }

    /// The line of a source.
    #[must_use]
    pub fn line(&self, key: SourceKey) -> Option<Cow<'_, LedgerLine>> {
        self.lines.get(key)
    }

    /// Number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number that no file has yet: one more than the highest.
    #[must_use]
    pub fn next_file(&self) -> u32 {
        let last = self.lines.last_key();
        last.map_or(0, |key| key.file.saturating_add(1))
    }
}
