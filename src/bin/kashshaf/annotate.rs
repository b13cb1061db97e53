//! `kashshaf annotate`: names, dates and quotes, one JSON object a page.

use crate::arguments::{Options, Usage, options};
use crate::input::{Import, added, complain, sources, write_ledger};
use crate::tag::MODEL;
use crate::{Failure, Outcome};
use kashshaf::entities::aliases::Decisions;
use kashshaf::entities::annotator::{Annotator, Layers};
use kashshaf::entities::dates::PageDate;
use kashshaf::entities::quotes::{NamedSpan, Quote, Speaker};
use kashshaf::entities::{EntityId, EntityType, annotate_index};
use kashshaf::index::{Index, PageId};
use kashshaf::parse::Page;
use kashshaf::parse::ledger::{Ledger, Taken};
use kashshaf::text::ByteSpan;
use kashshaf::text::date::Anchor;
use kashshaf::text::line::LineCursor;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;

pub(crate) fn annotate(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &["decisions"])?;
    if options.corpus.is_empty() {
        return Err(Usage("annotate: no file given".to_owned()).into());
    }
    let decisions = decisions(&options)?;
    let (sources, failed) = sources(&options.corpus);
    let (mut import, mut ledger) = (Import::new(&options), Ledger::default());
    let mut index = Index::default();
    let mut pages: Vec<(String, PageId)> = Vec::new();
    for source in &sources {
        import.read(source, &mut ledger, |record, _, ledger| {
            let (key, name) = (record.key, record.name.clone());
            let page = record.into_page(&options.rules);
            let taken = added(&page);
            // The same bytes twice are one page of the corpus with two names.
            let (id, taken) = match index.add(page, false) {
                Ok(id) => (id, taken),
                Err(id) => {
                    let page = index.page(id).map(|page| page.page.id());
                    let page = page.unwrap_or_default();
                    (id, Taken::SameBytes { page })
                }
            };
            ledger.take(key, &taken);
            pages.push((name, id));
            Ok::<(), Failure>(())
        })?;
    }
    write_ledger(&options, &ledger)?;
    index.refresh();
    let mut layers = annotate_index(&mut annotator(), &index).map_err(std::io::Error::other)?;
    layers.entities.link(&decisions);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (name, id) in &pages {
        if let Some(indexed) = index.page(*id) {
            writeln!(
                out,
                "{}",
                object(name, &index.restored_page(indexed), &layers, *id)
            )?;
        }
    }
    out.flush()?;
    Ok(if failed || import.failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

/// What a reader decided about names, from the file that `--decisions` names.
pub(crate) fn decisions(options: &Options) -> Result<Decisions, Usage> {
    let Some(path) = options.other("decisions") else {
        return Ok(Decisions::default());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Usage(format!("--decisions: {path} cannot be read: {error}")))?;
    let usage = |error| {
        let error = kashshaf::api::Error::BadDecisions(error);
        Usage(format!("{}: {error}", error.code()))
    };
    Decisions::read(&text).map_err(usage)
}

/// Lists, cues and the model built in; without the model, said so, where it cannot be read.
pub(crate) fn annotator() -> Annotator {
    let mut annotator = Annotator::default();
    if let Err(error) = annotator.load_model(MODEL) {
        complain(
            "built-in model",
            &format!("{}: {error}; lists and cues alone are used", error.code()),
        );
    }
    annotator
}

/// The object of a page.
fn object(name: &str, page: &Page, layers: &Layers, id: PageId) -> Value {
    let layer = &layers.entities;
    let noted = layers.pages.get(id.0 as usize).cloned().unwrap_or_default();
    let names = noted.names;
    let entity = |name: &NamedSpan| layer.entity(layer.linked(name.entity, id.0, name.span.start));
    let mut places = Places::new(&page.text);
    let mentions: Vec<Value> = names
        .iter()
        .map(|name| {
            let mut object = places.of(name.span);
            let entity = entity(name);
            object["type"] = json!(type_code(entity.map_or(name.kind, |entity| entity.kind)));
            object["canonical"] = json!(entity.map(|entity| entity.name.as_str()));
            object
        })
        .collect();
    let mut places = Places::new(&page.text);
    let dates: Vec<Value> = noted
        .dates
        .iter()
        .map(|date| date_object(&mut places, date))
        .collect();
    let mut places = Places::new(&page.text);
    let quotes: Vec<Value> = noted
        .quotes
        .iter()
        .flat_map(|quote| {
            let linked = |found| layer.linked(found, id.0, quote.start());
            let name = |found| {
                layer
                    .entity(linked(found))
                    .map(|entity| entity.name.as_str())
            };
            quote_objects(&mut places, page, &name, quote)
        })
        .collect();
    json!({"page": name, "mentions": mentions, "dates": dates, "quotes": quotes})
}

fn type_code(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PER",
        EntityType::Place => "LOC",
        EntityType::Organisation => "ORG",
    }
}

fn date_object(places: &mut Places<'_>, date: &PageDate) -> Value {
    let mut object = places.of(date.span);
    object["value"] = json!(date.resolution.value.map(|value| value.to_string()));
    object["anchor"] = json!(date.resolution.anchor.map(Anchor::name));
    object
}

/// One object for each line that the quote has words on.
fn quote_objects<'n>(
    places: &mut Places<'_>,
    page: &Page,
    name: &dyn Fn(EntityId) -> Option<&'n str>,
    quote: &Quote,
) -> Vec<Value> {
    let relay: Vec<Value> = quote
        .relay
        .iter()
        .map(|speaker| credited(page, name, speaker, true))
        .collect();
    let speaker = credited(page, name, &quote.speaker, false);
    let object = |span: &ByteSpan| {
        let mut object = places.of(*span);
        object["kind"] = json!(quote.kind.name());
        object["speaker"] = speaker.clone();
        object["cue"] = json!(quote.cue.map(|cue| cue.of(&page.text)));
        object["relay"] = json!(relay);
        object
    };
    quote.spans.iter().map(object).collect()
}

/// Canonical name of a speaker, a list when several speak together; without a
/// name `null`, or the words as written when `words` asks for them.
fn credited<'n>(
    page: &Page,
    name: &dyn Fn(EntityId) -> Option<&'n str>,
    speaker: &Speaker,
    words: bool,
) -> Value {
    let entities = speaker.entities.iter();
    let names: Vec<&str> = entities.filter_map(|&entity| name(entity)).collect();
    match names.as_slice() {
        [] if words => json!(speaker.words.map(|span| span.of(&page.text))),
        [] => Value::Null,
        [name] => json!(name),
        names => json!(names),
    }
}

/// Turns spans into lines and code points.
struct Places<'a> {
    cursor: LineCursor<'a>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            cursor: LineCursor::new(text),
        }
    }

    /// `{line, start, end}`: the line from 1, code points within it.
    fn of(&mut self, span: ByteSpan) -> Value {
        let start = self.cursor.advance_to(span.start as usize);
        // Spans begin in order but may lie inside each other: a second cursor
        // looks ahead, so that this one need not go back.
        let end = self.cursor.clone().advance_to(span.end as usize);
        json!({"line": start.line, "start": start.column, "end": end.column})
    }
}
