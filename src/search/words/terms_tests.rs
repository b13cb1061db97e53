use super::*;
use crate::parse::Page;
use crate::search::words::resemblance::resemblance;

#[test]
fn prefixes_are_found_as_a_scan_of_the_forms_finds_them() {
    let text = "والبوتين بوتين ووبوتين وبوتين وبو بال بالغ بالرئيس الرئيس رئيس للرئيس مسؤول مسو\u{654}ول \
                مسـؤول ا\u{654}مر أمر أَمر اَمر قاتـ.ل قاتل 1.5 1.57 Café cafe Cafe\u{301} \u{64E} ﷲ ﻻم لا 19 ١٩";
    let mut index = Index::default();
    index
        .add(Page::from_article("a", b"a", "", text), false)
        .expect("new");
    index.refresh();
    let lexicon = index.lexicon();
    let written: Vec<&str> = lexicon.forms().map(|(_, form)| form).collect();
    for &word in &written {
        for (end, c) in word.char_indices() {
            let prefix = word.get(..end + c.len_utf8()).expect("a border");
            let asked = Word {
                text: prefix.to_owned(),
                kind: WordKind::Prefix,
                lens: None,
                via: None,
            };
            let marks = |form: &str| marks_key(form).starts_with(&marks_key(prefix));
            let letters = |form: &str| letters_key(form).starts_with(&letters_key(prefix));
            let naive = |lens, form: &str| match lens {
                Lens::Exact => form.starts_with(prefix) && marks(form),
                Lens::Marks => marks(form),
                _ => letters(form),
            };
            let mut stricter: Vec<&str> = Vec::new();
            for lens in Lens::ALL {
                let terms = Terms::new(&index, lens, Apart::default()).expect("refreshed");
                let found = terms.forms(&asked);
                let found: Vec<&str> = found.iter().map(|&f| lexicon.form(f)).collect();
                let by_scan = written.iter().filter(|form| naive(lens, form));
                if lens >= Lens::Clitics {
                    assert!(by_scan.clone().all(|form| found.contains(form)), "{prefix}");
                } else {
                    assert_eq!(
                        found,
                        by_scan.copied().collect::<Vec<_>>(),
                        "{prefix} {lens:?}"
                    );
                }
                assert!(
                    stricter.iter().all(|form| found.contains(form)),
                    "{prefix} {lens:?}"
                );
                stricter = found;
            }
        }
    }
}

#[test]
fn similar_words_are_found_by_what_the_lens_leaves() {
    let text = "زار بيونغيانغ ثم عاد من بيونغيانغ وبيونغيانج. كتب مكتب كتبت عن كتاب من مكتبه، وقال إن الكتاب كتاب.";
    let mut index = Index::default();
    let page = Page::from_article("a", b"a", "", text);
    index.add(page, false).expect("new");
    index.refresh();
    // lens, word, forms that are found
    let cases: &[(Lens, &str, &[&str])] = &[
        (Lens::Clitics, "بيونغيانج", &["بيونغيانغ", "وبيونغيانج"]),
        (Lens::Letters, "بيونغيانج", &["بيونغيانغ", "وبيونغيانج"]),
        (Lens::Clitics, "كتاب", &["كتاب", "الكتاب", "كتب"]),
        (Lens::Clitics, "كتاي", &["كتاب", "الكتاب"]),
        (Lens::Letters, "مكتت", &["مكتب"]),
        (Lens::Clitics, "كتي", &[]),
        (Lens::Clitics, "من", &["من"]),
    ];
    for (lens, word, expected) in cases {
        let terms = Terms::new(&index, *lens, Apart::default()).expect("refreshed");
        let word = Word {
            text: (*word).to_owned(),
            kind: WordKind::Fuzzy,
            lens: None,
            via: None,
        };
        let forms = terms.forms(&word);
        let mut found: Vec<&str> = forms.iter().map(|&f| index.lexicon().form(f)).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{} {lens:?}", word.text);
    }
}

#[test]
fn words_that_resemble_are_those_of_a_scan_of_all() {
    let long = "لطويلةجداجداجداجداجداجداجداجداجدا";
    let text = "بيونغيانغ بيونغيانج بيونغ يانغ وبيونغيانغ كتب كتاب كتابه مكتبة المكتبات ككككك كككك سسسس \
                استخدمت استخدم مستخدم صاروخ صواريخ صاروخين والصاروخ abcabc abcab cabca باب ابب ببا";
    let mut index = Index::default();
    let text = format!("{text} {long} {long}ت ا{long}");
    let page = Page::from_article("a", b"a", "", &text);
    index.add(page, false).expect("new");
    index.refresh();
    let terms = Terms::new(&index, Lens::Similar, Apart::default()).expect("refreshed");
    for asked in text.split_whitespace() {
        let found = terms.resembling(&letters_key(asked));
        let base = terms.base(&letters_key(asked)).to_owned();
        let words = 0..u32::try_from(terms.views.len()).expect("few");
        let by_scan: Vec<(Range<u32>, f32)> = terms
            .classes(words)
            .filter(|_| base.chars().count() > 2)
            .filter_map(|class| {
                let share = resemblance(&base, terms.views.base(class.start))?;
                Some((class, share))
            })
            .collect();
        assert_eq!(found, by_scan, "{asked}");
    }
}
