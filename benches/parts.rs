//! Counts what a page fetches of a corpus in parts: `cargo bench --bench parts -- --news FILE.jsonl`, a file of
//! articles, one JSON object `{title, body, source, date}` a line, the last two if stated. Each question is the first of its page: nothing is there but the
//! directory, whose bytes count too. Bytes are those that are stored; the manifest (some 150 bytes) and the
//! engine are left out. Queries are two words that stand beside each other in a title. Names are found with the model.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that fails should say where"
)]

use kashshaf::api::{
    EntitiesRequest, EntityRequest, Error, Explorer, QuotesRequest, SearchRequest, name_shelves,
};
use kashshaf::entities::annotate_index;
use kashshaf::entities::annotator::{Annotator, write_layers};
use kashshaf::index::{Index, IndexParts, unpacked, write_parts_with_names};
use kashshaf::parse::Page;
use kashshaf::parse::given::{GivenDate, GivenOrigin};
use kashshaf::text::date::CalendarDate;
use kashshaf::text::tokenize;
use std::collections::BTreeMap;

const MODEL: &str = "models/names/kashshaf-names.bin";

/// Names that are opened, of the most mentioned.
const NAMES: usize = 100;

/// Titles that queries are taken from.
const QUERIES: usize = 200;

/// What one question fetched.
#[derive(Default)]
struct Fetched {
    rounds: usize,
    requests: usize,
    bytes: BTreeMap<String, usize>,
}

impl Fetched {
    fn all(&self) -> usize {
        self.bytes.values().sum()
    }
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let (Some("--news"), Some(path)) = (arguments.next().as_deref(), arguments.next()) else {
        println!("usage: cargo bench --bench parts -- --news FILE.jsonl");
        return;
    };
    let news = std::fs::read_to_string(path).expect("a file of articles");
    let mut index = Index::default();
    let mut titles = Vec::new();
    for (number, line) in (0u32..).zip(news.lines()) {
        let article: serde_json::Value = serde_json::from_str(line).expect("an object");
        let text = |key: &str| article[key].as_str().unwrap_or_default();
        let mut page = Page::from_article(
            &format!("{number}.txt"),
            &number.to_le_bytes(),
            text("title"),
            text("body"),
        );
        page.given.outlets = vec![text("source").to_owned()];
        let mut numbers = text("date")
            .split('-')
            .map(|number| number.parse::<u16>().ok());
        let mut number = || numbers.next().flatten();
        if let (Some(year), Some(month), Some(day)) = (number(), number(), number()) {
            let date = CalendarDate::new(year, month as u8, day as u8);
            page.given.published = date.map(|date| GivenDate {
                date,
                raw: String::new(),
                origin: GivenOrigin::Field,
            });
        }
        titles.push(text("title").to_owned());
        index.add(page, false).expect("another article");
    }
    index.refresh();
    let mut annotator = Annotator::default();
    let model = std::fs::read(MODEL).expect("the model of names");
    annotator.load_model(&model).expect("of this version");
    let layers = annotate_index(&mut annotator, &index).expect("frames of its own");
    let names = name_shelves(&index, &write_layers(&layers)).expect("of these pages");
    let written = write_parts_with_names(&index, &names);
    let directory = written.stored_directory().len();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, bytes) in &written.parts {
        let kind = kinds.entry(folder(name)).or_default();
        *kind = (kind.0 + 1, kind.1 + bytes.len());
    }
    println!("{} pages; directory {} bytes", titles.len(), directory);
    for (kind, (files, bytes)) in kinds {
        println!("{kind:>10} {files:>6} files {bytes:>10} bytes");
    }
    let files: BTreeMap<String, Vec<u8>> = written.parts.iter().cloned().collect();
    let step = (titles.len() / QUERIES).max(1);
    let queries: Vec<(String, String)> = titles
        .iter()
        .step_by(step)
        .filter_map(|t| pair(t))
        .collect();
    let ask = |lens: &str, phrase: bool| -> Vec<Fetched> {
        let queries = queries.iter();
        let asked = queries.map(|(first, second)| {
            let query = if phrase {
                format!("«{first} {second}»")
            } else {
                format!("{first} {second}")
            };
            let request = SearchRequest {
                query,
                lens: Some(lens.to_owned()),
                ..SearchRequest::default()
            };
            let mut explorer = Explorer::default();
            explorer
                .open_parts(written.directory.clone())
                .expect("as written");
            let mut fetched = Fetched::default();
            fetched.bytes.insert("directory".to_owned(), directory);
            let ask = |explorer: &mut Explorer| explorer.search(&request);
            fetch(&mut explorer, &files, &mut fetched, ask);
            fetched
        });
        asked.collect()
    };
    println!("{} queries of two words, ten documents each", queries.len());
    for lens in ["exact", "letters", "clitics", "stem"] {
        tell(lens, &ask(lens, false));
    }
    tell("phrase", &ask("clitics", true));
    // What stands beside the first answer.
    let mut explorer = Explorer::default();
    explorer
        .open_parts(written.directory.clone())
        .expect("as written");
    for facet in ["outlet", "date", "keyword"] {
        let mut fetched = Fetched::default();
        let request = SearchRequest {
            facets: Some(vec![facet.to_owned()]),
            ..SearchRequest::default()
        };
        let ask = |explorer: &mut Explorer| explorer.facets(&request);
        fetch(&mut explorer, &files, &mut fetched, ask);
        let (requests, bytes) = (fetched.requests, fetched.all());
        println!("facet {facet}: {bytes} bytes in {requests} requests");
    }
    tell_names(&written, &files);
}

/// What names cost a page that has nothing but the directory, which is not counted.
fn tell_names(written: &IndexParts, files: &BTreeMap<String, Vec<u8>>) {
    let open = || {
        let mut explorer = Explorer::default();
        let opened = explorer.open_parts(written.directory.clone());
        opened.expect("as written");
        explorer
    };
    let listed = EntitiesRequest {
        limit: Some(NAMES as f64),
        ..EntitiesRequest::default()
    };
    let (mut explorer, mut fetched) = (open(), Fetched::default());
    let ask = |explorer: &mut Explorer| explorer.entities(&listed);
    let list = fetch(&mut explorer, files, &mut fetched, ask);
    tell("names", &[fetched]);
    let opened = list.rows.iter().map(|row| {
        let request = EntityRequest {
            id: row.id.clone(),
            limit: Some(10.0),
            documents: Some(10.0),
            ..EntityRequest::default()
        };
        let mut fetched = Fetched::default();
        let ask = |explorer: &mut Explorer| explorer.entity(&request);
        fetch(&mut open(), files, &mut fetched, ask);
        fetched
    });
    tell("a name", &opened.collect::<Vec<_>>());
    let narrowed = list.rows.iter().map(|row| {
        let request = SearchRequest {
            entities: vec![row.id.clone()],
            ..SearchRequest::default()
        };
        let mut fetched = Fetched::default();
        let ask = |explorer: &mut Explorer| explorer.search(&request);
        fetch(&mut open(), files, &mut fetched, ask);
        fetched
    });
    tell("narrowed", &narrowed.collect::<Vec<_>>());
    let mut fetched = Fetched::default();
    let all = QuotesRequest {
        limit: Some(30.0),
        ..QuotesRequest::default()
    };
    let refused = loop {
        let names = match explorer.quotes(&all) {
            Err(Error::PartsMissing { names }) => names,
            answer => break answer.err(),
        };
        take(&mut explorer, files, &mut fetched, names);
    };
    match refused {
        Some(error) => println!("quotes: {error}"),
        None => tell("quotes", &[fetched]),
    }
}

fn folder(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

/// The first two words of a title that have four letters or more.
fn pair(title: &str) -> Option<(String, String)> {
    let words = tokenize(title).map(|token| token.span.of(title));
    let mut long = words.filter(|word| word.chars().count() > 3);
    Some((long.next()?.to_owned(), long.next()?.to_owned()))
}

fn fetch<T>(
    explorer: &mut Explorer,
    files: &BTreeMap<String, Vec<u8>>,
    fetched: &mut Fetched,
    ask: impl Fn(&mut Explorer) -> Result<T, Error>,
) -> T {
    loop {
        let names = match ask(explorer) {
            Err(Error::PartsMissing { names }) => names,
            answer => return answer.expect("a good request"),
        };
        take(explorer, files, fetched, names);
    }
}

/// Fetches the files that a question lacks.
fn take(
    explorer: &mut Explorer,
    files: &BTreeMap<String, Vec<u8>>,
    fetched: &mut Fetched,
    names: Vec<String>,
) {
    fetched.rounds += 1;
    for name in names {
        let stored = files.get(&name).expect("a part that was written");
        fetched.requests += 1;
        *fetched.bytes.entry(folder(&name).to_owned()).or_default() += stored.len();
        let bytes = unpacked(&name, stored).expect("deflated");
        explorer.take_part(&name, &bytes).expect("as written");
    }
}

fn tell(name: &str, fetched: &[Fetched]) {
    let at = |mut numbers: Vec<usize>, share: f64| {
        numbers.sort_unstable();
        let place = (numbers.len().saturating_sub(1) as f64 * share) as usize;
        numbers.get(place).copied().unwrap_or_default()
    };
    let three = |of: &dyn Fn(&Fetched) -> usize| {
        let numbers: Vec<usize> = fetched.iter().map(of).collect();
        [0.5, 0.95, 1.0].map(|share| at(numbers.clone(), share))
    };
    let [median, p95, most] = three(&Fetched::all);
    let [requests, _, most_requests] = three(&|one| one.requests);
    let [rounds, _, most_rounds] = three(&|one| one.rounds);
    println!(
        "{name:>10}: bytes median {median} p95 {p95} most {most}; requests {requests} (most \
         {most_requests}); rounds {rounds} (most {most_rounds})"
    );
    for kind in [
        "words", "units", "places", "lists", "pages", "shapes", "names",
    ] {
        let [median, p95, most] = three(&|one| one.bytes.get(kind).copied().unwrap_or_default());
        println!(
            "{:>10}  {kind:<8} median {median} p95 {p95} most {most}",
            ""
        );
    }
}
