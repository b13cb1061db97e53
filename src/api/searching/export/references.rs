//! Documents as references: RIS and BibLaTeX.

use crate::api::corpus::headings::DocumentName;
use crate::index::{Documents, Index, Scope};
use crate::search::DocumentMatch;

/// What references say beside the name of a document.
struct Reference {
    authors: Vec<String>,
    keywords: Vec<String>,
}

fn reference(index: &Index, scope: Scope, found: &DocumentMatch) -> Reference {
    let page = Documents::new(index, scope).page(found.document);
    let of_page = index.page(page);
    let article = match scope {
        Scope::Pages => 0,
        Scope::Main | Scope::Articles => index
            .articles()
            .get(found.document.0 as usize)
            .map_or(0, |article| article.index),
    };
    let facts = of_page.map(|page| index.facts(page));
    Reference {
        authors: facts
            .as_ref()
            .map_or_else(Vec::new, |f| f.authors_of(article).to_vec()),
        keywords: facts.map_or_else(Vec::new, |facts| facts.keywords_of(article)),
    }
}

/// RIS: a tag, two spaces, a hyphen and a space before each value; a line ends a value.
pub(super) fn ris(
    index: &Index,
    scope: Scope,
    found: &DocumentMatch,
    name: &DocumentName,
    into: &mut String,
) {
    let more = reference(index, scope, found);
    let mut line = |tag: &str, value: &str| {
        let words: Vec<&str> = value.split_whitespace().collect();
        into.push_str(tag);
        into.push_str("  - ");
        into.push_str(&words.join(" "));
        into.push_str("\r\n");
    };
    line("TY", "NEWS");
    line("ID", &name.document);
    line("TI", name.title.as_deref().unwrap_or(&name.heading));
    more.authors.iter().for_each(|author| line("AU", author));
    name.outlets.iter().for_each(|outlet| line("T2", outlet));
    if let Some(date) = &name.published {
        line("PY", date.iso.get(..4).unwrap_or_default());
        line("DA", &format!("{}/", date.iso.replace('-', "/")));
    }
    more.keywords.iter().for_each(|keyword| line("KW", keyword));
    if let Some(url) = &name.url {
        line("UR", url);
    }
    line(
        "N1",
        &format!("{} hits; {}", found.matches.len(), name.page),
    );
    line("DB", "Kashshaf");
    line("ER", "");
    into.push_str("\r\n");
}

/// BibLaTeX, `@online` for what has an address, else `@misc`.
pub(super) fn bibtex(
    index: &Index,
    scope: Scope,
    found: &DocumentMatch,
    name: &DocumentName,
    into: &mut String,
) {
    let more = reference(index, scope, found);
    let kind = if name.url.is_some() { "online" } else { "misc" };
    into.push_str(&format!("@{kind}{{kashshaf-{},\n", name.document));
    let mut field = |key: &str, value: &str| {
        if !value.is_empty() {
            into.push_str(&format!("  {key} = {{{value}}},\n"));
        }
    };
    let title = name.title.as_deref().unwrap_or(&name.heading);
    field("title", &format!("{{{}}}", tex(title)));
    let authors = more
        .authors
        .iter()
        .map(|author| format!("{{{}}}", tex(author)));
    field("author", &authors.collect::<Vec<_>>().join(" and "));
    field("organization", &tex(&name.outlets.join("; ")));
    if let Some(date) = &name.published {
        field("date", &date.iso);
    }
    if let Some(url) = &name.url {
        // Percent signs and the like stand in addresses as they are.
        field("url", &url.replace(['{', '}', '\\'], ""));
    }
    field("keywords", &tex(&more.keywords.join(", ")));
    field(
        "note",
        &format!("{} hits; {}", found.matches.len(), tex(&name.page)),
    );
    into.push_str("}\n\n");
}

/// Characters that mean something to TeX, as text.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_reads_what_was_written() {
        assert_eq!(
            tex("50% & {a}_b ~\\"),
            "50\\% \\& \\{a\\}\\_b \\textasciitilde{}\\textbackslash{}"
        );
    }
}
