//! Counting, against going through the postings one by one.

use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormCounts, FormId, Index, Scope};
use crate::parse::Page;
use crate::search::matches::clause_count::{ClauseCount, WordCounts};
use crate::search::matches::counts::{Counter, Typed};
use crate::search::query::Query;
use crate::search::words::terms::Terms;
use std::collections::BTreeMap;

/// The pages of this repository.
fn pages() -> Index {
    let mut index = Index::default();
    for folder in ["corpus", "tests/pages"] {
        let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(folder).expect("a folder") {
            let bytes = std::fs::read(file.expect("a file").path()).expect("readable");
            let _ = index.add(Page::read("page", &bytes).expect("text"), false);
        }
    }
    index
}

#[test]
fn many_forms_count_as_one_by_one() {
    let mut index = pages();
    index.refresh();
    let mut kept = 0;
    for lens in [Lens::Exact, Lens::Marks, Lens::Letters, Lens::Clitics] {
        let terms = Terms::new(&index, lens, Default::default()).expect("refreshed");
        let mut growing = Counter::new(&index);
        for prefix in ["الم*", "ال*", "ا*", "و*", "م*", "بال*"] {
            let query = Query::parse(prefix);
            let forms = terms.forms(&query.clauses[0].words[0]);
            for scope in Scope::ALL {
                let documents = Documents::new(&index, scope);
                let naive = one_by_one(&index, &documents, &forms);
                let of_form = |form: &FormId| -> u32 {
                    let held = one_by_one(&index, &documents, &[*form]);
                    held.iter().map(|(_, occurrences)| occurrences).sum()
                };
                let told = forms.iter().map(|form| (*form, [of_form(form), 0, 0]));
                let by_form = FormCounts {
                    told: told.collect(),
                    ..FormCounts::default()
                };
                let of_counts =
                    |counts: &WordCounts| ClauseCount::of_forms(index.lexicon(), counts);
                let by_form = of_counts(&WordCounts::new(&by_form, scope));
                for counter in [&mut Counter::new(&index), &mut growing] {
                    let (found, counts) = counter.count(&documents, &forms, Typed::Anywhere);
                    let found = found.listed().into_iter();
                    let found: Vec<_> = found.map(|(d, held)| (d, held.occurrences())).collect();
                    assert_eq!(found, naive);
                    assert_eq!(of_counts(&counts), by_form, "{prefix}");
                }
            }
            index.each_kept(
                &mut (),
                |_, form| forms.binary_search(&form).is_ok(),
                |_, _| kept += 1,
            );
        }
    }
    assert!(kept > 20, "neighbourhoods were counted: {kept}");
}

/// What each document holds of a form, unit by unit.
fn one_by_one(
    index: &Index,
    documents: &Documents<'_>,
    forms: &[FormId],
) -> Vec<(DocumentId, u32)> {
    let mut naive: BTreeMap<DocumentId, u32> = BTreeMap::new();
    for &form in forms {
        for list in index.lists(form) {
            list.for_each(|posting| {
                if let Some(document) = documents.of_unit(posting.unit) {
                    *naive.entry(document).or_default() += posting.occurrences;
                }
            });
        }
    }
    naive.into_iter().collect()
}

#[test]
fn frequent_words_are_counted_alike_when_they_are_asked_for_again() {
    let mut index = pages();
    let words = ["في", "من", "على", "الرئيس", "كيم", "إلى", "روسيا"];
    for round in 0..4 {
        if round == 3 {
            // What was kept is not true any more.
            let page = Page::from_article("a", b"a", "في", "في من على الرئيس كيم إلى روسيا");
            index.add(page, false).expect("new");
        }
        index.refresh();
        let terms = Terms::new(&index, Lens::Clitics, Default::default()).expect("refreshed");
        for scope in Scope::ALL {
            let documents = Documents::new(&index, scope);
            for word in words {
                let query = Query::parse(word);
                let forms = terms.forms(&query.clauses[0].words[0]);
                let typed = terms.form(word);
                let counter = &mut Counter::new(&index);
                let (found, _) = counter.count(&documents, &forms, Typed::Form(typed));
                let found = found.listed();
                let held = found.iter().map(|(d, held)| (*d, held.occurrences()));
                assert!(
                    held.eq(one_by_one(&index, &documents, &forms)),
                    "{word} in {scope:?}"
                );
                let noted = found.iter().filter(|(_, held)| held.is_as_typed());
                let typed = one_by_one(&index, &documents, typed.as_slice());
                let typed = typed.iter().map(|(d, _)| d);
                assert!(noted.map(|(d, _)| d).eq(typed), "{word} in {scope:?}");
            }
        }
    }
}

#[test]
fn what_is_noted_for_one_word_is_not_for_another() {
    let mut index = Index::default();
    let page = Page::from_article("a", b"a", "", "رب البيت");
    index.add(page, false).expect("new");
    index.refresh();
    let form = index.views().and_then(|v| v.form(index.lexicon(), "رب"));
    let documents = Documents::new(&index, Scope::Articles);
    let mut counter = Counter::new(&index);
    for typed in [None, form, None] {
        let forms = [form.expect("it is there")];
        let (found, _) = counter.count(&documents, &forms, Typed::Form(typed));
        let found = found.listed().into_iter();
        let noted: Vec<bool> = found.map(|(_, held)| held.is_as_typed()).collect();
        assert_eq!(noted, [typed.is_some()]);
    }
    // Nor do the units of a smaller set tell where the form stands.
    let all: Vec<FormId> = index.lexicon().forms().map(|(form, _)| form).collect();
    let (found, _) = counter.count(&documents, &all, Typed::Form(form));
    assert!(found.listed().iter().all(|(_, held)| held.is_as_typed()));
}
