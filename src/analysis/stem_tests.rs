use super::*;
use std::collections::BTreeMap;

/// Words with their frequencies; a word that ends in ة or begins with إ says so.
struct Corpus(BTreeMap<String, (u64, bool, bool)>);

impl Corpus {
    fn new(words: &[(&str, u64)]) -> Self {
        let entry = |&(word, n): &(&str, u64)| {
            let key = crate::analysis::fold::letters_key(word);
            (key, (n, word.ends_with('ة'), word.starts_with('أ')))
        };
        Self(words.iter().map(entry).collect())
    }
}

impl Bases for Corpus {
    fn frequency(&self, base: &str) -> u64 {
        self.0.get(base).map_or(0, |word| word.0)
    }
    fn ends_in_teh(&self, base: &str) -> bool {
        self.0.get(base).is_some_and(|word| word.1)
    }
    fn hamza_above(&self, base: &str) -> bool {
        self.0.get(base).is_some_and(|word| word.2)
    }
}

fn corpus() -> Corpus {
    Corpus::new(&[
        ("صاروخ", 5),
        ("صواريخ", 9),
        ("صاروخي", 3),
        ("صاروخين", 1),
        ("مكتب", 9),
        ("مكاتب", 4),
        ("مقتل", 9),
        ("مقاتل", 4),
        ("مقاتلين", 4),
        ("لبن", 1),
        ("لبنان", 90),
        ("حكومة", 30),
        ("حكومتهم", 2),
        ("حكومات", 3),
        ("روسي", 9),
        ("روسية", 9),
        ("روسيا", 90),
        ("روسيين", 3),
        ("رئيس", 20),
        ("رئيسة", 2),
        ("رؤساء", 3),
        ("كبيرا", 5),
        ("كبير", 8),
        ("مدينة", 9),
        ("مدينته", 1),
        ("أعمال", 4),
        ("عمل", 20),
        ("إعلان", 9),
        ("علن", 2),
        ("كتاب", 5),
        ("كتب", 5),
        ("كتابه", 2),
        ("كتابها", 2),
        ("شركة", 9),
        ("شرك", 1),
        ("قالت", 9),
        ("قال", 90),
        ("وزراء", 9),
        ("وزير", 9),
        ("أصدقاء", 2),
        ("صديق", 2),
        ("رسائل", 2),
        ("رسالة", 2),
        ("جامعة", 9),
        ("ايران", 20),
    ])
}

#[test]
fn stems_are_those_of_the_table() {
    let corpus = corpus();
    let cases = [
        ("صواريخ", "صاروخ"),
        ("صاروخين", "صاروخ"),
        ("صاروخي", "صاروخي"),
        ("مكاتب", "مكتب"),
        ("مقاتل", "مقاتل"),
        ("مقاتلين", "مقاتل"),
        ("لبنان", "لبنان"),
        ("حكومتهم", "حكومه"),
        ("حكومات", "حكومه"),
        ("روسيه", "روسي"),
        ("روسيين", "روسي"),
        ("روسيا", "روسيا"),
        ("رئيسه", "رئيس"),
        ("رؤساء", "رئيس"),
        ("كبيرا", "كبير"),
        ("مدينته", "مدينه"),
        ("اعمال", "عمل"),
        ("اعلان", "اعلان"),
        ("كتب", "كتاب"),
        ("كتابها", "كتاب"),
        ("كتابه", "كتاب"),
        ("شركه", "شركه"),
        ("قالت", "قال"),
        ("وزراء", "وزير"),
        ("اصدقاء", "صديق"),
        ("رسائل", "رساله"),
        ("جامعه", "جامعه"),
        ("ايران", "ايران"),
        ("2023", "2023"),
        ("putin", "putin"),
    ];
    for (word, expected) in cases {
        assert_eq!(stem(word, &corpus), expected, "{word}");
    }
}

/// Going down from a stem finds every word that comes up to it.
#[test]
fn families_hold_all_words_of_a_stem() {
    let corpus = corpus();
    for word in corpus.0.keys() {
        let stem_of_word = stem(word, &corpus);
        let family = family(&stem_of_word, &corpus);
        let mut expected: Vec<&String> = corpus
            .0
            .keys()
            .filter(|other| stem(other, &corpus) == stem_of_word)
            .collect();
        expected.sort_unstable();
        let mut found: Vec<&String> = family
            .iter()
            .filter(|member| corpus.frequency(member) > 0)
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn listed_plurals_have_one_singular_and_are_none_themselves() {
    let table = table();
    assert!(table.singulars.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (plural, singular) in &table.singulars {
        assert!(
            entries(&table.singulars, singular).next().is_none(),
            "{plural} {singular}"
        );
        assert_eq!(crate::analysis::fold::letters_key(plural), *plural);
        assert_eq!(crate::analysis::fold::letters_key(singular), *singular);
    }
}
