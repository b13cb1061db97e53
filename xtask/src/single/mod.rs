//! The one HTML file: engine, corpus and shell inside, no request at all.

mod base116;

use crate::build;
use crate::bundle::{
    Built, MODEL, NAMES, NAMES_LICENSE, names_licence, read, read_text, reader_worker,
};
use crate::html::{attribute, hash, refuse_markup, remove_with_marks, replace, replace_between};
use anyhow::{Context, Result};
use lzma_rust2::{CheckType, XzOptions, XzWriter};
use std::io::Write;
use std::path::Path;

const STYLESHEET: &str = "<link rel=\"stylesheet\" href=\"page.css\">\n";
const START: &str = "<script src=\"start.js\" data-corpus=\"corpus/index.json\"></script>\n";
const APP: &str = "<script src=\"app.js\" defer></script>\n";
const SERVED_ONLY: (&str, &str) = ("<!-- served-only -->\n", "<!-- /served-only -->\n");
/// Marks around what the served page does without.
pub const ONLY: (&str, &str) = ("<!-- single-only -->\n", "<!-- /single-only -->\n");
const POLICY: (&str, &str) = ("http-equiv=\"Content-Security-Policy\" content=\"", "\">");
const CORPUS_LIST: &str = " src=\"corpus/index.json\"";
const END: &str = "</body>";

/// What packs modules of WebAssembly best: a preset of xz, the bits of the byte before that tell a
/// literal, of the place that tell anything, and the length from which a match is taken at once.
const PRESET: u32 = 9;
const LITERAL_CONTEXT_BITS: u32 = 3;
const POSITION_BITS: u32 = 1;
const NICE_LENGTH: u32 = 273;

/// Whether the one HTML file carries the readers of other formats than plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// It reads every format.
    Inside,
    /// It is smaller, and takes plain text alone.
    LeftOut,
}

/// Whether the one HTML file carries the trained model of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Names are found as on the served page; the readers are compiled for size.
    Inside,
    /// It is smaller, and finds names by lists and cues.
    LeftOut,
}

/// Writes the file from the page that is served otherwise.
pub fn write(built: &Built, readers: Readers, names: Names, to: &Path) -> Result<()> {
    let page = read_text(Path::new("www/index.html"))?;
    let style = read_text(Path::new("www/page.css"))?;
    let [opener, start, app] = {
        let scripts = &built.scripts;
        [&scripts.opener, &scripts.start, &scripts.app].map(|script| read_text(script))
    };
    let [opener, start, app] = [opener?, start?, app?];
    refuse_markup("open.js", &opener, &["</script", "<!--"])?;
    refuse_markup("page.css", &style, &["</style"])?;

    // In the order in which they are asked for: each is unpacked after those before it.
    let mut pack = Pack::default();
    pack.add("start.js", start.as_bytes());
    pack.add("kashshaf.wasm", &read(&built.core.wasm)?);
    pack.add("app.js", app.as_bytes());
    for (name, bytes) in &built.corpus.pages {
        pack.add(&format!("corpus/{name}"), bytes);
    }
    pack.add_on_demand(built, readers, names)?;

    // The page's own scripts and style are named by their hashes; the worker is
    // made from a Blob; nothing can be fetched, submitted or framed.
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}' '{}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{}'; \
         img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
        hash(&opener),
        hash(&start),
        hash(&app),
        hash(&style)
    );
    let mut legal = built.legal.clone();
    if names == Names::Inside {
        legal.push((NAMES_LICENSE.to_owned(), names_licence()?));
    }
    let mut texts = String::new();
    for (name, bytes) in &legal {
        let text = String::from_utf8_lossy(bytes);
        refuse_markup(name, &text, &["</script", "<!--"])?;
        texts.push_str(&format!(
            "<script type=\"text/plain\" data-legal=\"{name}\">\n{text}</script>\n"
        ));
    }
    let page = replace_between(&page, POLICY, &policy)?;
    let page = remove_with_marks(&page, SERVED_ONLY)?;
    let page = replace(&replace(&page, ONLY.0, "")?, ONLY.1, "")?;
    let page = replace(&page, STYLESHEET, &format!("<style>{style}</style>\n"))?;
    let page = replace(&page, START, "")?;
    let page = replace(&page, APP, "")?;
    let page = replace(&page, CORPUS_LIST, "")?;
    // The licences come first, where whoever looks into the file can read them.
    let data = pack.element()?;
    let end = format!("{texts}{data}<script>{opener}</script>\n{END}");
    let page = replace(&page, END, &end)?;
    crate::bundle::write(to, page.as_bytes())
}

/// Files on their way into the page's data: one after the other, so that each is told by what it
/// shares with those before it.
#[derive(Default)]
struct Pack {
    files: Vec<(String, usize)>,
    bytes: Vec<u8>,
}

impl Pack {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.files.push((name.to_owned(), bytes.len()));
        self.bytes.extend_from_slice(bytes);
    }

    fn add_on_demand(&mut self, built: &Built, readers: Readers, names: Names) -> Result<()> {
        let Built { core, scripts, .. } = built;
        if readers == Readers::Inside {
            let (script, wasm) = match names {
                Names::LeftOut => (scripts.reader_worker.clone(), core.readers_wasm.clone()),
                Names::Inside => {
                    let small = build::small_readers(core)?;
                    let script = reader_worker(&small.glue, core, "small-reader-worker")?;
                    (script, small.wasm)
                }
            };
            self.add("kashshaf-readers.js", &read(&script)?);
            self.add("kashshaf-readers.wasm", &read(&wasm)?);
        }
        self.add("kashshaf-annotator.js", &read(&scripts.annotator_worker)?);
        self.add("kashshaf-annotator.wasm", &read(&core.annotator_wasm)?);
        if names == Names::Inside {
            self.add(MODEL, &read(&Path::new(NAMES).join(MODEL))?);
        }
        Ok(())
    }

    /// The element that `www/carried/pack.js` reads.
    fn element(&self) -> Result<String> {
        let mut options = XzOptions::with_preset(PRESET);
        options.set_check_sum_type(CheckType::Crc32);
        options.lzma_options.lc = LITERAL_CONTEXT_BITS;
        options.lzma_options.lp = 0;
        options.lzma_options.pb = POSITION_BITS;
        options.lzma_options.nice_len = NICE_LENGTH;
        let mut writer = XzWriter::new(Vec::new(), options).context("packing the page's data")?;
        writer.write_all(&self.bytes)?;
        let packed = writer.finish()?;
        Ok(format!(
            "<script type=\"text/plain\" id=\"kashshaf-pack\" data-bytes=\"{}\" data-files=\"{}\">{}</script>\n",
            packed.len(),
            attribute(&serde_json::to_string(&self.files)?),
            base116::encode(&packed)
        ))
    }
}
