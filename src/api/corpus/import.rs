//! Taking in what the readers found, and the import ledger.

use crate::api::corpus::ledger_file::ledger_file;
use crate::api::corpus::ledger_order::chosen_lines;
use crate::api::request::{file_number, limit, size, skip};
use crate::api::{
    AbandonRequest, AddedReply, Error, Explorer, LedgerLineReply, LedgerReply, LedgerRequest,
    LedgerTotalsReply, SniffReply,
};
use crate::index::Share;
use crate::parse::format::{FileFormat, format_of};
use crate::parse::ledger::{Ledger, LedgerLine, LedgerStatus, Taken};
use crate::parse::ledger_totals::LedgerTotals;
use crate::parse::record::{ImportEvent, Problem, SourceKey};

/// Stands between an archive and its member in a path.
const INSIDE: &str = "/";

impl Explorer {
    /// Takes the next piece of the stream that the readers wrote. A piece may
    /// end anywhere; what it completes is added.
    ///
    /// # Errors
    /// [`Error::BadRecords`] when the bytes are no such stream. What came
    /// before is kept; the stream must begin anew.
    pub fn add_records(&mut self, bytes: &[u8]) -> Result<AddedReply, Error> {
        self.whole("adding files")?;
        let mut events = Vec::new();
        let read = self.frames.read(bytes, |event| events.push(event));
        let mut added = nothing_added();
        for event in events {
            let told = event_of(&event);
            let taken = self.intake.take(&mut self.index, event);
            told.count(taken.as_ref(), &mut added);
        }
        self.note_added(&added);
        if read.is_err() {
            self.frames = Default::default();
            self.arrival = None;
            return Err(Error::BadRecords);
        }
        Ok(added)
    }

    /// Indexes a part of the stream of the readers apart from the corpus, for an explorer with the same rules:
    /// bytes for [`Explorer::add_share`]. None of a part that it must take as it is, with [`Explorer::add_records`].
    #[must_use]
    pub fn share_of(&self, stream: &[u8]) -> Option<Vec<u8>> {
        Share::write(stream, &self.intake)
    }

    /// Takes the next part of the stream, which another explorer indexed. None where the part must be taken
    /// as it is: something of what came before is not whole yet. Nothing has changed then.
    ///
    /// # Errors
    /// [`Error::BadRecords`] when the bytes are no share of this version.
    pub fn add_share(&mut self, bytes: Vec<u8>) -> Result<Option<AddedReply>, Error> {
        self.whole("adding files")?;
        let share = Share::read(bytes).map_err(|_| Error::BadRecords)?;
        let mut added = nothing_added();
        let is_taken = self.frames.is_between_frames()
            && self
                .intake
                .take_share(&mut self.index, share, |event, taken| {
                    event_of(event).count(taken.as_ref(), &mut added);
                });
        self.note_added(&added);
        Ok(is_taken.then_some(added))
    }

    /// What was made of the pages there were is made anew.
    fn note_added(&mut self, added: &AddedReply) {
        if added.pages > 0 {
            self.forget_annotations();
        }
        if added.pages > 0 || added.merged > 0 {
            self.caches = crate::api::caches::Caches::default();
        }
    }

    /// Closes what is still open of a file whose reading cannot go on: its
    /// reader fell, or the file cannot be read any more. What was found stays.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values out of range.
    pub fn abandon_file(&mut self, request: &AbandonRequest) -> Result<(), Error> {
        let free = self.intake.ledger().next_file();
        let file = file_number("file", request.file)?.unwrap_or(free);
        let bytes = size("bytes", request.bytes)?;
        let problem = Problem {
            skipped: request.skipped.unwrap_or(false),
            code: request.code.clone(),
            message: request.message.clone(),
        };
        // What its reader began to write is never ended; the next one begins anew.
        self.frames = Default::default();
        let ledger = self.intake.ledger_mut();
        ledger.abandon(file, &request.name, bytes, &problem);
        Ok(())
    }

    /// Lines of the import ledger and its totals.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for values out of range.
    pub fn ledger(&self, request: &LedgerRequest) -> Result<LedgerReply, Error> {
        let limit = limit(request.limit, 100)?;
        let offset = skip("offset", request.offset)?;
        let ledger = self.intake.ledger();
        self.index.check_seen_pages()?;
        let chosen = chosen_lines(ledger, request)?;
        Ok(LedgerReply {
            totals: totals(&ledger.totals()),
            matching: chosen.len(),
            lines: chosen
                .into_iter()
                .skip(offset)
                .take(limit)
                .filter_map(|key| Some(line_reply(ledger, key, &*ledger.line(key)?)))
                .collect(),
        })
    }

    /// The whole ledger as a file: `json`, an object with `totals` and `lines`,
    /// or `csv`, one row a line under a row of headings, for spreadsheet programs.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for another form.
    pub fn ledger_file(&self, form: &str) -> Result<String, Error> {
        let ledger = self.intake.ledger();
        self.index.check_seen_pages()?;
        ledger_file(ledger, form)
    }
}

fn nothing_added() -> AddedReply {
    AddedReply {
        pages: 0,
        articles: 0,
        words: 0,
        duplicates: 0,
        merged: 0,
        bad: 0,
        closed: Vec::new(),
    }
}

/// What of an event is counted beside what became of its text.
enum Told {
    Bad,
    Closed(u32),
    Other,
}

fn event_of(event: &ImportEvent) -> Told {
    match event {
        ImportEvent::Bad(_) => Told::Bad,
        ImportEvent::Close(close) if close.key.member == 0 => Told::Closed(close.key.file),
        _ => Told::Other,
    }
}

impl Told {
    /// Adds to the counts what came of an event.
    fn count(self, taken: Option<&Taken>, added: &mut AddedReply) {
        match self {
            Self::Bad => added.bad += 1,
            Self::Closed(file) => added.closed.push(file),
            Self::Other => {}
        }
        match taken {
            Some(Taken::Added {
                articles, words, ..
            }) => {
                added.pages += 1;
                added.articles += *articles as u64;
                added.words += u64::from(*words);
            }
            Some(Taken::SameBytes { .. } | Taken::SameText { .. }) => added.duplicates += 1,
            Some(Taken::Merged { .. }) => added.merged += 1,
            Some(Taken::Refused(_)) => added.bad += 1,
            None => {}
        }
    }
}

/// What a file is, by its name and its first bytes; 512 of them are enough for
/// archives, 4,096 for all.
#[must_use]
pub fn sniff(name: &str, head: &[u8]) -> SniffReply {
    let format = format_of(name, head);
    SniffReply {
        format: format.name(),
        needs_readers: !format.is_plain(),
        is_read: format.is_read() || format == FileFormat::Index,
    }
}

pub(super) fn totals(totals: &LedgerTotals) -> LedgerTotalsReply {
    let by_status = LedgerStatus::ALL.map(LedgerStatus::name);
    LedgerTotalsReply {
        files: totals.files,
        members: totals.members,
        bytes: totals.bytes,
        member_bytes: totals.member_bytes,
        by_status: by_status.into_iter().zip(totals.by_status).collect(),
        pages: totals.pages,
        articles: totals.articles,
        words: totals.words,
        duplicates: totals.duplicates,
        merged: totals.merged,
        bad: totals.bad,
    }
}

/// Names of the archives around a source and its own, outermost first.
pub(in crate::api) fn path(ledger: &Ledger, key: SourceKey, line: &LedgerLine) -> String {
    let (mut names, mut at) = (vec![line.name.clone()], line.parent);
    while let Some(member) = at {
        let Some(parent) = ledger.line(SourceKey { member, ..key }) else {
            break;
        };
        names.push(parent.name.clone());
        at = parent.parent.filter(|&next| next < member);
    }
    names.reverse();
    names.join(INSIDE)
}

pub(super) fn line_reply(ledger: &Ledger, key: SourceKey, line: &LedgerLine) -> LedgerLineReply {
    let problem = line.problem.as_ref().map(|problem| &problem.message);
    let bad = line.first_bad.as_ref();
    LedgerLineReply {
        file: key.file,
        member: key.member,
        parent: line.parent,
        name: line.name.clone(),
        path: path(ledger, key, line),
        format: line.format.name(),
        status: line.status().name(),
        reason: line.reason().map(ToOwned::to_owned),
        message: problem.or(bad.map(|bad| &bad.message)).cloned(),
        bytes: line.bytes,
        encoding: line.encoding.map(crate::parse::Encoding::name),
        members: line.members,
        pages: line.pages,
        articles: line.articles,
        words: line.words,
        same_bytes: line.same_bytes,
        same_text: line.same_text,
        merged: line.merged,
        also_elsewhere: line.also_elsewhere,
        page: line.page.clone(),
        same_as: line.same_as.clone(),
        bad: line.bad,
        bad_bytes: line.bad_bytes,
        first_bad: bad.map(|bad| bad.number),
    }
}
