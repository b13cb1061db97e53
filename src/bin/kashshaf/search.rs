//! `kashshaf search`: one JSON object with totals and the best documents.

use crate::arguments::{Options, Usage, options};
use crate::index::{open, read_corpus};
use crate::input::write_ledger;
use crate::{Failure, Outcome};
use kashshaf::analysis::Lens;
use kashshaf::api::{ExportFormat, export_document, export_head};
use kashshaf::index::{Documents, Index, PageId, Scope};
use kashshaf::search::bag_ranking::BagRanking;
use kashshaf::search::columns::{Columns, Facet, Filters};
use kashshaf::search::form_names::FormNames;
use kashshaf::search::reason::Reasons;
use kashshaf::search::relevance::{Preferences, WINDOW};
use kashshaf::search::results::{Order, Results};
use kashshaf::search::snippet::{Snippet, best_snippet, span_in};
use kashshaf::search::{DocumentMatch, ExplainedPart, Query};
use kashshaf::text::ByteSpan;
use kashshaf::text::line::LineCursor;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;

pub(crate) fn search(mut arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let query = arguments
        .pop()
        .filter(|q| !q.is_empty())
        .ok_or_else(|| Usage("search: no query".to_owned()))?;
    let query = query
        .to_str()
        .ok_or_else(|| Usage("search: the query is not Unicode text".to_owned()))?;
    let options = options(
        arguments,
        &[
            "corpus", "index", "lens", "scope", "apart", "also", "why", "limit", "sort", "outlet",
            "date", "keyword", "export",
        ],
    )?;
    if options.corpus.is_empty() == options.index.is_none() {
        return Err(
            Usage("search: one of --corpus PATH and --index INDEX is needed".to_owned()).into(),
        );
    }
    let lens = named(
        "lens",
        options.lens.as_deref(),
        Lens::from_name,
        &Lens::ALL.map(Lens::name),
    )?;
    let scope = named(
        "scope",
        options.scope.as_deref(),
        Scope::from_name,
        &Scope::ALL.map(Scope::name),
    )?;
    let order = named(
        "sort",
        options.sort.as_deref(),
        Order::from_name,
        &Order::ALL.map(Order::name),
    )?;
    let export = named(
        "export",
        options.export.as_deref(),
        |name| ExportFormat::from_name(name).map(Some),
        &ExportFormat::ALL.map(ExportFormat::name),
    )?;

    let (saved, failed) = match &options.index {
        Some(path) => match open(path) {
            Some(saved) => (saved, false),
            None => return Ok(Outcome::SomeInputFailed),
        },
        None => read_corpus(&options, None)?,
    };
    let index = saved.index;
    write_ledger(&options, saved.intake.ledger())?;

    let mut parsed = Query::parse(query);
    for letter in options.apart.iter().flat_map(|letters| letters.split(',')) {
        match letter {
            "teh" => parsed.apart.teh = true,
            "yeh" => parsed.apart.yeh = true,
            _ => return Err(Usage(format!("--apart: found «{letter}»; allowed: teh, yeh")).into()),
        }
    }
    match options.other("also") {
        Some("names") => {
            let names = FormNames::new(index.lexicon());
            parsed.also_names(&names, index.lexicon());
        }
        Some(other) => return Err(Usage(format!("--also: found «{other}»; allowed: names")).into()),
        None => {}
    }
    for notice in &parsed.notices {
        let place = query.get(..notice.at).unwrap_or(query).chars().count() + 1;
        let (code, text) = (notice.code.name(), &notice.text);
        eprintln!("kashshaf: query: character {place}: {code}: «{text}»");
    }
    let mut columns = Columns::default();
    columns.prepare(&index, usize::MAX);
    let filters = filters(&columns, &options)?;
    let keep = |documents: &Documents<'_>, document| filters.keep(&columns, documents, document);
    let some = parsed.some();
    let Some(mut results) = Results::find(&index, &parsed, lens, scope, Some(&keep)) else {
        return Ok(Outcome::SomeInputFailed);
    };
    let text = parsed.telling_text();
    let bags = match order {
        Order::Relevance => BagRanking::new(&index, scope),
        _ => None,
    };
    let put_in_order = |results: &mut Results<'_>| {
        let first = options.export.is_none().then_some(options.limit);
        results.order(
            order,
            &columns,
            first.map_or(usize::MAX, |first| first.max(WINDOW)),
        );
        if order == Order::Relevance {
            results.refine(&text, bags.as_ref(), &columns, &Preferences::default());
        }
    };
    put_in_order(&mut results);
    let done = if failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    };
    let (hits, documents) = results.totals();
    if let Some(format) = export {
        write_export(&index, scope, &results, documents, format)?;
        return Ok(done);
    }
    let shown = |results: &Results<'_>| -> Vec<Value> {
        let page = results.page(0..options.limit);
        let told = page.iter().map(|found| {
            let mut hit = document(&index, found, scope);
            if options.why {
                hit["forms"] = forms(&index, &parsed, lens, found);
                let explained = results.explain(found.document, &text, bags.as_ref(), &columns);
                hit["parts"] = explained.iter().flat_map(|e| &e.parts).map(part).collect();
            }
            let missing = results.missing(found.document).into_iter();
            let missing = missing.filter_map(|number| parsed.clauses.get(number));
            let missing: Vec<&str> = missing.map(|clause| clause.text.as_str()).collect();
            if !missing.is_empty() {
                hit["missing"] = json!(missing);
            }
            hit
        });
        told.collect()
    };
    let mut reply = json!({
        "format": 1,
        "query": query,
        "lens": lens.name(),
        "scope": scope.name(),
        "totals": { "hits": hits, "documents": documents },
        "hits": shown(&results),
    });
    if let (0, Some(some)) = (documents, &some) {
        results.loosen(some, Some(&keep), None);
        put_in_order(&mut results);
        let (hits, documents) = results.totals();
        reply["some"] = json!({
            "totals": { "hits": hits, "documents": documents },
            "hits": shown(&results),
        });
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{reply}")?;
    Ok(done)
}

fn part(part: &ExplainedPart) -> Value {
    let terms = part.terms.iter().map(|term| {
        json!({
            "text": term.text, "tf": term.tf, "df": term.df, "idf": term.idf, "weight": term.weight,
        })
    });
    json!({
        "part": part.part.name(), "weight": part.weight, "length": part.length, "average": part.average,
        "terms": terms.collect::<Vec<_>>(),
    })
}

/// What documents must have, by the options.
fn filters(columns: &Columns, options: &Options) -> Result<Filters, Usage> {
    let mut filters = Filters::default();
    let chosen = [
        (Facet::Outlet, &options.outlets),
        (Facet::Date, &options.dates),
        (Facet::Keyword, &options.keywords),
    ];
    for (facet, values) in chosen {
        filters.choose(columns, facet, values).map_err(|found| {
            Usage(format!(
                "--{}: found «{found}»; allowed: a year, month or day (2023, 2023-09, 2023-09-15), none",
                facet.name()
            ))
        })?;
    }
    Ok(filters)
}

/// Writes all documents, some at a time.
fn write_export(
    index: &Index,
    scope: Scope,
    results: &Results<'_>,
    documents: usize,
    format: ExportFormat,
) -> Result<(), Failure> {
    const AT_ONCE: usize = 500;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut text = export_head(format);
    for start in (0..documents).step_by(AT_ONCE) {
        for found in results.page(start..start + AT_ONCE) {
            export_document(index, scope, &found, format, &mut text);
        }
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Reads an option that is one of a few names.
fn named<T: Default>(
    option: &str,
    value: Option<&str>,
    from_name: impl Fn(&str) -> Option<T>,
    allowed: &[&str],
) -> Result<T, Usage> {
    let Some(value) = value else {
        return Ok(T::default());
    };
    from_name(value).ok_or_else(|| {
        Usage(format!(
            "--{option}: found «{value}»; allowed: {}",
            allowed.join(", ")
        ))
    })
}

fn document(index: &Index, found: &DocumentMatch, scope: Scope) -> Value {
    let (page_id, snippet) = best_snippet(index, found, scope);
    let Some(page) = index.page(page_id).map(|page| &page.page) else {
        return Value::Null;
    };
    let article = match scope {
        Scope::Pages => None,
        Scope::Main | Scope::Articles => index
            .articles()
            .get(found.document.0 as usize)
            .map(|article| page.article_id(article.index)),
    };
    json!({
        "document": article.clone().unwrap_or_else(|| page.id()),
        "page": page.name,
        "article": article,
        "score": (found.score * 1e6).round() / 1e6,
        "snippet": segments(&snippet),
        "matches": matches(index, page_id, found),
    })
}

/// Which forms matched and by which step.
fn forms(index: &Index, query: &Query, lens: Lens, found: &DocumentMatch) -> Value {
    let reasons = Reasons::new(index, query, lens);
    let told = found.forms.iter().filter_map(|matched| {
        let word = query.clauses.get(matched.clause)?.words.get(matched.word)?;
        let form = index.lexicon().form(matched.form);
        let reason = reasons.as_ref()?.of(word, form);
        Some(json!({
            "word": word.text, "form": form, "count": matched.count,
            "step": reason.step.name(), "detail": reason.detail, "share": reason.share,
        }))
    });
    told.collect()
}

fn segments(snippet: &Snippet) -> Vec<Value> {
    let (text, span) = (snippet.passage.excerpt(), snippet.span);
    let piece = |start: u32, end: u32, hit: bool| {
        (start < end).then(|| json!({ "text": text.of(ByteSpan { start, end }), "hit": hit }))
    };
    let mut at = span.start;
    let mut pieces: Vec<Value> = Vec::new();
    for hit in &snippet.hits {
        pieces.extend(piece(at, hit.start, false));
        pieces.extend(piece(hit.start, hit.end, true));
        at = hit.end;
    }
    pieces.extend(piece(at, span.end, false));
    pieces
}

fn matches(index: &Index, page: PageId, found: &DocumentMatch) -> Vec<Value> {
    let passage = index.passage(page, 0..u32::MAX);
    let text = passage.excerpt().after(0);
    let mut cursor = LineCursor::new(text);
    found
        .matches
        .iter()
        .map(|(m, _)| {
            let span = span_in(&passage, m);
            let start = cursor.advance_to(span.start as usize);
            let form = span.of(text);
            let columns = form.chars().count();
            json!({ "line": start.line, "start": start.column, "end": start.column + columns, "form": form })
        })
        .collect()
}
