//! The figures that the project holds itself to, printed by one command.

use crate::command::{node, run, step};
use crate::{browsers, build, bundle, serve, size};
use anyhow::Result;
use std::path::Path;

/// Builds, then prints sizes and the measured phases of opening the page, and
/// beside them what a peer takes to index the articles in `news`: JSON lines
/// with `id`, `title` and `body`.
pub fn run_all(news: Option<&Path>) -> Result<()> {
    bundle::all()?;
    size::run()?;
    let chromium = browsers::chromium()?;
    let page = serve::in_background(Path::new(bundle::SITE).to_path_buf())?;
    step("measuring how the page opens");
    let mut command = node()?;
    if let Some(news) = news {
        command.env("NEWS", news);
    }
    run(command
        .arg("tests/web/figures.mjs")
        .env("CHROMIUM", chromium)
        .env("PAGE", format!("{page}/"))
        .env("SINGLE", std::path::absolute(bundle::SINGLE)?))
}

/// Builds, then prints how many words a second are read for names in Chromium;
/// `news` holds JSON lines with `title` and `body`.
pub fn names_speed(news: &Path) -> Result<()> {
    bundle::all()?;
    step("measuring how fast names are found");
    run(node()?
        .arg("tests/web/names-speed.mjs")
        .env("CHROMIUM", browsers::chromium()?)
        .env("PACKAGE", std::path::absolute(crate::build::PACKAGE)?)
        .env("NEWS", news))
}

/// Builds, then adds a folder of so many small files in Chromium and prints how
/// it went.
pub fn many_files(count: u32) -> Result<()> {
    bundle::all()?;
    let page = serve::in_background(Path::new(bundle::SITE).to_path_buf())?;
    step("adding a folder of many files");
    run(node()?
        .arg("tests/web/many-files.mjs")
        .env("CHROMIUM", browsers::chromium()?)
        .env("PAGE", format!("{page}/"))
        .env("FILES", count.to_string()))
}

/// Builds, then prints how fast the readers take `news`, JSON lines with `body`,
/// in Chromium, beside reference loops in the same page.
pub fn reading_speed(news: &Path) -> Result<()> {
    let core = build::core()?;
    bundle::npm()?;
    step("measuring how fast files are read");
    run(node()?
        .arg("tests/web/reading-speed.mjs")
        .env("NEWS", news)
        .env("CHROMIUM", browsers::chromium()?)
        .env("READERS_WASM", core.readers_wasm)
        .env("READERS_GLUE", core.readers_glue))
}

/// Builds, then prints how long the page takes from navigation to the first
/// results when its corpus is the index in `index`.
pub fn saved_speed(index: &Path) -> Result<()> {
    bundle::all()?;
    step("measuring how a saved index opens");
    run(node()?
        .arg("tests/web/saved-speed.mjs")
        .env("CHROMIUM", browsers::chromium()?)
        .env("SITE", std::path::absolute(bundle::SITE)?)
        .env("INDEX", index))
}
