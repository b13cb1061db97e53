//! Running other programs: no input, visible output, failures that name the command.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Says what is being done, on standard error.
pub fn step(what: &str) {
    eprintln!("==> {what}");
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Cargo for the wasm target. Any `RUSTFLAGS`, even an empty one, would drop
/// the flags of `.cargo/config.toml`.
pub fn wasm_cargo() -> Result<Command> {
    let mut command = cargo();
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    // What a panic says of its place is shipped: it names no folder of the machine that built it.
    let flags: Vec<String> = crate_folders()?
        .iter()
        .map(|folder| format!("--remap-path-prefix={}=crates", folder.display()))
        .collect();
    let flags = serde_json::to_string(&flags)?;
    command.args([
        "--config",
        &format!("target.wasm32-unknown-unknown.rustflags={flags}"),
    ]);
    Ok(command)
}

/// Where cargo keeps the sources of crates: a folder for each registry.
pub fn crate_folders() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.context("finding cargo's home")?.join("registry/src");
    let mut folders = Vec::new();
    for folder in std::fs::read_dir(&sources).into_iter().flatten() {
        folders.push(folder?.path());
    }
    folders.sort();
    Ok(folders)
}

/// Node, after checking once that it is there and new enough.
pub fn node() -> Result<Command> {
    let version = Command::new("node")
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .context(
            "Node 20 or later is needed, and `node` is not on PATH; install it with its npm",
        )?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("Node 20 or later is needed; `node --version` says {version:?}");
    }
    Ok(Command::new("node"))
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("starting `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command and returns its standard output; its messages stay visible.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting `{}`", line(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("reading what `{}` printed", line(command)))
}

/// Runs a command, passes its standard output on line by line and hands each
/// line to `see`.
pub fn run_seeing(command: &mut Command, mut see: impl FnMut(&str)) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting `{}`", line(command)))?;
    let stdout = child
        .stdout
        .take()
        .context("standard output was not piped")?;
    for text in BufReader::new(stdout).lines() {
        let text = text.with_context(|| format!("reading what `{}` printed", line(command)))?;
        writeln!(std::io::stdout(), "{text}")?;
        see(&text);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Where a program lies on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
