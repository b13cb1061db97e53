//! Finds and reads files.

use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::{Page, ReadError};
use std::path::{Path, PathBuf};

/// A file to read and the name it goes by.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// File name, or the path below the folder that was given.
    pub(crate) name: String,
}

/// The files at and below the paths, folders in order of name. The second
/// value says whether something could not be looked into.
pub(crate) fn sources(paths: &[PathBuf]) -> (Vec<Source>, bool) {
    let (mut found, mut failed) = (Vec::new(), false);
    for path in paths {
        if path.is_dir() {
            failed |= !walk(path, path, &mut found);
        } else {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned();
            found.push(Source {
                path: path.clone(),
                name,
            });
        }
    }
    (found, failed)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) -> bool {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            complain(
                &folder.to_string_lossy(),
                &format!("cannot be read: {error}"),
            );
            return false;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut complete = true;
    for entry in entries {
        let path = entry.path();
        // Links to folders could run in circles; `file_type` does not follow them.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            complete &= walk(root, &path, found);
        } else if path.is_file() {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            found.push(Source { path, name });
        }
    }
    complete
}

/// Reads one page; what goes wrong is said on standard error.
/// The second value is false when something was lost.
pub(crate) fn read_page(source: &Source, rules: &Rules) -> (Option<Page>, bool) {
    let bytes = match std::fs::read(&source.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(
                &source.path.to_string_lossy(),
                &format!("cannot be read: {error}"),
            );
            return (None, false);
        }
    };
    match Page::read_with(&source.name, &bytes, rules) {
        Ok(page) => {
            if let Some(warning) = &page.warning {
                complain(
                    &source.path.to_string_lossy(),
                    &format!("{}: {warning}", warning.code()),
                );
            }
            let complete = page.warning.is_none();
            (Some(page), complete)
        }
        Err(error) => {
            complain(&source.path.to_string_lossy(), &describe(&error));
            (None, false)
        }
    }
}

fn describe(error: &ReadError) -> String {
    format!("{}: {error}", error.code())
}

/// Says on standard error what is wrong with an input.
pub(crate) fn complain(input: &str, message: &str) {
    eprintln!("kashshaf: {input}: {message}");
}
