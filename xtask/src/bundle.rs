//! The shell, bundled, and put together with the core and the corpus into the
//! three things that are shipped: a folder to serve, a folder to embed from,
//! and one HTML file.

use crate::build::{self, Core};
use crate::command::{find, node, run, step};
use crate::html;
use crate::single::{self, Names, Readers};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder to serve.
pub const SITE: &str = "dist/site";
/// The folder that a page of another site takes the custom element from.
pub const EMBED: &str = "dist/embed";
/// The one HTML file.
pub const SINGLE: &str = "dist/kashshaf.html";
/// The same with the model of names inside.
pub const SINGLE_WITH_NAMES: &str = "dist/kashshaf-names.html";
/// The bundled pages.
const CORPUS: &str = "corpus";
/// Where the model of names lies, and its file.
pub const NAMES: &str = "models/names";
pub const MODEL: &str = "kashshaf-names.bin";
pub const NAMES_LICENSE: &str = "LICENSE-names";

/// What `dist/` is put together from.
pub struct Built {
    pub core: Core,
    pub scripts: Scripts,
    pub corpus: Corpus,
    pub legal: Legal,
}

/// Scripts, minified.
pub struct Scripts {
    /// Of the core's worker; it stands inside of those that start it.
    pub worker: PathBuf,
    pub reader_worker: PathBuf,
    pub annotator_worker: PathBuf,
    /// Starts the engine.
    pub start: PathBuf,
    /// The shell of the page.
    pub app: PathBuf,
    /// The custom element for other sites.
    pub element: PathBuf,
    /// Opens the one HTML file.
    pub opener: PathBuf,
}

impl Scripts {
    fn bundle(core: &Core) -> Result<Self> {
        let named = |name: &str| core.work.join(name);
        let scripts = Self {
            worker: worker_script(&core.glue, "worker", &named("worker"))?,
            reader_worker: reader_worker(&core.readers_glue, core, "reader-worker")?,
            annotator_worker: worker_script(
                &core.annotator_glue,
                "annotator-worker",
                &named("annotator-worker"),
            )?,
            start: named("start.js"),
            app: named("app.js"),
            element: named("kashshaf-explorer.js"),
            opener: named("open.js"),
        };
        for (entry, format, to) in [
            ("start.js", "iife", &scripts.start),
            ("main.js", "iife", &scripts.app),
            ("element/kashshaf-explorer.js", "esm", &scripts.element),
            ("carried/open.js", "iife", &scripts.opener),
        ] {
            bundle(&format!("www/{entry}"), format, &scripts.worker, to)?;
        }
        Ok(scripts)
    }
}

/// Builds everything.
pub fn all() -> Result<Built> {
    let built = site()?;
    let to = Path::new(SINGLE);
    single::write(&built, Readers::Inside, Names::LeftOut, to)?;
    Ok(built)
}

/// Builds everything but the one HTML file.
pub fn site() -> Result<Built> {
    let core = build::core()?;
    npm()?;
    step("bundling the shell");
    let scripts = Scripts::bundle(&core)?;

    step("putting dist/ together");
    let corpus = Corpus::read(Path::new(CORPUS))?;
    let legal = legal()?;
    let site = fresh_folder(SITE)?;
    let start = read_text(&scripts.start)?;
    for page in ["index.html", "embed.html"] {
        let text = html::with_start(&read_text(&Path::new("www").join(page))?, &start)?;
        let text = html::remove_where_marked(&text, single::ONLY)?;
        write(&site.join(page), text.as_bytes())?;
    }
    copy(Path::new("www/page.css"), &site.join("page.css"))?;
    copy(&scripts.app, &site.join("app.js"))?;
    let engine = [
        (core.wasm.as_path(), "kashshaf.wasm"),
        (core.readers_wasm.as_path(), "kashshaf-readers.wasm"),
        (scripts.reader_worker.as_path(), "kashshaf-readers.js"),
        (core.annotator_wasm.as_path(), "kashshaf-annotator.wasm"),
        (scripts.annotator_worker.as_path(), "kashshaf-annotator.js"),
    ];
    engine_files(&engine, &corpus, &legal, &site)?;

    let embed = fresh_folder(EMBED)?;
    // The same files again under site/embed/, so that one host can serve both.
    for folder in [embed, create_folder(site.join("embed"))?] {
        copy(&scripts.element, &folder.join("kashshaf-explorer.js"))?;
        engine_files(&engine, &corpus, &legal, &folder)?;
    }
    legal_files(&legal, Path::new(build::PACKAGE))?;
    names_files(Path::new(build::PACKAGE))?;
    Ok(Built {
        core,
        scripts,
        corpus,
        legal,
    })
}

/// The pages that come with the explorer, in the order of their names.
pub struct Corpus {
    /// File name and bytes.
    pub pages: Vec<(String, Vec<u8>)>,
}

impl Corpus {
    fn read(folder: &Path) -> Result<Self> {
        let mut pages = Vec::new();
        for file in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = file?.path();
            if path.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .with_context(|| format!("{} has a name that is not UTF-8", path.display()))?;
            pages.push((name.to_owned(), read(&path)?));
        }
        if pages.is_empty() {
            bail!("{} holds no .txt file", folder.display());
        }
        pages.sort();
        Ok(Self { pages })
    }

    /// The list that the shell asks for: names and sizes in bytes.
    fn list(&self) -> String {
        let files: Vec<_> = self
            .pages
            .iter()
            .map(|(name, bytes)| serde_json::json!({ "name": name, "bytes": bytes.len() }))
            .collect();
        serde_json::json!({ "format": 1, "files": files }).to_string()
    }
}

/// Installs the pinned tools unless they are installed already.
pub fn npm() -> Result<()> {
    npm_in(Path::new(""), "installing the shell's tools (npm ci)")
}

/// Installs what a folder's lock file pins, unless it is installed already.
pub fn npm_in(folder: &Path, what: &str) -> Result<()> {
    let lock = read(&folder.join("package-lock.json"))?;
    let marker = folder.join("node_modules/.installed");
    if fs::read(&marker).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    node()?;
    step(what);
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !cfg!(windows) && find(npm).is_none() {
        bail!("`npm` is not on PATH; install Node 20 or later with its npm");
    }
    let mut command = Command::new(npm);
    if folder != Path::new("") {
        command.current_dir(folder);
    }
    run(command.arg("ci"))?;
    write(&marker, &lock)
}

/// Bundles a module and what it imports into one script; the worker's script
/// goes in as text where it is imported.
fn bundle(entry: &str, format: &str, worker: &Path, to: &Path) -> Result<()> {
    esbuild(
        Path::new(entry),
        &[
            "--bundle",
            &format!("--format={format}"),
            "--loader:.css=text",
            "--loader:.txt=text",
            &format!("--alias:kashshaf-worker-script={}", worker.display()),
        ],
        to,
    )
}

/// The script of the reading worker over one build of the readers; `name` begins the names of the files on the way.
pub fn reader_worker(glue: &Path, core: &Core, name: &str) -> Result<PathBuf> {
    worker_script(glue, "reader-worker", &core.work.join(name))
}

/// A worker's script: the glue of its module, then the shell's part in `www/engine/`, as one
/// classic script. `work` begins the names of the files on the way.
fn worker_script(glue: &Path, entry: &str, work: &Path) -> Result<PathBuf> {
    let named = |ending: &str| PathBuf::from(format!("{}-{ending}", work.display()));
    let part = named("part.js");
    let entry = format!("www/engine/{entry}.js");
    esbuild(Path::new(&entry), &["--bundle", "--format=iife"], &part)?;
    let whole = named("whole.js");
    write(
        &whole,
        &[read(glue)?, b"\n".to_vec(), read(&part)?].concat(),
    )?;
    let worker = named("script.txt");
    esbuild(&whole, &[], &worker)?;
    Ok(worker)
}

/// The licences, and the notices that must go wherever the core goes.
pub type Legal = Vec<(String, Vec<u8>)>;

fn legal() -> Result<Legal> {
    ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE"]
        .into_iter()
        .map(|name| Ok((name.to_owned(), read(Path::new(name))?)))
        .collect()
}

fn legal_files(legal: &Legal, folder: &Path) -> Result<()> {
    for (name, bytes) in legal {
        write(&folder.join(name), bytes)?;
    }
    Ok(())
}

fn esbuild(entry: &Path, options: &[&str], to: &Path) -> Result<()> {
    run(node()?
        .arg("node_modules/esbuild/bin/esbuild")
        .arg(entry)
        .args(options)
        .args([
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        // Browsers from 2023 on.
        .arg("--target=es2022")
        .arg(format!("--outfile={}", to.display())))
}

/// What the engine fetches, beside the script that starts it; `engine` are files and the names they get.
fn engine_files(
    engine: &[(&Path, &str)],
    corpus: &Corpus,
    legal: &Legal,
    folder: &Path,
) -> Result<()> {
    for (file, name) in engine {
        copy(file, &folder.join(name))?;
    }
    names_files(folder)?;
    legal_files(legal, folder)?;
    let pages = create_folder(folder.join("corpus"))?;
    write(&pages.join("index.json"), corpus.list().as_bytes())?;
    for (name, bytes) in &corpus.pages {
        write(&pages.join(name), bytes)?;
    }
    Ok(())
}

/// The model of names, fetched when names are first looked at, and the licence that goes with it.
fn names_files(folder: &Path) -> Result<()> {
    let models = Path::new(NAMES);
    copy(&models.join(MODEL), &folder.join(MODEL))?;
    write(&folder.join(NAMES_LICENSE), &names_licence()?)
}

/// The licence of the model of names, and its sources.
pub fn names_licence() -> Result<Vec<u8>> {
    let texts = ["LICENSE", "README.md"].map(|name| read(&Path::new(NAMES).join(name)));
    let [licence, sources] = texts;
    Ok([licence?, b"\n".to_vec(), sources?].concat())
}

fn fresh_folder(folder: &str) -> Result<PathBuf> {
    let folder = PathBuf::from(folder);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    create_folder(folder)
}

fn create_folder(folder: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &read(from)?)
}

/// Reads a file; the error names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// Reads a text file; the error names it.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// Writes a file; the error names it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
