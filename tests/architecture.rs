//! House rules that a machine can check.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{files_below, repository};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each floor and the floors that it may use.
const FLOORS: &[(&str, &[&str])] = &[
    ("sorting", &[]),
    ("text", &["sorting"]),
    ("parse", &["sorting", "text"]),
    ("analysis", &["sorting", "text"]),
    ("index", &["sorting", "text", "parse", "analysis"]),
    ("search", &["sorting", "text", "parse", "analysis", "index"]),
    (
        "entities",
        &["sorting", "text", "parse", "analysis", "index", "search"],
    ),
    (
        "insights",
        &["sorting", "text", "parse", "analysis", "index", "search"],
    ),
    (
        "api",
        &[
            "sorting", "text", "parse", "analysis", "index", "search", "entities", "insights",
        ],
    ),
    (
        "wasm",
        &[
            "sorting", "text", "parse", "analysis", "index", "search", "entities", "insights",
            "api",
        ],
    ),
];

const MOST_LINES: usize = 400;

fn sources() -> Vec<PathBuf> {
    let mut files = files_below("src");
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    assert!(files.len() > 40, "the sources were not found");
    files
}

/// A path as it is written in the repository.
fn shown(path: &Path) -> String {
    let path = path
        .strip_prefix(repository(""))
        .expect("in the repository");
    path.to_string_lossy().replace('\\', "/")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text file")
}

/// Rust code without line comments.
fn code_of(path: &Path) -> String {
    let source = read(path);
    source
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first names of the paths that may follow `path::`, one or a group in braces.
fn first_names(after: &str) -> Vec<String> {
    let after = after.trim_start();
    let Some(group) = after.strip_prefix('{') else {
        return vec![identifier(after)];
    };
    let (mut names, mut depth, mut item) = (Vec::new(), 0, String::new());
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => names.push(identifier(&std::mem::take(&mut item))),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                item.push(c);
            }
        }
    }
    names.push(identifier(&item));
    names
}

fn identifier(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The names that code takes from the root of the crate; `depth` is the number
/// of modules that the file is below it.
fn names_from_root(code: &str, depth: usize) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        names.extend(first_names(
            code.get(at + "crate::".len()..).unwrap_or_default(),
        ));
    }
    let climb = "super::".repeat(depth.max(1));
    for (at, _) in code.match_indices(&climb) {
        names.extend(first_names(
            code.get(at + climb.len()..).unwrap_or_default(),
        ));
    }
    names
}

#[test]
fn the_scan_sees_every_way_to_name_a_floor() {
    let cases = [
        ("use crate::api::Explorer;", 2, vec!["api"]),
        (
            "use crate::{text::{tokenize, fold}, api::Error};",
            2,
            vec!["text", "api"],
        ),
        (
            "let x = super::super::search::Query::parse(t);",
            2,
            vec!["search"],
        ),
        ("use super::lens_view::LensView;", 2, vec![]),
        ("use super::search;", 1, vec!["search"]),
    ];
    for (code, depth, expected) in cases {
        assert_eq!(names_from_root(code, depth), expected, "{code}");
    }
}

#[test]
fn a_floor_uses_only_floors_below_it() {
    let mut wrong = Vec::new();
    for path in sources() {
        let name = shown(&path);
        let inside: Vec<&str> = name.trim_end_matches(".rs").split('/').skip(1).collect();
        let Some((floor, allowed)) = FLOORS.iter().find(|(floor, _)| *floor == inside[0]) else {
            let known = ["lib", "bin"].contains(&inside[0]);
            assert!(known, "src/{} is no floor of the house", inside[0]);
            continue;
        };
        let depth = inside.len() - usize::from(inside.last() == Some(&"mod"));
        for used in names_from_root(&code_of(&path), depth) {
            let is_floor = FLOORS.iter().any(|(known, _)| *known == used);
            if is_floor && used != *floor && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{name}: {floor} may not use {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_crate_has_the_known_floors_and_no_other_module() {
    let lib = code_of(&repository("src/lib.rs"));
    let modules: Vec<String> = lib
        .match_indices("mod ")
        .map(|(at, _)| identifier(&lib[at + 4..]))
        .collect();
    let order: Vec<usize> = modules
        .iter()
        .map(|module| {
            let floor = FLOORS.iter().position(|(floor, _)| floor == module);
            floor.unwrap_or_else(|| panic!("src/lib.rs: {module} is no floor of the house"))
        })
        .collect();
    assert!(
        order.is_sorted(),
        "src/lib.rs lists the floors from the ground up: {modules:?}"
    );
    assert!(modules.len() >= 7);
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|path| !shown(path).ends_with("_table.rs"))
        .map(|path| (shown(path), read(path).lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(name, lines)| format!("{name}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "more than {MOST_LINES} lines; split by idea: {long:#?}"
    );
}

#[test]
fn only_the_border_knows_of_javascript() {
    for path in sources() {
        let name = shown(&path);
        if name.starts_with("src/wasm/") || name == "src/lib.rs" {
            continue;
        }
        for word in ["wasm_bindgen", "js_sys", "web_sys", "target_arch"] {
            assert!(!read(&path).contains(word), "{name} mentions {word}");
        }
    }
}

/// The string literals of code.
fn literals(code: &str) -> Vec<&str> {
    code.split('"').skip(1).step_by(2).collect()
}

fn is_code(text: &str) -> bool {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.contains('-') && text.chars().all(kebab) && !text.starts_with('-') && !text.ends_with('-')
}

/// The codes in the body of a function: what stands after `head` up to its closing brace.
fn codes_in(path: &str, head: &str) -> BTreeSet<String> {
    let code = code_of(&repository(path));
    let after = code.split(head).skip(1);
    let bodies = after.map(|rest| rest.split("\n    }\n").next().unwrap_or_default());
    let found: BTreeSet<String> = bodies
        .flat_map(literals)
        .filter(|text| is_code(text))
        .map(ToOwned::to_owned)
        .collect();
    assert!(!found.is_empty(), "{path} has no codes after «{head}»");
    found
}

/// The keys of the object `section` in the messages of a language.
fn keys_of(language: &str, section: &str) -> BTreeSet<String> {
    let source = read(&repository(&format!("www/i18n/{language}-codes.js")));
    let start = source
        .find(&format!("\n  {section}: {{"))
        .unwrap_or_else(|| panic!("{language}: {section}"));
    let object = source[start..].split_once('{').expect("an object").1;
    // Texts hold braces too; the object ends at the one that closes its lines.
    let ends = ["\n  },", " },\n"]
        .iter()
        .filter_map(|end| object.find(end));
    let object = object
        .get(..ends.min().expect("the object ends"))
        .unwrap_or_default();
    let object: Vec<&str> = object.split('\'').collect();
    let mut keys = BTreeSet::new();
    for pair in object.windows(2) {
        let key = pair[0]
            .rsplit([',', '\n'])
            .next()
            .unwrap_or_default()
            .trim();
        // A quoted key is followed by a colon, a bare one ends in it.
        if pair[1].trim_start().starts_with(':') {
            keys.insert(pair[0].to_owned());
        } else if let Some(bare) = key.strip_suffix(':').filter(|bare| !bare.is_empty()) {
            keys.insert(bare.trim().to_owned());
        }
    }
    keys
}

/// The codes with which the readers and the ledger say why something was not read.
fn reasons_of_readers() -> BTreeSet<String> {
    let mut found = codes_in("src/parse/ledger.rs", "fn reason(&self)");
    for path in files_below("src/parse/readers") {
        let code = code_of(&path);
        for call in ["problem(", "skip("] {
            for (at, _) in code.match_indices(call) {
                let argument = code[at + call.len()..].trim_start();
                let literal = argument
                    .strip_prefix('"')
                    .and_then(|rest| rest.split_once('"'));
                found.extend(literal.map(|(literal, _)| literal.to_owned()));
            }
        }
    }
    assert!(found.len() > 25, "{found:?}");
    found
}

#[test]
fn every_code_of_the_core_has_its_text_in_both_languages() {
    let mut errors = codes_in("src/api/error.rs", "fn code(&self)");
    let warnings = codes_in("src/parse/read_error.rs", "impl ReadWarning {");
    let read_errors = codes_in("src/parse/read_error.rs", "impl ReadError {");
    errors.extend(read_errors);
    errors.extend(reasons_of_readers());
    let notices = codes_in("src/search/query.rs", "notice_codes! {");
    let parts: BTreeSet<String> = kashshaf::parse::PartKind::ALL
        .iter()
        .map(|kind| kind.name().to_owned())
        .collect();
    let mut reasons = BTreeSet::new();
    let mut with_reasons = files_below("src/parse/anatomy");
    with_reasons.retain(|path| !shown(path).contains("/rules/"));
    with_reasons.push(repository("src/parse/page.rs"));
    for path in with_reasons {
        let code = code_of(&path);
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        reasons.extend(
            literals(code)
                .into_iter()
                .filter(|t| is_code(t))
                .map(ToOwned::to_owned),
        );
    }
    let origins: BTreeSet<String> = std::iter::once("date-line".to_owned()).collect();
    reasons.retain(|reason| !parts.contains(reason) && !origins.contains(reason));
    assert!(reasons.len() > 15, "{reasons:?}");
    let mut limits: BTreeSet<String> = kashshaf::parse::readers::Limits::default()
        .rows()
        .map(|(name, ..)| name.to_owned())
        .into();
    limits.insert("memory".to_owned());
    let sections = [
        ("limits", &limits),
        ("errors", &errors),
        ("warnings", &warnings),
        ("notices", &notices),
        ("parts", &parts),
        ("reasons", &reasons),
        ("origins", &origins),
    ];
    for language in ["ar", "en"] {
        for (section, codes) in sections {
            let told = keys_of(language, section);
            let missing: Vec<_> = codes.difference(&told).collect();
            assert!(
                missing.is_empty(),
                "{language}-codes.js, {section}: no text for {missing:?}"
            );
        }
    }
}

#[test]
fn styles_name_no_side_of_the_screen() {
    let mut files = files_below("www");
    files.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    assert!(files.len() > 5, "the styles were not found");
    for path in files {
        let source = read(&path);
        let declarations = source
            .split(['{', '}', ';', '\n'])
            .filter_map(|d| d.split_once(':'));
        for (property, value) in declarations {
            let sides = ["left", "right"];
            let property = property.trim();
            let physical = property.split('-').any(|word| sides.contains(&word))
                || ["text-align", "float", "clear"].contains(&property)
                    && sides.contains(&value.trim());
            assert!(!physical, "{}: {property}: {value}", shown(&path));
        }
    }
}

#[test]
fn the_bundled_pages_are_as_received() {
    let ids: Vec<String> = common::bundled_files()
        .iter()
        .map(|(_, bytes)| {
            let digest = Sha256::digest(bytes);
            digest
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect()
        })
        .collect();
    assert_eq!(
        ids,
        [
            "d4648793cc953762",
            "7a9d40fe20958365",
            "a85950761aeedaad",
            "f65c223c4d961d54",
            "b6361eb23d0b7036"
        ]
    );
}

#[test]
fn no_source_names_a_path_of_one_machine() {
    // Written apart, so that this file may be scanned too.
    let paths = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let mut files: Vec<PathBuf> = ["src", "www", "xtask/src", "tests", "docs"]
        .iter()
        .flat_map(|folder| files_below(folder))
        .collect();
    let top = std::fs::read_dir(repository("")).expect("the repository");
    files.extend(
        top.map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "md" || extension == "toml")
            }),
    );
    for file in files {
        let Ok(source) = std::fs::read_to_string(&file) else {
            continue;
        };
        for (number, line) in (1..).zip(source.lines()) {
            for path in &paths {
                let found = line.match_indices(path.as_str()).any(|(at, _)| {
                    // `https://example.org/home/` is an address.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
                });
                assert!(!found, "{}:{number}: {line}", shown(&file));
            }
        }
    }
}
