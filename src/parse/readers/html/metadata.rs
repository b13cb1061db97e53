//! What an HTML page says of itself: JSON-LD, then its `<meta>` elements, then
//! its `<time>` elements, then its `<title>`. The first that states a field counts.

use super::super::draft::{date_of, web_address};
use super::dom::{Dom, NodeId, ROOT};
use crate::parse::Given;
use crate::parse::given::{GivenDate, GivenOrigin};
use crate::sorting::Arrange;
use serde_json::Value;

/// Types of JSON-LD nodes that describe an article.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
];
/// Values inside one another in which an article is looked for.
const JSON_DEPTH: usize = 6;

/// Gathers the metadata of a page.
pub(super) fn metadata(dom: &Dom) -> Given {
    let mut given = Given::default();
    for node in dom.below(ROOT) {
        let is_json = dom
            .attribute(node, "type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        if dom.name(node) == "script"
            && is_json
            && let Ok(value) = serde_json::from_str::<Value>(dom.text(node).trim())
            && let Some(article) = article_in(&value, JSON_DEPTH)
        {
            given.complete_from(&of_json(article));
        }
    }
    let nodes: Vec<NodeId> = dom.below(ROOT).collect();
    given.complete_from(&of_meta(dom, &nodes));
    if given.published.is_none() {
        given.published = nodes.iter().find_map(|&node| of_time(dom, node));
    }
    if given.title.is_none() {
        let title = nodes.iter().find(|&&node| dom.name(node) == "title");
        given.title = title.and_then(|&node| clean(&dom.text(node)));
    }
    given
}

/// Text on one line; none when it is empty.
fn clean(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn article_in(value: &Value, depth: usize) -> Option<&Value> {
    if depth == 0 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article_in(item, depth - 1)),
        Value::Object(object) => {
            let is_article = |kind: &Value| {
                let name = kind.as_str().unwrap_or_default();
                ARTICLES.contains(&name.rsplit(['/', '#']).next().unwrap_or(name))
            };
            let kinds = object.get("@type");
            let found = match kinds {
                Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                Some(kind) => is_article(kind),
                None => false,
            };
            if found {
                return Some(value);
            }
            ["@graph", "mainEntity", "itemListElement"]
                .iter()
                .find_map(|key| article_in(object.get(*key)?, depth - 1))
        }
        _ => None,
    }
}

/// Texts of a value: of a string itself, of an object its name, of a list all of them.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => clean(text).into_iter().collect(),
        Some(Value::Array(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(Value::Object(object)) => {
            let named = ["name", "@value", "@id", "url"]
                .iter()
                .find_map(|key| object.get(*key));
            texts(named)
        }
        _ => Vec::new(),
    }
}

fn of_json(article: &Value) -> Given {
    let first = |key: &str| texts(article.get(key)).into_iter().next();
    let date = |key: &str| first(key).and_then(|raw| date_of(raw, GivenOrigin::JsonLd));
    let keywords = texts(article.get("keywords"));
    Given {
        title: first("headline").or_else(|| first("name")),
        published: date("datePublished").or_else(|| date("dateCreated")),
        outlets: first("publisher").into_iter().collect(),
        authors: texts(article.get("author")),
        keywords: keywords.iter().flat_map(|text| items(text)).collect(),
        url: ["url", "mainEntityOfPage"]
            .iter()
            .find_map(|key| web_address(&first(key)?)),
        description: first("description"),
        id: None,
    }
}

fn items(list: &str) -> Vec<String> {
    let items = list.split([',', '،', ';', '؛']);
    items.filter_map(clean).collect()
}

fn of_meta(dom: &Dom, nodes: &[NodeId]) -> Given {
    let mut given = Given::default();
    let mut dates: Vec<(usize, String)> = Vec::new();
    const DATES: [&str; 8] = [
        "article:published_time",
        "datepublished",
        "publishdate",
        "publish_date",
        "pubdate",
        "dc.date.issued",
        "dc.date",
        "date",
    ];
    for &node in nodes {
        match dom.name(node) {
            "link" => {
                let is_canonical = dom
                    .attribute(node, "rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if is_canonical {
                    // What the page itself calls its address stands before og:url.
                    let url = dom.attribute(node, "href").and_then(web_address);
                    given.url = url.or(given.url.take());
                }
            }
            "meta" => {
                let name = ["property", "name", "itemprop"]
                    .iter()
                    .find_map(|attribute| dom.attribute(node, attribute));
                let content = dom.attribute(node, "content").and_then(clean);
                let (Some(name), Some(content)) = (name, content) else {
                    continue;
                };
                let name = name.trim().to_ascii_lowercase();
                if let Some(rank) = DATES.iter().position(|known| *known == name) {
                    dates.push((rank, content));
                    continue;
                }
                take_meta(&mut given, &name, content);
            }
            _ => {}
        }
    }
    dates.arrange_by_key(|(rank, _)| *rank);
    given.published = dates
        .into_iter()
        .find_map(|(_, raw)| date_of(raw, GivenOrigin::MetaTag));
    given
}

fn take_meta(given: &mut Given, name: &str, content: String) {
    match name {
        "og:title" | "twitter:title" => {
            given.title.get_or_insert(content);
        }
        "og:site_name" | "application-name" if given.outlets.is_empty() => {
            given.outlets.push(content);
        }
        "author" | "article:author" | "dc.creator"
            if given.authors.is_empty() && web_address(&content).is_none() =>
        {
            given.authors.push(content);
        }
        "keywords" | "news_keywords" if given.keywords.is_empty() => {
            given.keywords = items(&content);
        }
        "description" | "og:description" => {
            given.description.get_or_insert(content);
        }
        "og:url" if given.url.is_none() => given.url = web_address(&content),
        _ => {}
    }
}

/// The first `<time>` that has a date.
fn of_time(dom: &Dom, node: NodeId) -> Option<GivenDate> {
    if dom.name(node) != "time" {
        return None;
    }
    let stated = dom.attribute(node, "datetime").and_then(clean);
    let raw = stated.or_else(|| clean(&dom.text(node)))?;
    date_of(raw, GivenOrigin::TimeElement)
}
