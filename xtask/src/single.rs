//! The one HTML file: engine, corpus and shell inside, no request at all.

use crate::bundle::{Corpus, read, read_text};
use anyhow::{Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

const STYLESHEET: &str = "<link rel=\"stylesheet\" href=\"page.css\">\n";
const SCRIPT: &str = "<script src=\"app.js\" defer></script>\n";
const SERVED_ONLY: (&str, &str) = ("<!-- served-only -->\n", "<!-- /served-only -->\n");
const POLICY: (&str, &str) = ("http-equiv=\"Content-Security-Policy\" content=\"", "\">");
const CORPUS_LIST: &str = " src=\"corpus/index.json\"";
const END: &str = "</body>";

/// Writes the file from the page that is served otherwise.
pub fn write(wasm: &Path, worker: &Path, app: &Path, corpus: &Corpus, to: &Path) -> Result<()> {
    let page = read_text(Path::new("www/index.html"))?;
    let style = read_text(Path::new("www/page.css"))?;
    let worker = read_text(worker)?;
    let app = read_text(app)?;
    for (name, script) in [("the worker", &worker), ("the shell", &app)] {
        refuse_markup(name, script, &["</script", "<!--"])?;
    }
    refuse_markup("page.css", &style, &["</style"])?;

    // The page's own script and style are named by their hashes; the worker is
    // made from a Blob; nothing can be fetched, submitted or framed.
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{}'; \
         img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
        hash(&app),
        hash(&style)
    );
    let mut blocks = format!(
        "<script type=\"text/plain\" id=\"engine-worker\">{worker}</script>\n\
         <script type=\"text/plain\" id=\"engine-wasm\">{}</script>\n",
        pack(&read(wasm)?)?
    );
    for (name, bytes) in &corpus.pages {
        blocks.push_str(&format!(
            "<script type=\"text/plain\" data-corpus-page=\"{}\" data-bytes=\"{}\">{}</script>\n",
            attribute(name),
            bytes.len(),
            pack(bytes)?
        ));
    }
    let page = replace_between(&page, POLICY, &policy)?;
    let page = remove_with_marks(&page, SERVED_ONLY)?;
    let page = replace(&page, STYLESHEET, &format!("<style>{style}</style>\n"))?;
    let page = replace(&page, SCRIPT, "")?;
    let page = replace(&page, CORPUS_LIST, "")?;
    let page = replace(
        &page,
        END,
        &format!("{blocks}<script>{app}</script>\n{END}"),
    )?;
    crate::bundle::write(to, page.as_bytes())
}

/// A hash source for the Content-Security-Policy.
fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// Base64 of gzip.
fn pack(bytes: &[u8]) -> Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(STANDARD.encode(encoder.finish()?))
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

fn refuse_markup(name: &str, text: &str, marks: &[&str]) -> Result<()> {
    let text = text.to_ascii_lowercase();
    for mark in marks {
        ensure!(
            !text.contains(mark),
            "{name} contains {mark:?} and cannot stand inside an HTML file"
        );
    }
    Ok(())
}

fn replace(page: &str, old: &str, new: &str) -> Result<String> {
    match page.matches(old).count() {
        1 => Ok(page.replacen(old, new, 1)),
        count => bail!("www/index.html must contain {old:?} once; it stands there {count} times"),
    }
}

fn between<'a>(page: &'a str, (open, close): (&str, &str)) -> Result<(&'a str, &'a str, &'a str)> {
    let parts = page.split_once(open).and_then(|(before, rest)| {
        rest.split_once(close)
            .map(|(inside, after)| (before, inside, after))
    });
    match parts {
        Some(parts) if page.matches(open).count() == 1 => Ok(parts),
        _ => bail!("www/index.html must contain {open:?} … {close:?} once"),
    }
}

fn replace_between(page: &str, marks: (&str, &str), new: &str) -> Result<String> {
    let (before, _, after) = between(page, marks)?;
    Ok([before, marks.0, new, marks.1, after].concat())
}

fn remove_with_marks(page: &str, marks: (&str, &str)) -> Result<String> {
    let (before, _, after) = between(page, marks)?;
    Ok([before, after].concat())
}
