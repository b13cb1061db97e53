//! Codes of the rules that decide about parts and dates, for pages that are read back from a file.

/// Every code.
pub(crate) const REASONS: [&str; 48] = [
    "after-comments",
    "after-keywords",
    "after-published",
    "after-read-also",
    "after-related",
    "after-share",
    "after-source",
    "after-source-line",
    "bare-date",
    "before-first-paragraph",
    "before-title",
    "between-parts",
    "between-title-and-text",
    "cue-boilerplate",
    "cue-byline",
    "cue-comments",
    "cue-keywords",
    "cue-published",
    "cue-read-also",
    "cue-related",
    "cue-share",
    "cue-source",
    "cue-updated",
    "date-cell",
    "date-in-list",
    "date-line",
    "first-line",
    "given-field",
    "glued-headlines",
    "hashtags",
    "inside-article",
    "line-before-paragraph",
    "list-bullet",
    "navigation",
    "no-letters",
    "no-rule",
    "only-button-words",
    "only-headlines",
    "outside-main-text",
    "own-rule",
    "paragraph-after-source",
    "paragraph-in-list",
    "repeated-across-pages",
    "running-text",
    "short-text",
    "title-without-text",
    "trailing-list",
    "word-in-list",
];

/// Stands for a code that this version does not have.
const UNKNOWN: &str = "unknown-rule";

/// The code with this name.
pub(crate) fn reason(name: &str) -> &'static str {
    let known = REASONS.into_iter().find(|&known| known == name);
    known.unwrap_or(UNKNOWN)
}

/// The code with this number in the table.
pub(crate) fn reason_at(number: u32) -> &'static str {
    let known = REASONS.get(number as usize).copied();
    known.unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn every_code_that_is_given_is_in_the_table() {
        let folders = ["corpus", "tests/pages"]
            .map(|folder| format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")));
        let files = folders
            .iter()
            .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
        let mut seen = std::collections::BTreeSet::new();
        for file in files {
            let bytes = std::fs::read(file.expect("a file").path()).expect("readable");
            let page = Page::read("page", &bytes).expect("text");
            seen.extend(page.parts.iter().map(|part| part.reason));
            let published = page.articles.iter().filter_map(|article| article.published);
            seen.extend(published.map(|published| published.origin));
        }
        assert!(seen.len() > 20);
        for code in seen {
            assert_eq!(reason(code), code);
        }
        assert_eq!(reason("made-up"), UNKNOWN);
    }
}
