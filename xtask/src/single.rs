//! The one HTML file: engine, corpus and shell inside, no request at all.

use crate::bundle::{Corpus, Legal, read, read_text};
use crate::html::{attribute, hash, refuse_markup, remove_with_marks, replace, replace_between};
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

const STYLESHEET: &str = "<link rel=\"stylesheet\" href=\"page.css\">\n";
const START: &str = "<script src=\"start.js\" data-corpus=\"corpus/index.json\"></script>\n";
const APP: &str = "<script src=\"app.js\" defer></script>\n";
const SERVED_ONLY: (&str, &str) = ("<!-- served-only -->\n", "<!-- /served-only -->\n");
const POLICY: (&str, &str) = ("http-equiv=\"Content-Security-Policy\" content=\"", "\">");
const CORPUS_LIST: &str = " src=\"corpus/index.json\"";
const END: &str = "</body>";

/// Writes the file from the page that is served otherwise.
/// `scripts` are the one that starts the engine and the shell; `carried` are files that stand
/// there as data under an id and are unpacked when they are needed: the modules beside the core
/// with the scripts of their workers, the model of names.
pub fn write(
    wasm: &Path,
    carried: &[(&str, &Path)],
    scripts: &[&Path; 2],
    corpus: &Corpus,
    legal: &Legal,
    to: &Path,
) -> Result<()> {
    let page = read_text(Path::new("www/index.html"))?;
    let style = read_text(Path::new("www/page.css"))?;
    let [start, app] = [read_text(scripts[0])?, read_text(scripts[1])?];
    for (name, script) in [("start.js", &start), ("app.js", &app)] {
        refuse_markup(name, script, &["</script", "<!--"])?;
    }
    refuse_markup("page.css", &style, &["</style"])?;

    // The page's own script and style are named by their hashes; the worker is
    // made from a Blob; nothing can be fetched, submitted or framed.
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{}'; \
         img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
        hash(&start),
        hash(&app),
        hash(&style)
    );
    let mut blocks = String::new();
    blocks.push_str(&block("engine-wasm", wasm)?);
    for (name, bytes) in &corpus.pages {
        blocks.push_str(&format!(
            "<script type=\"text/plain\" data-corpus-page=\"{}\" data-bytes=\"{}\">{}</script>\n",
            attribute(name),
            bytes.len(),
            pack(bytes)?
        ));
    }
    // After the shell: the page does not wait for what it may never need.
    let mut tail = String::new();
    for (id, file) in carried {
        tail.push_str(&block(id, file)?);
    }
    for (name, bytes) in legal {
        let text = String::from_utf8_lossy(bytes);
        refuse_markup(name, &text, &["</script", "<!--"])?;
        tail.push_str(&format!(
            "<script type=\"text/plain\" data-legal=\"{name}\">\n{text}</script>\n"
        ));
    }
    let page = replace_between(&page, POLICY, &policy)?;
    let page = remove_with_marks(&page, SERVED_ONLY)?;
    let page = replace(&page, STYLESHEET, &format!("<style>{style}</style>\n"))?;
    // The engine starts where its data ends, before anything is drawn.
    let page = replace(&page, START, "")?;
    let page = replace(&page, APP, &format!("{blocks}<script>{start}</script>\n"))?;
    let page = replace(&page, CORPUS_LIST, "")?;
    let page = replace(&page, END, &format!("<script>{app}</script>\n{tail}{END}"))?;
    crate::bundle::write(to, page.as_bytes())
}

/// A file as a data block of the page.
fn block(id: &str, file: &Path) -> Result<String> {
    let packed = pack(&read(file)?)?;
    Ok(format!(
        "<script type=\"text/plain\" id=\"{id}\">{packed}</script>\n"
    ))
}

/// Base64 of gzip.
fn pack(bytes: &[u8]) -> Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(STANDARD.encode(encoder.finish()?))
}
