//! `kashshaf index`: reads files and writes their index, or a segment of it.

use crate::annotate::annotator;
use crate::arguments::{Options, Usage, options};
use crate::input::{Import, complain, sources, write_ledger};
use crate::parts;
use crate::{Failure, Outcome};
use kashshaf::entities::annotate_index;
use kashshaf::entities::annotator::write_layers;
use kashshaf::index::{
    Index, IndexFileError, Intake, SavedIndex, merge as merge_segments, without,
};
use kashshaf::parse::ledger::Taken;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

/// Reads all sources into an index; with a share, every n-th of them into a segment.
///
/// The second value says whether something could not be read.
pub(crate) fn read_corpus(
    options: &Options,
    segment: Option<(u32, u32)>,
) -> Result<(SavedIndex, bool), Failure> {
    let (mut sources, failed) = sources(&options.corpus);
    let mut import = Import::new(options);
    let (mut index, mut intake) = match segment {
        Some(_) => (Index::default(), Intake::of_segment()),
        None => (Index::default(), Intake::default()),
    };
    // Files keep the number that they have among all, so that segments agree on their order.
    let numbered = (0u32..).zip(sources.drain(..));
    let share = |number: u32| segment.is_none_or(|(share, of)| number % of == share);
    for (number, source) in numbered.filter(|(number, _)| share(*number)) {
        let mut ledger = std::mem::take(intake.ledger_mut());
        import.number = Some(number);
        import.read(&source, &mut ledger, |record, place, ledger| {
            std::mem::swap(intake.ledger_mut(), ledger);
            let key = record.key;
            let page = record.into_page(&options.rules);
            let taken = intake.add(&mut index, page, Some(key), false);
            std::mem::swap(intake.ledger_mut(), ledger);
            if segment.is_none() {
                tell(&index, &place.shown, &taken);
            }
            Ok::<(), Failure>(())
        })?;
        *intake.ledger_mut() = ledger;
    }
    index.refresh();
    let saved = SavedIndex {
        index,
        intake,
        layers: None,
    };
    Ok((saved, failed || import.failed))
}

/// Says of a copy what it is a copy of.
fn tell(index: &Index, shown: &str, taken: &Taken) {
    let (page, what) = match taken {
        Taken::Added { .. } => return,
        Taken::Refused(bad) => {
            complain(shown, &format!("{}: {}", bad.code, bad.message));
            return;
        }
        Taken::SameBytes { page } => (page, "same bytes"),
        Taken::SameText { page } | Taken::Merged { page } => (page, "same text"),
    };
    let same = index.page_by_id(page).and_then(|id| index.page(id));
    let name = same.map_or("", |page| &*page.page.name);
    complain(shown, &format!("{what} as {name}; counted once"));
}

/// Opens the index file that `--index` names.
pub(crate) fn open(path: &Path) -> Option<SavedIndex> {
    read_file(path, SavedIndex::open)
}

fn read_file(
    path: &Path,
    open: impl Fn(Vec<u8>) -> Result<SavedIndex, IndexFileError>,
) -> Option<SavedIndex> {
    let shown = path.to_string_lossy();
    let bytes = std::fs::read(path)
        .map_err(|error| complain(&shown, &format!("cannot be read: {error}")))
        .ok()?;
    open(bytes)
        .map_err(|error| complain(&shown, &format!("{}: {error}", error.code())))
        .ok()
}

/// The whole index in a folder of parts.
const WHOLE: &str = "corpus.kashshaf";

/// Writes an index, and its parts beside it where the path is a folder; says what it holds.
fn write(saved: &SavedIndex, path: &Path) -> Result<bool, Failure> {
    let is_folder = names_folder(path);
    let whole = if is_folder {
        path.join(WHOLE)
    } else {
        path.to_owned()
    };
    let (bytes, sections) = saved.write_measured();
    let made = if is_folder {
        std::fs::create_dir_all(path)
    } else {
        Ok(())
    };
    if let Err(error) = made.and_then(|()| write_whole(&whole, &bytes)) {
        complain(
            &path.to_string_lossy(),
            &format!("cannot be written: {error}"),
        );
        return Ok(false);
    }
    let parts = if is_folder {
        match parts::write(saved, path, WHOLE) {
            Ok(parts) => Some(parts),
            Err(error) => {
                complain(
                    &path.to_string_lossy(),
                    &format!("cannot be written: {error}"),
                );
                return Ok(false);
            }
        }
    } else {
        None
    };
    let path = &whole;
    let kind = if saved.intake.is_segment() {
        "segment"
    } else {
        "index"
    };
    let pages = saved.index.pages().iter();
    let text_bytes: u64 = pages.map(|page| u64::from(page.page.text_bytes)).sum();
    let line = serde_json::json!({
        "format": 1,
        "kind": kind,
        "file": path.to_string_lossy(),
        "bytes": bytes.len(),
        "text_bytes": text_bytes,
        "sections": sections,
        "pages": saved.index.pages().len(),
        "articles": saved.index.articles().len(),
        "words": saved.index.token_count(),
        "forms": saved.index.lexicon().len(),
        "fingerprint": saved.index.fingerprint(),
        "parts": parts,
    });
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(true)
}

/// Whether a path names a folder: there is one, or it ends as one.
fn names_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// Whoever reads the file meanwhile has the old one or the new one, never a half.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(&unfinished, path)
}

pub(crate) fn index(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &["output", "part", "names"])?;
    if options.corpus.is_empty() {
        return Err(Usage("index: no file or folder given".to_owned()).into());
    }
    let Some(output) = &options.output else {
        return Err(Usage("index: -o FILE is needed: where the index goes".to_owned()).into());
    };
    if options.part.is_some() && names_folder(output) {
        return Err(Usage("index: a segment is one file; -o names a folder".to_owned()).into());
    }
    if options.part.is_some() && options.names {
        let why =
            "index: what a name is depends on the whole corpus; give --names to kashshaf merge";
        return Err(Usage(why.to_owned()).into());
    }
    let (mut saved, failed) = read_corpus(&options, options.part)?;
    write_ledger(&options, saved.intake.ledger())?;
    add_names(&options, &mut saved)?;
    let written = write(&saved, output)?;
    Ok(outcome(written && !failed))
}

pub(crate) fn merge(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &["output", "without", "names"])?;
    if options.corpus.is_empty() {
        return Err(Usage("merge: no segment given".to_owned()).into());
    }
    let Some(output) = &options.output else {
        return Err(Usage("merge: -o FILE is needed: where the index goes".to_owned()).into());
    };
    let mut segments = Vec::new();
    for path in &options.corpus {
        // An index without one of its segments would look whole and not be.
        let Some(segment) = read_file(path, SavedIndex::read) else {
            return Ok(Outcome::SomeInputFailed);
        };
        segments.push(segment);
    }
    let mut merged = merge_segments(segments);
    let mut removed = BTreeSet::new();
    for id in options.all("without").flat_map(|ids| ids.split(',')) {
        // An index that still has it would look as if it had not.
        let Some(page) = merged.index.page_by_id(id) else {
            complain(id, "no page has this id; nothing was written");
            return Ok(Outcome::SomeInputFailed);
        };
        removed.insert(page);
    }
    if !removed.is_empty() {
        merged = without(merged, &removed);
    }
    write_ledger(&options, merged.intake.ledger())?;
    add_names(&options, &mut merged)?;
    Ok(outcome(write(&merged, output)?))
}

/// Finds names, dates and quotes, where they are asked for, to be kept with the index.
fn add_names(options: &Options, saved: &mut SavedIndex) -> Result<(), Failure> {
    if options.names {
        let layers = annotate_index(&mut annotator(), &saved.index);
        let layers = layers.map_err(std::io::Error::other)?;
        saved.layers = Some(write_layers(&layers).into());
    }
    Ok(())
}

fn outcome(is_well: bool) -> Outcome {
    if is_well {
        Outcome::Done
    } else {
        Outcome::SomeInputFailed
    }
}
