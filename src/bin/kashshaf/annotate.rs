//! `kashshaf annotate`: names, dates and quotes, one JSON object a page.

use crate::arguments::Usage;
use crate::input::{read_page, sources};
use crate::{Failure, Outcome};
use kashshaf::entities::dates::{PageDate, dates_of_page};
use kashshaf::entities::quotes::{NamedSpan, Quote, Speaker, named_spans, quotes_of_page};
use kashshaf::entities::{EntityLayer, EntityType, Recogniser, recognise_index};
use kashshaf::index::{Index, PageId};
use kashshaf::parse::Page;
use kashshaf::parse::anatomy::Rules;
use kashshaf::text::ByteSpan;
use kashshaf::text::date::Anchor;
use kashshaf::text::line::LineCursor;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

pub(crate) fn annotate(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    if let Some(option) = arguments
        .iter()
        .find(|a| a.as_encoded_bytes().starts_with(b"--"))
    {
        let option = option.to_string_lossy();
        return Err(Usage(format!(
            "unknown option «{option}»; annotate takes files and folders alone"
        ))
        .into());
    }
    if arguments.is_empty() {
        return Err(Usage("annotate: no file given".to_owned()).into());
    }
    let paths: Vec<PathBuf> = arguments.into_iter().map(PathBuf::from).collect();
    let (sources, mut failed) = sources(&paths);
    let mut index = Index::default();
    let mut pages: Vec<(String, PageId)> = Vec::new();
    for source in &sources {
        let (page, complete) = read_page(source, Rules::bundled());
        failed |= !complete;
        let Some(page) = page else { continue };
        let name = page.name.clone();
        // The same bytes twice are one page of the corpus with two names.
        let (Ok(id) | Err(id)) = index.add(page, false);
        pages.push((name, id));
    }
    index.refresh();
    let layer = recognise_index(&Recogniser::default(), &index);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (name, id) in &pages {
        if let Some(indexed) = index.page(*id) {
            writeln!(
                out,
                "{}",
                object(name, &index.restored_page(indexed), &layer, *id)
            )?;
        }
    }
    out.flush()?;
    Ok(if failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

/// The object of a page.
fn object(name: &str, page: &Page, layer: &EntityLayer, id: PageId) -> Value {
    let names = named_spans(layer, id.0);
    let entity_name =
        |name: &NamedSpan| layer.entity(name.entity).map(|entity| entity.name.as_str());
    let mut places = Places::new(&page.text);
    let mentions: Vec<Value> = names
        .iter()
        .map(|name| {
            let mut object = places.of(name.span);
            object["type"] = json!(type_code(name.kind));
            object["canonical"] = json!(entity_name(name));
            object
        })
        .collect();
    let mut places = Places::new(&page.text);
    let dates = dates_of_page(page, &names);
    let dates: Vec<Value> = dates
        .iter()
        .map(|date| date_object(&mut places, date))
        .collect();
    let mut places = Places::new(&page.text);
    let quotes = quotes_of_page(page, &names);
    let quotes: Vec<Value> = quotes
        .iter()
        .flat_map(|quote| quote_objects(&mut places, page, layer, quote))
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
fn quote_objects(
    places: &mut Places<'_>,
    page: &Page,
    layer: &EntityLayer,
    quote: &Quote,
) -> Vec<Value> {
    let relay: Vec<Value> = quote
        .relay
        .iter()
        .map(|speaker| credited(page, layer, speaker, true))
        .collect();
    let speaker = credited(page, layer, &quote.speaker, false);
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
fn credited(page: &Page, layer: &EntityLayer, speaker: &Speaker, words: bool) -> Value {
    let names: Vec<&str> = speaker
        .entities
        .iter()
        .filter_map(|&entity| layer.entity(entity))
        .map(|entity| entity.name.as_str())
        .collect();
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
