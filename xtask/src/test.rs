//! Every check and every test, in the order in which they fail fastest.

use crate::command::{cargo, node, run, run_seeing, step};
use crate::{bench, browsers, build, bundle, serve, single, size};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};

/// Runs it all; the last line on standard output is `N passed, 0 failed`.
pub fn run_all() -> Result<()> {
    node()?;
    check()?;
    step("testing the core and the command line");
    let native = native_tests()?;
    ensure!(native > 0, "cargo ran no test");

    bundle::npm()?;
    step("checking the shell's types");
    run(node()?.args([
        "node_modules/typescript/bin/tsc",
        "--project",
        "jsconfig.json",
    ]))?;
    let built = bundle::all()?;
    let whole = Path::new(bundle::SINGLE_WITH_NAMES);
    single::write(
        &built,
        single::Readers::Inside,
        single::Names::Inside,
        whole,
    )?;
    size::run()?;
    size::hold_with_names()?;

    step("testing the shell");
    let unit = node_tests(&test_files("tests/web/unit")?, &[])?;
    let web = web_tests(&built.scripts.worker)?;
    println!("{} passed, 0 failed", native + unit + web);
    Ok(())
}

fn check() -> Result<()> {
    for component in ["fmt", "clippy"] {
        let found = cargo().args([component, "--version"]).output();
        ensure!(
            found.is_ok_and(|output| output.status.success()),
            "`cargo {component}` is missing; `rustup component add rustfmt clippy` installs it"
        );
    }
    step("checking the format");
    run(cargo().args(["fmt", "--all", "--check"]))?;
    step("linting");
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-Dwarnings",
    ]))?;
    step("linting for the browser");
    build::clippy()
}

/// Runs cargo's tests and returns how many passed.
fn native_tests() -> Result<u64> {
    let mut passed = 0;
    let mut ignored = 0;
    run_seeing(
        cargo().args(["test", "--workspace", "--locked", "--no-fail-fast"]),
        |line| {
            passed += count_before(line, "test result: ok.", " passed");
            ignored += count_before(line, "test result: ok.", " ignored");
        },
    )?;
    ensure!(
        ignored == 0,
        "{ignored} of cargo's tests were ignored; run them or delete them"
    );
    Ok(passed)
}

/// The number that stands right before `word` in a line that starts with `start`; else 0.
fn count_before(line: &str, start: &str, word: &str) -> u64 {
    line.strip_prefix(start)
        .and_then(|rest| rest.split_once(word))
        .and_then(|(before, _)| before.rsplit([' ', ';']).next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// Runs files of node's test runner and returns how many tests passed; none, or
/// one that was skipped, is an error.
fn node_tests(files: &[PathBuf], environment: &[(&str, String)]) -> Result<u64> {
    let mut passed = 0;
    let mut skipped = 0;
    let mut command = node()?;
    command
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(files)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    run_seeing(&mut command, |line| {
        let mut words = line.split_ascii_whitespace().rev();
        let number = words
            .next()
            .and_then(|number| number.parse::<u64>().ok())
            .unwrap_or(0);
        match words.next() {
            Some("pass") => passed += number,
            Some("skipped" | "todo" | "cancelled") => skipped += number,
            _ => {}
        }
    })?;
    ensure!(skipped == 0, "{skipped} tests of the shell did not run");
    ensure!(passed > 0, "node ran no test of {files:?}");
    Ok(passed)
}

/// Drives both browsers through every door, and the bench once.
fn web_tests(worker: &Path) -> Result<u64> {
    let browsers = browsers::both()?;
    let page = serve::in_background(Path::new(bundle::SITE).to_path_buf())?;
    let host = serve::in_background(host_pages(&page)?)?;
    let mut environment = vec![
        ("PAGE", format!("{page}/")),
        ("HOST", format!("{host}/")),
        ("SINGLE", absolute(bundle::SINGLE)?),
        ("SINGLE_WITH_NAMES", absolute(bundle::SINGLE_WITH_NAMES)?),
    ];
    for (variable, path) in browsers.iter().chain(&bench::engine(worker, "debug")?) {
        let path = path
            .to_str()
            .with_context(|| format!("{} is not UTF-8", path.display()))?;
        environment.push((*variable, path.to_owned()));
    }
    step("testing in Chromium and Firefox");
    node_tests(&test_files("tests/web")?, &environment)
}

/// Writes the pages of a site that embeds the explorer from `explorer`'s origin.
fn host_pages(explorer: &str) -> Result<PathBuf> {
    let folder = PathBuf::from("dist/test-host");
    std::fs::create_dir_all(&folder).context("creating the folder of host pages")?;
    for file in sorted_files("tests/web/host", ".html")? {
        let name = file.file_name().context("a host page has no name")?;
        let text = bundle::read_text(&file)?;
        ensure!(
            text.contains("{EXPLORER}"),
            "{} does not embed anything",
            file.display()
        );
        bundle::write(
            &folder.join(name),
            text.replace("{EXPLORER}", explorer).as_bytes(),
        )?;
    }
    Ok(folder)
}

fn test_files(folder: &str) -> Result<Vec<PathBuf>> {
    let files = sorted_files(folder, ".test.mjs")?;
    if files.is_empty() {
        bail!("{folder} holds no test");
    }
    Ok(files)
}

fn sorted_files(folder: &str, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {folder}"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn absolute(path: &str) -> Result<String> {
    let path = std::path::absolute(path)?;
    Ok(path
        .to_str()
        .with_context(|| format!("{} is not UTF-8", path.display()))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::count_before;

    #[test]
    fn counts_are_read_from_cargos_closing_lines() {
        let line = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(count_before(line, "test result: ok.", " passed"), 12);
        assert_eq!(count_before(line, "test result: ok.", " ignored"), 3);
        assert_eq!(
            count_before("running 12 tests", "test result: ok.", " passed"),
            0
        );
    }
}
