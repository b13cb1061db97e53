//! How large what is shipped is, and how large it may be.

use crate::bundle::{SINGLE, SINGLE_WITH_NAMES, SITE};
use crate::command::{node, output, step};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Budgets in bytes.
const WASM_BROTLI: u64 = 450_000;
const NAMES_BROTLI: u64 = 700_000;
const READERS_BROTLI: u64 = 450_000;
const ANNOTATOR_BROTLI: u64 = 250_000;
const SINGLE_RAW: u64 = 1_300_000;
const SINGLE_WITH_NAMES_RAW: u64 = 1_800_000;

struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the sizes of a finished build; an error when a budget is broken.
pub fn run() -> Result<()> {
    step("measuring sizes (bytes)");
    let site = Path::new(SITE);
    let files = [
        ("core (WebAssembly)", site.join("kashshaf.wasm")),
        ("readers, on demand", site.join("kashshaf-readers.wasm")),
        ("page with its start", site.join("index.html")),
        ("page script", site.join("app.js")),
        ("embed script", site.join("embed/kashshaf-explorer.js")),
        ("one HTML file", Path::new(SINGLE).to_path_buf()),
        ("annotator, on demand", site.join("kashshaf-annotator.wasm")),
        ("model of names", site.join("kashshaf-names.bin")),
    ];
    let measured = output(
        node()?
            .arg("xtask/sizes.mjs")
            .args(files.iter().map(|(_, path)| path)),
    )?;
    let measured: Vec<serde_json::Value> =
        serde_json::from_str(&measured).context("reading the sizes")?;
    println!("{:<20} {:>10} {:>10} {:>10}", "", "raw", "gzip", "brotli");
    let mut sizes = Vec::new();
    for ((name, _), size) in files.iter().zip(&measured) {
        let size = Size {
            raw: number(size, "raw")?,
            gzip: number(size, "gzip")?,
            brotli: number(size, "brotli")?,
        };
        println!(
            "{name:<20} {:>10} {:>10} {:>10}",
            size.raw, size.gzip, size.brotli
        );
        sizes.push(size);
    }
    hold("the core, brotli", sizes[0].brotli, WASM_BROTLI)?;
    hold("the readers, brotli", sizes[1].brotli, READERS_BROTLI)?;
    hold("the annotator, brotli", sizes[6].brotli, ANNOTATOR_BROTLI)?;
    hold("the model of names, brotli", sizes[7].brotli, NAMES_BROTLI)?;
    hold("the one HTML file", sizes[5].raw, SINGLE_RAW)
}

/// An error when the one HTML file with the model of names is larger than it may be.
pub fn hold_with_names() -> Result<()> {
    let bytes = std::fs::metadata(SINGLE_WITH_NAMES)
        .with_context(|| format!("looking at {SINGLE_WITH_NAMES}"))?
        .len();
    hold("the one HTML file with names", bytes, SINGLE_WITH_NAMES_RAW)
}

fn number(size: &serde_json::Value, key: &str) -> Result<u64> {
    size[key]
        .as_u64()
        .with_context(|| format!("sizes.mjs gave no number for {key}"))
}

fn hold(what: &str, bytes: u64, budget: u64) -> Result<()> {
    if bytes > budget {
        bail!("{what} has {bytes} bytes; its budget is {budget}");
    }
    println!("{what}: {bytes} of {budget} bytes");
    Ok(())
}
