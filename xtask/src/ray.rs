//! Shares of a corpus as tasks of Ray, in local mode, against one run.

use crate::command::{cargo, run, step};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

const ENVIRONMENT: &str = "target/ray";
const SCRIPT: &str = "tests/distributed/ray_index.py";
const CORPUS: &str = "corpus";

/// Installs Ray where it is not yet, runs the recipe of docs/distributed.md on
/// the bundled pages, and compares the bytes with those of one run.
pub fn test() -> Result<()> {
    let python = python()?;
    step("building the program");
    run(cargo().args(["build", "--release", "--locked", "--bin", "kashshaf"]))?;
    let program = std::path::absolute("target/release/kashshaf")?;
    let corpus = std::path::absolute(CORPUS)?;
    let folder = std::path::absolute(Path::new(ENVIRONMENT).join("out"))?;
    std::fs::create_dir_all(&folder)?;
    let (whole, merged) = (
        folder.join("whole.kashshaf"),
        folder.join("merged.kashshaf"),
    );
    step("indexing in one run");
    run(Command::new(&program)
        .arg("index")
        .arg(&corpus)
        .arg("-o")
        .arg(&whole))?;
    step("indexing as three tasks of Ray");
    run(Command::new(&python)
        .arg(SCRIPT)
        .args(["--shares", "3", "--kashshaf"])
        .arg(&program)
        .arg("--out")
        .arg(&merged)
        .arg(&corpus))?;
    let read =
        |path: &Path| std::fs::read(path).with_context(|| format!("reading {}", path.display()));
    ensure!(
        read(&whole)? == read(&merged)?,
        "the merged index is not that of one run"
    );
    println!("the index of three tasks is that of one run, byte for byte");
    Ok(())
}

/// The Python of an environment that has Ray.
fn python() -> Result<PathBuf> {
    let python = std::path::absolute(Path::new(ENVIRONMENT).join("bin/python"))?;
    let has_ray = Command::new(&python).args(["-c", "import ray"]).output();
    if has_ray.is_ok_and(|output| output.status.success()) {
        return Ok(python);
    }
    step("installing Ray from PyPI");
    let cannot = "Ray cannot be installed: Python 3.9 or later with venv and pip, and a connection to PyPI, are needed";
    run(Command::new("python3").args(["-m", "venv", ENVIRONMENT])).context(cannot)?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "ray"])).context(cannot)?;
    Ok(python)
}
