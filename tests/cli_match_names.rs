//! `kashshaf match-names`: Arabic names for names in Latin letters.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/program.rs"]
mod program;

use program::{Folder, Run, kashshaf, kashshaf_reading};

/// Names of the news, with near ones beside them.
const NAMES: &str = "\u{FEFF}بوتين\r\nبوتفليقة\nكيم جونغ أون\nكيم سونغ\nكيم جونغ إيل\n\nعبد الله\nعبد الرحمن\n\
    السيسي\nميركل\nماركل\nخروتشوف\nلوكاشينكو\nغوتيريش\nمحمد بن سلمان\nشي جين بينغ\nبايدن\nيلتسين\nبان كي مون\n\
    زيلينسكي\nأردوغان\nنتنياهو\nماكرون\nفرنسوا هولاند\nكلينتون\nهيلاري كلينتون\nأمين\nآمين\n";

fn matched(name: &str, queries: &str, more: &[&str]) -> Run {
    let folder = Folder::new(name);
    let names = folder.write("names.txt", NAMES.as_bytes());
    let mut args = vec!["match-names", "--names", &names];
    args.extend(more);
    kashshaf_reading(&args, queries.as_bytes())
}

#[test]
fn the_best_name_is_the_one_that_is_meant() {
    let cases = [
        ("Putin", "بوتين"),
        ("Poutine", "بوتين"),
        ("Bouteflika", "بوتفليقة"),
        ("Kim Jong Un", "كيم جونغ أون"),
        ("Kim Jong-un", "كيم جونغ أون"),
        ("Kim Jong Il", "كيم جونغ إيل"),
        ("Abdullah", "عبد الله"),
        ("Abdallah", "عبد الله"),
        ("Abd al-Rahman", "عبد الرحمن"),
        ("al-Sisi", "السيسي"),
        ("el-Merkel", "ميركل"),
        ("Sissi", "السيسي"),
        ("Merkel", "ميركل"),
        ("Lukashenko", "لوكاشينكو"),
        ("Guterres", "غوتيريش"),
        ("Mohammed bin Salman", "محمد بن سلمان"),
        ("Xi Jinping", "شي جين بينغ"),
        ("Biden", "بايدن"),
        ("Ban Ki-moon", "بان كي مون"),
        ("Zelenskyy", "زيلينسكي"),
        ("Selenskyj", "زيلينسكي"),
        ("Erdoğan", "أردوغان"),
        ("Erdogan", "أردوغان"),
        ("Netanyahu", "نتنياهو"),
        ("Macron", "ماكرون"),
        ("François Hollande", "فرنسوا هولاند"),
        ("Clinton", "كلينتون"),
        ("Hillary Clinton", "هيلاري كلينتون"),
        ("Clinton, Hillary", "هيلاري كلينتون"),
    ];
    let queries: String = cases.map(|(query, _)| format!("{query}\n")).concat();
    let run = matched("match-names-best", &queries, &["--limit", "1"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let found: Vec<(&str, &str)> = run
        .stdout
        .lines()
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [query, name, share] = columns[..] else {
                panic!("not three columns: {line}");
            };
            assert!(
                (0.7..=1.0).contains(&share.parse::<f32>().unwrap()),
                "{line}"
            );
            (query, name)
        })
        .collect();
    assert_eq!(found, cases);
}

#[test]
fn a_query_that_is_no_name_of_the_list_prints_nothing() {
    let run = matched(
        "match-names-none",
        "Washington\nKim Il Sung\n\n---\nبوتين\n123\n",
        &[],
    );
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn shares_fall_and_spellings_that_fold_alike_stand_together() {
    let run = matched("match-names-order", "Amin\n", &["--all"]);
    let rows: Vec<(&str, f32)> = run
        .stdout
        .lines()
        .map(|line| {
            let (name, share) = line
                .strip_prefix("Amin\t")
                .unwrap()
                .split_once('\t')
                .unwrap();
            (name, share.parse().unwrap())
        })
        .collect();
    assert_eq!((rows[0].0, rows[1].0), ("أمين", "آمين"));
    assert!(rows.is_sorted_by(|a, b| a.1 >= b.1));
    let classes: f32 = rows[1..].iter().map(|row| row.1).sum();
    assert!(classes <= 1.001, "shares of names add up to {classes}");
}

#[test]
fn wrong_use_and_bad_input_are_told() {
    let folder = Folder::new("match-names-bad");
    let names = folder.write("names.txt", NAMES.as_bytes());
    let cases: [(&[&str], &str); 3] = [
        (&["match-names"], "no --names FILE"),
        (
            &["match-names", "--names", &names, "--limit", "0"],
            "allowed: 1 to",
        ),
        (
            &["match-names", "--naems", &names],
            "allowed: --names, --limit, --all",
        ),
    ];
    for (args, message) in cases {
        let run = kashshaf(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
    let missing = folder.path("missing.txt");
    let run = kashshaf_reading(&["match-names", "--names", &missing], b"");
    assert_eq!(run.code, 1);
    let run = kashshaf_reading(&["match-names", "--names", &names], b"\xFF\xFE\nPutin\n");
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("Putin\tبوتين\t") && run.stderr.contains("line 1"));
}
