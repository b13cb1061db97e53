//! The parts of an index, as files of a folder that any static host serves.

use crate::index::write_whole;
use kashshaf::api::name_shelves;
use kashshaf::index::{PartKind, SavedIndex, write_parts, write_parts_with_names};
use std::path::Path;

/// What a page is given as `src`.
const MANIFEST: &str = "index.json";

/// Writes the parts below a folder, and last what names the directory of them, so that whoever reads meanwhile has the
/// earlier index or this one. Returns what is said of them.
pub(crate) fn write(
    saved: &SavedIndex,
    folder: &Path,
    whole: &str,
) -> std::io::Result<serde_json::Value> {
    let index = &saved.index;
    let written = match &saved.layers {
        Some(layers) => {
            let names = name_shelves(index, layers).map_err(std::io::Error::other)?;
            write_parts_with_names(index, &names)
        }
        None => write_parts(index),
    };
    let mut sizes = Vec::new();
    for kind in PartKind::ALL {
        std::fs::create_dir_all(folder.join(kind.name()))?;
        let files = written.parts.iter();
        let of_kind = files.filter(|(name, _)| name.starts_with(kind.name()));
        let bytes: Vec<usize> = of_kind.map(|(_, bytes)| bytes.len()).collect();
        sizes.push(serde_json::json!({
            "kind": kind.name(),
            "files": bytes.len(),
            "bytes": bytes.iter().sum::<usize>(),
            "largest": bytes.iter().max().copied().unwrap_or_default(),
        }));
    }
    for (name, bytes) in &written.parts {
        write_whole(&folder.join(name), bytes)?;
    }
    let directory = written.directory_name();
    let stored = written.stored_directory();
    write_whole(&folder.join(&directory), &stored)?;
    let manifest = serde_json::json!({
        "format": 1,
        "parts": {
            "directory": directory,
            "bytes": stored.len(),
            "whole": whole,
        },
    });
    write_whole(&folder.join(MANIFEST), format!("{manifest:#}\n").as_bytes())?;
    Ok(serde_json::json!({
        "manifest": folder.join(MANIFEST).to_string_lossy(),
        "directory": stored.len(),
        "kinds": sizes,
    }))
}
