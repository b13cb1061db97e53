//! How well page anatomy does on real articles poured into page layouts.
//!
//! ```text
//! cargo bench --bench anatomy_accuracy -- --news FILE.jsonl [--layouts DIR]... [--pages N] [--show N]
//! ```
//!
//! The file holds one JSON object a line with title, date, source and body.
//! tests/layouts/README.md says what a layout is, how gold is defined and what
//! is compared. `--show` prints the first N pages of each layout that are not
//! right, with the parts found, so that a rule can be mended.
#![allow(clippy::print_stdout, reason = "a program that prints its report")]

mod dates;
mod layout;
mod news;
mod pour;
mod score;

use layout::Layout;
use news::News;
use pour::{Dice, Poured, pour};
use score::Score;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

struct Options {
    news: String,
    layouts: Vec<PathBuf>,
    pages: usize,
    show: usize,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            println!("{what}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let (mut news, mut layouts, mut pages, mut show) = (None, Vec::new(), 100, 0);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match arg.as_str() {
            "--news" => news = Some(value()?),
            "--layouts" => layouts.push(PathBuf::from(value()?)),
            "--pages" => pages = number(value()?)?,
            "--show" => show = number(value()?)?,
            "--bench" => {}
            _ => return Err(format!("unknown option {arg}")),
        }
    }
    if layouts.is_empty() {
        layouts = vec![root.join("dev"), root.join("held")];
    }
    let news = news
        .ok_or("--news FILE.jsonl is missing: one object a line, with title, date, source, body")?;
    Ok(Options {
        news,
        layouts,
        pages,
        show,
    })
}

fn run(options: &Options) -> Result<(), String> {
    let news = News::read(&options.news)?;
    println!("{} articles; left out:", news.stories.len());
    for (why, count) in &news.left_out {
        println!("  {count:>6}  {why}");
    }
    for folder in &options.layouts {
        let layouts = read_layouts(folder)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        println!(
            "\n{name}: {} layouts, {} pages each",
            layouts.len(),
            options.pages
        );
        println!(
            "{:<28} {:>6}  {:<11} {:<11} {:<11} {:<11} {:<11}",
            "precision/recall", "right", "boundaries", "words", "titles", "dates", "outlets"
        );
        let mut all = Score::default();
        let (mut perfect, mut pages) = (0, 0);
        for layout in &layouts {
            let (score, right) = of_layout(layout, &news, options);
            println!("{}", row(&layout.name, right, options.pages, &score));
            all.add(&score);
            perfect += right;
            pages += options.pages;
        }
        println!("{}", row("all", perfect, pages, &all));
    }
    Ok(())
}

fn of_layout(layout: &Layout, news: &News, options: &Options) -> (Score, usize) {
    let mut dice = Dice::new(&layout.name);
    let (mut sum, mut right, mut shown) = (Score::default(), 0, 0);
    for _ in 0..options.pages {
        let page = pour(layout, &news.stories, &mut dice);
        let score = score::score(&page);
        sum.add(&score);
        if score.is_perfect() {
            right += 1;
        } else if shown < options.show {
            shown += 1;
            show(&layout.name, &page);
        }
    }
    (sum, right)
}

fn row(name: &str, right: usize, pages: usize, score: &Score) -> String {
    let both = |tally: &score::Tally| format!("{:.3}/{:.3}", tally.precision(), tally.recall());
    format!(
        "{name:<28} {right:>3}/{pages:<4} {:<11} {:<11} {:<11} {:<11} {:<11}",
        both(&score.boundaries),
        both(&score.bytes),
        both(&score.titles),
        both(&score.dates),
        both(&score.outlets)
    )
}

fn show(name: &str, page: &Poured) {
    println!("--- {name}");
    let (parts, articles) = kashshaf::parse::anatomy::split(&page.text);
    for part in parts {
        let text = part.span.of(&page.text);
        if text.trim().is_empty() {
            continue;
        }
        let (start, end) = (part.span.start as usize, part.span.end as usize);
        let put = page
            .articles
            .iter()
            .position(|gold| gold.spans.iter().any(|&(s, e)| s < end && start < e));
        let number = |index: Option<usize>| index.map_or("-".to_owned(), |at| at.to_string());
        let short: String = text.chars().take(90).collect();
        let flag = if number(put) == number(part.article)
            || put.is_none() && !matches!(part.kind.name(), "title" | "body")
        {
            ' '
        } else {
            '!'
        };
        println!(
            "{flag} gold {} found {} {} {}: {}",
            number(put),
            number(part.article),
            part.kind.name(),
            part.reason,
            short.replace('\n', "⏎")
        );
    }
    for (article, gold) in articles.iter().zip(&page.articles) {
        let outlets: Vec<&str> = article
            .outlets
            .iter()
            .map(|span| span.of(&page.text))
            .collect();
        println!(
            "  found {:?} {outlets:?}; put {:?} {:?}",
            article.published.map(|p| p.date.to_string()),
            gold.date.map(|date| date.to_string()),
            gold.outlets
        );
    }
}

fn read_layouts(folder: &Path) -> Result<Vec<Layout>, String> {
    let mut paths = Vec::new();
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            Layout::parse(&name, &text)
        })
        .collect()
}
