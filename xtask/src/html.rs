//! Small changes to the text of an HTML page, each of which must find its place.

use anyhow::{Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The script that starts the engine, as the pages name it.
const START: (&str, &str) = ("<script src=\"start.js\"", "></script>");
const SCRIPT_SOURCES: &str = "script-src 'self'";

/// A page to serve: the script that starts the engine is put into it, so that
/// it waits for no further answer of the server.
pub fn with_start(page: &str, start: &str) -> Result<String> {
    refuse_markup("start.js", start, &["</script", "<!--"])?;
    let sources = format!("{SCRIPT_SOURCES} '{}'", hash(start));
    let page = replace(page, SCRIPT_SOURCES, &sources)?;
    let (before, attributes, after) = between(&page, START)?;
    Ok([
        before,
        "<script",
        attributes,
        ">",
        start,
        "</script>",
        after,
    ]
    .concat())
}

/// A hash source for the Content-Security-Policy.
pub fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// Text as it stands in an attribute's quotes.
pub fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

/// An error when a script or style would end its own element.
pub fn refuse_markup(name: &str, text: &str, marks: &[&str]) -> Result<()> {
    let text = text.to_ascii_lowercase();
    for mark in marks {
        ensure!(
            !text.contains(mark),
            "{name} contains {mark:?} and cannot stand inside an HTML file"
        );
    }
    Ok(())
}

/// Replaces what stands in the page exactly once.
pub fn replace(page: &str, old: &str, new: &str) -> Result<String> {
    match page.matches(old).count() {
        1 => Ok(page.replacen(old, new, 1)),
        count => bail!("the page must contain {old:?} once; it stands there {count} times"),
    }
}

/// What stands before, between and after two marks; the first must stand there exactly once.
pub fn between<'a>(
    page: &'a str,
    (open, close): (&str, &str),
) -> Result<(&'a str, &'a str, &'a str)> {
    let parts = page.split_once(open).and_then(|(before, rest)| {
        rest.split_once(close)
            .map(|(inside, after)| (before, inside, after))
    });
    match parts {
        Some(parts) if page.matches(open).count() == 1 => Ok(parts),
        _ => bail!("the page must contain {open:?} … {close:?} once"),
    }
}

/// Replaces what stands between two marks.
pub fn replace_between(page: &str, marks: (&str, &str), new: &str) -> Result<String> {
    let (before, _, after) = between(page, marks)?;
    Ok([before, marks.0, new, marks.1, after].concat())
}

/// Removes what stands between two marks, and them.
pub fn remove_with_marks(page: &str, marks: (&str, &str)) -> Result<String> {
    let (before, _, after) = between(page, marks)?;
    Ok([before, after].concat())
}

/// The same, of a page that may lack them.
pub fn remove_where_marked(page: &str, marks: (&str, &str)) -> Result<String> {
    if page.contains(marks.0) {
        return remove_with_marks(page, marks);
    }
    Ok(page.to_owned())
}
