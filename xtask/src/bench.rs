//! The bench in the browser: Kashshaf beside the engines that a site would load today.

use crate::command::{cargo, node, output, run, step};
use crate::{browsers, build, bundle};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

const FOLDER: &str = "benches/browser";

/// Builds what is measured and runs the bench with these options, which
/// `benches/browser/options.mjs` reads; paths are taken from `started_in`.
pub fn run_all(arguments: &[&str], started_in: &Path) -> Result<()> {
    // Options are read first, so that a misspelled one is told before a long build.
    let mut check = script("options.mjs", started_in)?;
    let options: serde_json::Value = serde_json::from_str(&output(check.args(arguments))?)
        .context("reading the bench's options")?;
    if options["help"].is_string() {
        print!("{}", options["help"].as_str().unwrap_or_default());
        return Ok(());
    }
    let worker = bundle::all()?.scripts.worker;
    if options["needsPeers"] == true {
        let folder = Path::new(FOLDER);
        bundle::npm_in(folder, "installing the bench's peers (npm ci)")?;
    }
    let bench = build::bench_core()?;
    step("building the program");
    run(cargo().args(["build", "--release", "--locked", "--bin", "kashshaf"]))?;
    step("measuring");
    run(script("run.mjs", started_in)?
        .args(arguments)
        .env("CHROMIUM", browsers::chromium()?)
        .env("KASHSHAF_BENCH_WASM", bench.wasm)
        .env("KASHSHAF_BENCH_GLUE", bench.glue)
        .envs(engine(&worker, "release")?))
}

/// Where the bench finds the engine as it is shipped, and the program that cargo built in this profile.
pub fn engine(worker: &Path, profile: &str) -> Result<[(&'static str, PathBuf); 3]> {
    let program = format!("target/{profile}/kashshaf{}", std::env::consts::EXE_SUFFIX);
    Ok([
        ("KASHSHAF_PROGRAM", std::path::absolute(program)?),
        ("KASHSHAF_SITE", std::path::absolute(bundle::SITE)?),
        ("KASHSHAF_WORKER", std::path::absolute(worker)?),
    ])
}

fn script(name: &str, started_in: &Path) -> Result<Command> {
    let mut command = node()?;
    command
        .arg(Path::new(FOLDER).join(name))
        .env("STARTED_IN", started_in);
    Ok(command)
}
