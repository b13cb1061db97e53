//! `kashshaf parse --rules FILE`: page rules of a reader's own.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use program::{Run, kashshaf};

const PAGE: &str = "افتتحت البلدية حديقة جديدة في الحي الشرقي من المدينة.\nحصري: صحيفة السهل\n";

/// Parses the page with rules in a file.
fn parse(name: &str, rules: &str) -> Run {
    let folder = std::env::temp_dir().join(format!("kashshaf-rules-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (page, file) = (folder.join("page.txt"), folder.join("rules.txt"));
    std::fs::write(&page, PAGE).expect("written");
    std::fs::write(&file, rules).expect("written");
    let (page, file) = (page.to_string_lossy(), file.to_string_lossy());
    let run = kashshaf(&["parse", "--rules", &file, &page]);
    std::fs::remove_dir_all(&folder).expect("removed");
    run
}

#[test]
fn rules_of_a_file_are_used() {
    let run = parse("good", "outlet colon حصري\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("\"outlets\":[\"صحيفة السهل\"]"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("own-rule"), "{}", run.stdout);
    let without = parse("none", "# no rule\n");
    assert!(
        without.stdout.contains("\"outlets\":[]"),
        "{}",
        without.stdout
    );
}

#[test]
fn an_error_names_file_line_and_character() {
    let run = parse("bad", "# قاعدة\noutlet colon (حصري\n");
    assert_eq!(run.code, 2);
    for expected in ["rules.txt", "bad-rules", "line 2, character 14", "«(حصري»"] {
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
    let missing = kashshaf(&["parse", "--rules"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("--rules"), "{}", missing.stderr);
}
