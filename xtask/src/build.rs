//! Rust to WebAssembly, and the JavaScript glue for it.

use crate::bundle;
use crate::command::{find, output, run, step, wasm_cargo};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// The npm package.
pub const PACKAGE: &str = "pkg";

/// What the core is built into.
pub struct Core {
    /// The module that the glue loads.
    pub wasm: PathBuf,
    /// Classic-script glue, defining `wasm_bindgen`.
    pub glue: PathBuf,
    /// A folder for files on the way, under cargo's target folder.
    pub work: PathBuf,
}

/// Adds the wasm target to the toolchain unless it is there.
pub fn add_target() -> Result<()> {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let folder = output(rustc.args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step(&format!("adding the {TARGET} target"));
    if find("rustup").is_none() {
        bail!(
            "the Rust toolchain has no {TARGET} target and rustup is not on PATH to add it; \
             install rustup, or the target by the way the toolchain was installed"
        );
    }
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Compiles the core for the browser and writes `pkg/` and the classic glue.
pub fn core() -> Result<Core> {
    add_target()?;
    step("compiling the core to WebAssembly");
    let compiled = compile(&[])?;
    let work = work_folder(&compiled)?;
    let classic = work.join("classic");

    step("generating the glue");
    bindgen(&compiled)
        .web(true)?
        .typescript(true)
        // `init()` finds the module beside the package's own script.
        .omit_default_module_path(false)
        .generate(PACKAGE)?;
    name_libraries(&Path::new(PACKAGE).join("kashshaf.d.ts"))?;
    bindgen(&compiled)
        .no_modules(true)?
        .typescript(false)
        .generate(&classic)?;
    Ok(Core {
        wasm: classic.join("kashshaf_bg.wasm"),
        glue: classic.join("kashshaf.js"),
        work,
    })
}

/// Compiles the core with what the benches time apart, and writes its glue.
pub fn bench_core() -> Result<Core> {
    step("compiling the core with its bench to WebAssembly");
    let compiled = compile(&["--features", "bench"])?;
    let work = work_folder(&compiled)?;
    let folder = work.join("bench");
    bindgen(&compiled)
        .no_modules(true)?
        .typescript(false)
        .generate(&folder)?;
    Ok(Core {
        wasm: folder.join("kashshaf_bg.wasm"),
        glue: folder.join("kashshaf.js"),
        work,
    })
}

/// The folder for files on the way, found from
/// `…/target/wasm32-unknown-unknown/wasm/kashshaf.wasm`.
fn work_folder(compiled: &Path) -> Result<PathBuf> {
    let target = compiled
        .ancestors()
        .nth(3)
        .context("cargo named a file outside its target folder")?;
    Ok(target.join("xtask"))
}

fn compile(options: &[&str]) -> Result<PathBuf> {
    let messages = output(
        wasm_cargo()
            .args([
                "rustc",
                "--package",
                "kashshaf",
                "--lib",
                "--crate-type",
                "cdylib",
            ])
            .args(["--profile", "wasm", "--target", TARGET, "--locked"])
            .args(options)
            .arg("--message-format=json-render-diagnostics"),
    )?;
    for message in messages.lines() {
        let message: serde_json::Value =
            serde_json::from_str(message).context("reading what cargo printed")?;
        if message["target"]["name"] != "kashshaf" {
            continue;
        }
        let files = message["filenames"].as_array().into_iter().flatten();
        let wasm = files
            .filter_map(|file| file.as_str())
            .find(|file| file.ends_with(".wasm"));
        if let Some(wasm) = wasm {
            return Ok(PathBuf::from(wasm));
        }
    }
    bail!("cargo built the core but named no .wasm file")
}

/// The generated types use `Symbol.dispose`, which a consumer's TypeScript
/// knows only when it is told to.
fn name_libraries(types: &Path) -> Result<()> {
    let text = bundle::read_text(types)?;
    let text = format!("/// <reference lib=\"esnext.disposable\" />\n{text}");
    bundle::write(types, text.as_bytes())
}

fn bindgen(wasm: &Path) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("kashshaf")
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
}

/// Lints the core as the browser gets it, and what the benches add to it.
pub fn clippy() -> Result<()> {
    add_target()?;
    run(wasm_cargo()
        .args([
            "clippy",
            "--package",
            "kashshaf",
            "--lib",
            "--profile",
            "wasm",
        ])
        .args(["--features", "bench"])
        .args(["--target", TARGET, "--locked", "--", "-Dwarnings"]))
}
