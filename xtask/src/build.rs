//! Rust to WebAssembly, and the JavaScript glue for it.

use crate::bundle;
use crate::command::{crate_folders, find, output, run, step, wasm_cargo};
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
    /// The readers' module, loaded when a file needs it.
    pub readers_wasm: PathBuf,
    /// Its glue, defining `kashshaf_readers`.
    pub readers_glue: PathBuf,
    /// The annotator's module, loaded when names, dates or quotes are asked for.
    pub annotator_wasm: PathBuf,
    /// Its glue, defining `kashshaf_annotator`.
    pub annotator_glue: PathBuf,
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

/// One of the modules that the crate is built into.
struct Module {
    /// The features that make it.
    features: &'static str,
    /// The cargo profile that it is compiled with.
    profile: &'static str,
    /// Name of its files.
    name: &'static str,
    /// What its classic glue defines.
    global: &'static str,
    /// What rustc is told beside the profile.
    codegen: &'static [&'static str],
}

/// Every visitor loads the core. Its stack is half of what the linker gives: what recurses there is bounded, and the
/// page's memory counts.
const CORE: Module = Module {
    features: "explorer",
    profile: "wasm",
    name: "kashshaf",
    global: "wasm_bindgen",
    codegen: &["-Clink-arg=-zstack-size=524288"],
};

const READERS: Module = Module {
    features: "readers",
    profile: "wasm-fast",
    name: "kashshaf-readers",
    global: "kashshaf_readers",
    codegen: &[],
};

/// The readers for a file that shall be small.
const SMALL_READERS: Module = Module {
    profile: "wasm",
    ..READERS
};

const ANNOTATOR: Module = Module {
    features: "annotator",
    profile: "wasm",
    name: "kashshaf-annotator",
    global: "kashshaf_annotator",
    codegen: &[],
};

/// The core with what the benches time apart.
const BENCH: Module = Module {
    features: "explorer,bench",
    ..CORE
};

/// One module and its glue.
pub struct Files {
    /// The module that the glue loads.
    pub wasm: PathBuf,
    /// Classic-script glue.
    pub glue: PathBuf,
}

/// Compiles the core, the readers and the annotator for the browser and writes `pkg/` and the classic glue.
pub fn core() -> Result<Core> {
    add_target()?;
    step("compiling the core to WebAssembly");
    let compiled = compile(&CORE, None)?;
    let work = work_folder(&compiled)?;
    let classic = work.join("classic");
    step("compiling the readers to WebAssembly");
    // A folder for each: cargo calls every module kashshaf.wasm.
    let readers = compile(&READERS, Some(&work.join("readers")))?;
    step("compiling the annotator to WebAssembly");
    let annotator = compile(&ANNOTATOR, Some(&work.join("annotator")))?;

    step("generating the glue");
    let modules = [
        (&CORE, &compiled),
        (&READERS, &readers),
        (&ANNOTATOR, &annotator),
    ];
    for (module, compiled) in modules {
        bindgen(module, compiled)
            .web(true)?
            .typescript(true)
            // `init()` finds the module beside the package's own script.
            .omit_default_module_path(false)
            .generate(PACKAGE)?;
        name_libraries(&Path::new(PACKAGE).join(format!("{}.d.ts", module.name)))?;
        classic_glue(module, compiled, &classic)?;
    }
    Ok(Core {
        wasm: classic.join("kashshaf_bg.wasm"),
        glue: classic.join("kashshaf.js"),
        readers_wasm: classic.join("kashshaf-readers_bg.wasm"),
        readers_glue: classic.join("kashshaf-readers.js"),
        annotator_wasm: classic.join("kashshaf-annotator_bg.wasm"),
        annotator_glue: classic.join("kashshaf-annotator.js"),
        work,
    })
}

/// Compiles the core with what the benches time apart, and writes its glue.
pub fn bench_core() -> Result<Files> {
    step("compiling the core with its bench to WebAssembly");
    let compiled = compile(&BENCH, None)?;
    let folder = work_folder(&compiled)?.join("bench");
    classic_glue(&BENCH, &compiled, &folder)?;
    Ok(Files {
        wasm: folder.join("kashshaf_bg.wasm"),
        glue: folder.join("kashshaf.js"),
    })
}

/// Compiles the readers for size, and writes their glue.
pub fn small_readers(core: &Core) -> Result<Files> {
    step("compiling smaller readers to WebAssembly");
    let folder = core.work.join("small-readers");
    let compiled = compile(&SMALL_READERS, Some(&folder))?;
    classic_glue(&SMALL_READERS, &compiled, &folder)?;
    Ok(Files {
        wasm: folder.join("kashshaf-readers_bg.wasm"),
        glue: folder.join("kashshaf-readers.js"),
    })
}

fn classic_glue(module: &Module, compiled: &Path, folder: &Path) -> Result<()> {
    bindgen(module, compiled)
        .no_modules(true)?
        .no_modules_global(module.global)?
        .typescript(false)
        .generate(folder)
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

/// Compiles a module, in a target folder of its own if one is named.
fn compile(module: &Module, folder: Option<&Path>) -> Result<PathBuf> {
    let mut command = wasm_cargo()?;
    if let Some(folder) = folder {
        command.env("CARGO_TARGET_DIR", folder);
    }
    let messages = output(
        command
            .args([
                "rustc",
                "--package",
                "kashshaf",
                "--lib",
                "--crate-type",
                "cdylib",
            ])
            .args(["--profile", module.profile, "--target", TARGET, "--locked"])
            .args(["--no-default-features", "--features", module.features])
            .arg("--message-format=json-render-diagnostics")
            .arg("--")
            .args(module.codegen),
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
            refuse_folders(Path::new(wasm))?;
            return Ok(PathBuf::from(wasm));
        }
    }
    bail!("cargo built the core but named no .wasm file")
}

/// An error when a module names a folder of this machine.
fn refuse_folders(wasm: &Path) -> Result<()> {
    let bytes = bundle::read(wasm)?;
    for folder in crate_folders()? {
        let name = folder.as_os_str().as_encoded_bytes();
        if bytes.windows(name.len()).any(|window| window == name) {
            bail!("{} names {}", wasm.display(), folder.display());
        }
    }
    Ok(())
}

/// The generated types use `Symbol.dispose`, which a consumer's TypeScript
/// knows only when it is told to.
fn name_libraries(types: &Path) -> Result<()> {
    let text = bundle::read_text(types)?;
    let text = format!("/// <reference lib=\"esnext.disposable\" />\n{text}");
    bundle::write(types, text.as_bytes())
}

fn bindgen(module: &Module, wasm: &Path) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(module.name)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
}

/// Lints the modules as the browser gets them, and what the benches add to the core.
pub fn clippy() -> Result<()> {
    add_target()?;
    [BENCH, READERS, ANNOTATOR].iter().try_for_each(lint)
}

fn lint(module: &Module) -> Result<()> {
    run(wasm_cargo()?
        .args([
            "clippy",
            "--package",
            "kashshaf",
            "--lib",
            "--profile",
            "wasm",
        ])
        .args(["--no-default-features", "--features", module.features])
        .args(["--target", TARGET, "--locked", "--", "-Dwarnings"]))
}
