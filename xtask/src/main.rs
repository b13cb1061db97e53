//! Builds, serves and tests Kashshaf: `cargo xtask help` lists the commands.

mod bench;
mod browsers;
mod build;
mod bundle;
mod command;
mod figures;
mod html;
mod ray;
mod serve;
mod single;
mod size;
mod test;
mod train;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  serve [--port N]  build everything, serve dist/site/ and print its address
  build             build pkg/, dist/site/, dist/embed/ and dist/kashshaf.html
  single [--without-readers] [--names]
                    the same as build; names the one HTML file. Without the readers of HTML,
                    tables and archives it is smaller, and takes plain text alone; with the
                    model of names it is larger, and finds as many names as the served page
  test              check and test everything; adds the wasm target, and the browsers where it can
  test-ray          index shares of the bundled pages as tasks of Ray, which PyPI gives, and compare
                    the merged index with that of one run; docs/distributed.md
  size              build, then print the sizes of what is shipped and hold them against their budgets
  figures [--news FILE.jsonl]
                    build, then print the sizes and the measured phases of opening the page, and
                    what MiniSearch takes to index FILE (JSON lines with id, title and body)
  reading-speed --news FILE.jsonl
                    build, then print how fast the readers take FILE in Chromium, in MB/s
  many-files N      build, then add a folder of N small files in Chromium and print how it went
  bench [OPTIONS]   build, then measure the engine beside its peers in Chromium; `bench --help` lists
                    the options, docs/benchmarks.md shows what comes out
  saved-speed --index FILE
                    build, then print how long the page takes to its first results over a saved index:
                    FILE.kashshaf, or the index.json of one in parts
  names-speed --news FILE.jsonl
                    build, then print how fast names are found in Chromium
  train ner --data DIR
                    make models/names/ again from DIR/ner/*.conll and DIR/names/*; word lists come from PyPI
  train names --data FILE
                    learn src/analysis/names/channel_table.tsv anew from pairs of names, and measure it;
                    docs/names.md tells of the file
  help              this text

Needs rustup's cargo, and Node 20 or later with npm. CHROMIUM and FIREFOX name the browsers to
test in, when they are not on PATH.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let started_in = std::env::current_dir().context("finding the current folder")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask must lie in the repository's own folder")?;
    std::env::set_current_dir(root).with_context(|| format!("entering {}", root.display()))?;

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve"] => serve::run(None),
        ["serve", "--port", port] => {
            let port = port
                .parse()
                .with_context(|| format!("--port takes a number up to 65535, not {port:?}"))?;
            serve::run(Some(port))
        }
        ["build"] => bundle::all().map(drop),
        ["single", ref options @ ..]
            if options
                .iter()
                .all(|option| ["--without-readers", "--names"].contains(option)) =>
        {
            let readers = if options.contains(&"--without-readers") {
                single::Readers::LeftOut
            } else {
                single::Readers::Inside
            };
            let names = if options.contains(&"--names") {
                single::Names::Inside
            } else {
                single::Names::LeftOut
            };
            let to = Path::new(bundle::SINGLE);
            single::write(&bundle::site()?, readers, names, to)?;
            println!("{}", root.join(to).display());
            Ok(())
        }
        ["train", "ner", "--data", folder] => train::names(&started_in.join(folder)),
        ["saved-speed", "--index", file] => figures::saved_speed(&started_in.join(file)),
        ["names-speed", "--news", file] => figures::names_speed(&started_in.join(file)),
        ["test"] => test::run_all(),
        ["test-ray"] => ray::test(),
        ["size"] => {
            bundle::all()?;
            size::run()
        }
        ["figures"] => figures::run_all(None),
        ["figures", "--news", file] => figures::run_all(Some(&news(&started_in, file)?)),
        ["reading-speed", "--news", file] => figures::reading_speed(&news(&started_in, file)?),
        ["many-files", count] => {
            let count = count
                .parse()
                .with_context(|| format!("many-files takes a number, not {count:?}"))?;
            figures::many_files(count)
        }
        ["bench", ref options @ ..] => bench::run_all(options, &started_in),
        ["train", "names", "--data", file] => train::channel(&started_in.join(file)),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        [] => bail!("no command given\n\n{HELP}"),
        _ => bail!("unknown command: {}\n\n{HELP}", arguments.join(" ")),
    }
}

/// The file of articles that an option names.
fn news(started_in: &Path, file: &str) -> Result<PathBuf> {
    let file = started_in.join(file);
    if !file.is_file() {
        bail!(
            "--news takes a file of articles; {} is not one",
            file.display()
        );
    }
    Ok(file)
}
