//! The browsers that the tests drive: found, or installed where that can be done.

use crate::command::{find, run, step};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser and the names it goes by.
struct Kind {
    /// Environment variable that names the program.
    variable: &'static str,
    /// Debian's package.
    package: &'static str,
    /// Programs on PATH, then full paths elsewhere.
    programs: &'static [&'static str],
}

const CHROMIUM: Kind = Kind {
    variable: "CHROMIUM",
    package: "chromium",
    programs: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ],
};

const FIREFOX: Kind = Kind {
    variable: "FIREFOX",
    package: "firefox-esr",
    programs: &[
        "firefox",
        "firefox-esr",
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
    ],
};

/// Paths of Chromium and Firefox. A missing one is installed by `apt-get`
/// where that works without asking, else named with the command that does it.
pub fn both() -> Result<[(&'static str, PathBuf); 2]> {
    let missing: Vec<&str> = [CHROMIUM, FIREFOX]
        .iter()
        .filter(|kind| locate(kind).is_none())
        .map(|kind| kind.package)
        .collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    Ok([
        (CHROMIUM.variable, required(&CHROMIUM)?),
        (FIREFOX.variable, required(&FIREFOX)?),
    ])
}

/// The path of Chromium, which measures.
pub fn chromium() -> Result<PathBuf> {
    required(&CHROMIUM)
}

fn required(kind: &Kind) -> Result<PathBuf> {
    match locate(kind) {
        Some(path) => Ok(path),
        None => bail!(
            "no {} was found. Install it (on Debian and Ubuntu: `sudo apt-get update && sudo apt-get install -y {}`) \
             or set {} to its program",
            kind.package,
            kind.package,
            kind.variable
        ),
    }
}

fn locate(kind: &Kind) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(kind.variable) {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    kind.programs.iter().find_map(|program| {
        let path = Path::new(program);
        if path.components().count() > 1 {
            path.is_file().then(|| path.to_path_buf())
        } else {
            find(program)
        }
    })
}

fn install(packages: &[&str]) -> Result<()> {
    if !can_install() {
        return Ok(()); // `required` names what is missing and how to get it.
    }
    step(&format!("installing {}", packages.join(" and ")));
    run(apt().arg("update"))?;
    run(apt()
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Root on a Debian system, so that nothing has to be asked.
fn can_install() -> bool {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    is_root && Path::new("/etc/debian_version").is_file() && find("apt-get").is_some()
}
