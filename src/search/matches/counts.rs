//! How often a set of forms stands in each unit and in each document of a scope.

use crate::index::{DocumentId, Documents, FormId, Index, Scope, UnitKind};
use crate::search::matches::clause_count::FormCount;
use crate::search::words::form_set::FormSet;
use std::rc::Rc;

/// A document with a number of occurrences, one at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct DocumentCount {
    pub(in crate::search) document: DocumentId,
    /// Occurrences, and [`AS_TYPED`] where the word stands as typed.
    noted: u32,
}

impl DocumentCount {
    pub(in crate::search) fn new(document: DocumentId, occurrences: u32) -> Self {
        Self {
            document,
            noted: occurrences,
        }
    }

    #[inline]
    pub(in crate::search) fn occurrences(&self) -> u32 {
        self.noted & !AS_TYPED
    }

    /// Whether the form is among them that was asked to be noted.
    #[inline]
    pub(in crate::search) fn is_as_typed(&self) -> bool {
        self.noted & AS_TYPED != 0
    }
}

/// Counts occurrences. What was counted is kept: a set that holds an earlier
/// one costs only the forms that it has more, and a further scope nothing.
/// Sets are best asked for from the smallest on.
#[derive(Debug)]
pub(in crate::search) struct Counter<'i> {
    index: &'i Index,
    /// For each unit its kind, and above [`KIND_BITS`] its occurrences, all 0 between two counts.
    table: Vec<u32>,
    known: Vec<Known>,
}

/// A set of forms that was counted.
#[derive(Clone, Debug)]
struct Known {
    /// Ascending.
    forms: Vec<FormId>,
    /// Beside each form its occurrences by kind of unit.
    by_form: Vec<[u32; UnitKind::COUNT]>,
    /// The units that hold any, ascending, with the occurrences of all, and [`AS_TYPED`] where one of the form is among them.
    units: Rc<Vec<(u32, u32)>>,
    typed: Option<FormId>,
}

/// Bits that hold the kind of a unit: one look at the table tells all that a posting needs.
const KIND_BITS: u32 = 2;
const KIND: u32 = (1 << KIND_BITS) - 1;

/// Beside the occurrences in a unit or a document: one form, that is typed so, is among them.
const AS_TYPED: u32 = 1 << (u32::BITS - 1 - KIND_BITS);

/// A sorted list costs as much as looking at so many units for each of its members.
const LOOKS: usize = 16;

/// Fewer forms than this are read one by one.
const MANY: usize = if cfg!(test) { 4 } else { 1_000 };

/// Postings are not kept of more sets than this.
const MOST_KNOWN: usize = 256;

impl<'i> Counter<'i> {
    pub(in crate::search) fn new(index: &'i Index) -> Self {
        Self {
            index,
            table: Vec::new(),
            known: Vec::new(),
        }
    }

    /// The documents that hold any of the forms, by number, and the occurrences
    /// of each form in them. The forms ascend, each once. Where one of them is `typed`, that is noted.
    pub(in crate::search) fn count(
        &mut self,
        documents: &Documents<'_>,
        forms: &[FormId],
        typed: Option<FormId>,
    ) -> (Vec<DocumentCount>, Vec<FormCount>) {
        let is_known = |known: &Known| known.forms == forms && known.typed == typed;
        let equal = self.known.iter().position(is_known);
        let at = equal.unwrap_or_else(|| {
            let counted = self.counted(forms, typed);
            self.known.truncate(MOST_KNOWN - 1);
            self.known.push(counted);
            self.known.len() - 1
        });
        let Some(known) = self.known.get(at) else {
            return Default::default();
        };
        let kinds = UnitKind::of_scope(documents.scope());
        let by_form = known.forms.iter().zip(&known.by_form);
        let by_form = by_form.map(|(&form, counts)| {
            let inside = kinds.iter().filter_map(|&kind| counts.get(kind as usize));
            FormCount::new(form, inside.sum())
        });
        (of_documents(documents, &known.units), by_form.collect())
    }

    /// Counts a set with the help of the greatest one inside it that is known.
    fn counted(&mut self, forms: &[FormId], typed: Option<FormId>) -> Known {
        let inside = |known: &&Known| known.forms.len() < forms.len() && holds(forms, &known.forms);
        let base = self.known.iter().filter(inside);
        let base = base.max_by_key(|known| known.units.len()).cloned();
        let (mut by_form, mut units) = (Vec::with_capacity(forms.len()), Vec::new());
        let mark = |form| if typed == Some(form) { AS_TYPED } else { 0 };
        if let (None, &[form]) = (&base, forms) {
            let note = |unit, occurrences| units.push((unit, occurrences | mark(form)));
            by_form.push(self.each_unit(form, note));
            return Known {
                forms: forms.to_vec(),
                by_form,
                units: Rc::new(units),
                typed,
            };
        }
        let mut table = std::mem::take(&mut self.table);
        let units_of = self.index.units();
        table.extend((table.len() as u32..units_of.len()).map(|unit| units_of.kind(unit) as u32));
        let mut known_forms: &[FormId] = &[];
        let mut known_counts: &[[u32; UnitKind::COUNT]] = &[];
        let mut touched: Vec<u32> = Vec::new();
        if let Some(base) = &base {
            (known_forms, known_counts) = (&base.forms, &base.by_form);
            for &(unit, occurrences) in base.units.iter() {
                if let Some(entry) = table.get_mut(unit as usize) {
                    touched.push(unit);
                    *entry += (occurrences & !AS_TYPED) << KIND_BITS;
                }
            }
        }
        let frequency = |form: FormId| self.index.lexicon().frequency(form);
        let running: u64 = forms.iter().map(|&form| u64::from(frequency(form))).sum();
        // Where most units are met anyway, they are not noted one by one.
        let is_dense = running * LOOKS as u64 > 4 * table.len() as u64;
        // What is known of many forms together need not be read one by one; where a set inside is known, little is left.
        let mut left = None;
        let mut elsewhere = Vec::new();
        if is_dense && base.is_none() && typed.is_none() && forms.len() >= MANY {
            let all = FormSet::new(forms, self.index.lexicon().len());
            let (places, mut set) = (all.places(), all.clone());
            self.index
                .each_kept(&mut set, FormSet::contains, |set, kept| {
                    kept.forms().iter().for_each(|&form| set.remove(form));
                    let known = kept.elsewhere().iter();
                    elsewhere.extend(known.map(|&(form, counts)| (places.of(form), counts)));
                    for (unit, occurrences) in kept.units() {
                        if let Some(entry) = table.get_mut(unit as usize) {
                            *entry += occurrences << KIND_BITS;
                        }
                    }
                });
            left = Some(set);
        }
        for &form in forms {
            if let (Some((first, more)), Some((&counts, more_counts))) =
                (known_forms.split_first(), known_counts.split_first())
                && *first == form
            {
                (known_forms, known_counts) = (more, more_counts);
                by_form.push(counts);
                continue;
            }
            if left.as_ref().is_some_and(|left| !left.contains(form)) {
                by_form.push([frequency(form), 0, 0]);
                continue;
            }
            let mut counts = [0; 1 << KIND_BITS];
            let mark = mark(form) << KIND_BITS;
            for list in self.index.lists(form) {
                list.for_each(|posting| {
                    let Some(entry) = table.get_mut(posting.unit as usize) else {
                        return;
                    };
                    if !is_dense && *entry >> KIND_BITS == 0 {
                        touched.push(posting.unit);
                    }
                    *entry = (*entry + (posting.occurrences << KIND_BITS)) | mark;
                    if let Some(count) = counts.get_mut((*entry & KIND) as usize) {
                        *count += posting.occurrences;
                    }
                });
            }
            let [main, embedded, rest, _] = counts;
            by_form.push([main, embedded, rest]);
        }
        for (place, counts) in elsewhere {
            if let Some(by_form) = by_form.get_mut(place) {
                *by_form = counts;
            }
        }
        if is_dense || touched.len() * LOOKS > table.len() {
            let all = (0u32..).zip(&mut table);
            units.extend(all.filter_map(|(unit, entry)| {
                let occurrences = *entry >> KIND_BITS;
                *entry &= KIND;
                (occurrences > 0).then_some((unit, occurrences))
            }));
        } else {
            touched.sort_unstable();
            units.extend(touched.into_iter().map(|unit| {
                let entry = table.get_mut(unit as usize);
                let occurrences = entry.map(|entry| {
                    let occurrences = *entry >> KIND_BITS;
                    *entry &= KIND;
                    occurrences
                });
                (unit, occurrences.unwrap_or_default())
            }));
        }
        self.table = table;
        Known {
            forms: forms.to_vec(),
            by_form,
            units: Rc::new(units),
            typed,
        }
    }

    /// Calls `take` with every unit that holds a form; returns the occurrences by kind of unit.
    #[inline]
    fn each_unit(&self, form: FormId, mut take: impl FnMut(u32, u32)) -> [u32; UnitKind::COUNT] {
        let mut counts = [0; UnitKind::COUNT];
        let units = self.index.units();
        for list in self.index.lists(form) {
            list.for_each(|posting| {
                let kind = units.kind(posting.unit) as usize;
                if let Some(count) = counts.get_mut(kind) {
                    *count += posting.occurrences;
                }
                take(posting.unit, posting.occurrences);
            });
        }
        counts
    }
}

/// Whether an ascending list holds all of another one.
pub(in crate::search) fn holds(all: &[FormId], some: &[FormId]) -> bool {
    let mut rest = all.iter();
    some.iter().all(|form| rest.any(|other| other == form))
}

/// The documents of some units, which ascend.
fn of_documents(documents: &Documents<'_>, units: &[(u32, u32)]) -> Vec<DocumentCount> {
    let mut counts: Vec<DocumentCount> = Vec::with_capacity(units.len());
    let is_whole = documents.scope() == Scope::Pages;
    for &(unit, occurrences) in units {
        let Some(document) = documents.of_unit(unit) else {
            continue;
        };
        match counts.last_mut() {
            Some(last) if is_whole && last.document == document => {
                let mark = (last.noted | occurrences) & AS_TYPED;
                last.noted = (last.occurrences() + (occurrences & !AS_TYPED)) | mark;
            }
            _ => counts.push(DocumentCount::new(document, occurrences)),
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lens;
    use crate::parse::Page;
    use crate::search::query::Query;
    use crate::search::words::terms::Terms;
    use std::collections::BTreeMap;

    #[test]
    fn many_forms_count_as_one_by_one() {
        let mut index = Index::default();
        for folder in ["corpus", "tests/pages"] {
            let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
            for file in std::fs::read_dir(folder).expect("a folder") {
                let bytes = std::fs::read(file.expect("a file").path()).expect("readable");
                let _ = index.add(Page::read("page", &bytes).expect("text"), false);
            }
        }
        index.refresh();
        let each = Counter::new(&index);
        let mut kept = 0;
        for lens in [Lens::Exact, Lens::Marks, Lens::Letters, Lens::Clitics] {
            let terms = Terms::new(&index, lens, Default::default()).expect("refreshed");
            let mut growing = Counter::new(&index);
            for prefix in ["الم*", "ال*", "ا*", "و*", "م*", "بال*"] {
                let query = Query::parse(prefix);
                let forms = terms.forms(&query.clauses[0].words[0]);
                for scope in Scope::ALL {
                    let documents = Documents::new(&index, scope);
                    let mut naive: BTreeMap<DocumentId, u32> = BTreeMap::new();
                    let by_form: Vec<u32> = forms
                        .iter()
                        .map(|&form| {
                            let mut count = 0;
                            each.each_unit(form, |unit, occurrences| {
                                if let Some(document) = documents.of_unit(unit) {
                                    *naive.entry(document).or_default() += occurrences;
                                    count += occurrences;
                                }
                            });
                            count
                        })
                        .collect();
                    for counter in [&mut Counter::new(&index), &mut growing] {
                        let (found, counts) = counter.count(&documents, &forms, None);
                        let found: Vec<_> = found
                            .iter()
                            .map(|c| (c.document, c.occurrences()))
                            .collect();
                        assert_eq!(found, naive.clone().into_iter().collect::<Vec<_>>());
                        let expected = forms.iter().zip(&by_form);
                        let expected: Vec<_> = expected
                            .map(|(&form, &n)| FormCount::new(form, n))
                            .collect();
                        assert_eq!(counts, expected, "{prefix}");
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
            let (found, _) = counter.count(&documents, &[form.expect("it is there")], typed);
            let noted: Vec<bool> = found.iter().map(DocumentCount::is_as_typed).collect();
            assert_eq!(noted, [typed.is_some()]);
        }
    }
}
