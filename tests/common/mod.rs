//! What several test files share: the bundled pages and short ways to ask.

use kashshaf::analysis::Lens;
use kashshaf::api::{Explorer, FileOptions, FileReport, SearchReply, SearchRequest};
use kashshaf::index::{Index, Scope};
use kashshaf::parse::Page;
use kashshaf::search::{Query, Search};
use std::path::{Path, PathBuf};

/// A path inside the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Name and bytes of the bundled pages, in order of their names.
pub(crate) fn bundled_files() -> Vec<(String, Vec<u8>)> {
    let mut paths = files_below("corpus");
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let read = |path: &PathBuf| {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, std::fs::read(path).expect("a bundled page"))
    };
    paths.iter().map(read).collect()
}

/// The bundled pages, read.
pub(crate) fn bundled_pages() -> Vec<Page> {
    let pages = bundled_files();
    pages
        .iter()
        .map(|(name, bytes)| Page::read(name, bytes).expect("text"))
        .collect()
}

/// An index of texts, refreshed; the texts differ.
pub(crate) fn index_of<T: AsRef<[u8]>>(texts: &[T]) -> Index {
    let mut index = Index::default();
    for (number, text) in texts.iter().enumerate() {
        let page = Page::read(&format!("{number}.txt"), text.as_ref()).expect("text");
        index.add(page, false).expect("a new page");
    }
    index.refresh();
    index
}

/// The bundled pages, indexed.
pub(crate) fn bundled_index() -> Index {
    let texts: Vec<Vec<u8>> = bundled_files()
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    index_of(&texts)
}

/// Hits and documents of a query.
pub(crate) fn totals(index: &Index, query: &str, lens: Lens, scope: Scope) -> (usize, usize) {
    Search::new(index).totals(&Query::parse(query), lens, scope)
}

/// Adds a file to an explorer.
pub(crate) fn add(explorer: &mut Explorer, name: &str, bytes: &[u8]) -> FileReport {
    let options = FileOptions {
        name: name.to_owned(),
        ..FileOptions::default()
    };
    explorer.add_file(&options, bytes)
}

/// An explorer with the bundled pages.
pub(crate) fn bundled_explorer() -> Explorer {
    let mut explorer = Explorer::default();
    for (name, bytes) in bundled_files() {
        let options = FileOptions {
            name,
            bundled: Some(true),
            ..FileOptions::default()
        };
        assert_eq!(explorer.add_file(&options, &bytes).status, "read");
    }
    explorer
}

/// Searches with the default lens in a scope.
pub(crate) fn search(explorer: &mut Explorer, query: &str, scope: &str) -> SearchReply {
    let request = SearchRequest {
        query: query.to_owned(),
        scope: Some(scope.to_owned()),
        ..SearchRequest::default()
    };
    explorer.search(&request).expect("a good request")
}

/// Every file at and below a folder of the repository, sorted; what is built or
/// fetched is passed over.
pub(crate) fn files_below(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(&repository(folder), &mut found);
    found.sort();
    found
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
    }
    let Ok(entries) = std::fs::read_dir(path) else {
        return;
    };
    for entry in entries {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        if !["node_modules", "target", "dist", ".git"]
            .iter()
            .any(|built| name == *built)
        {
            walk(&entry.path(), found);
        }
    }
}
