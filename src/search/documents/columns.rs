//! Columns: what is known of every document beside its text, as numbers to count and filter by.

pub use crate::index::Values;
use crate::index::{Column, Columns as Stated, DocumentId, Documents, Index, Scope};
use crate::sorting::{Arrange, sort_numbers};
use crate::text::date::CalendarDate;
use std::sync::Arc;

/// Stands in a filter for documents that state nothing of the kind.
pub const NONE: &str = "none";

/// By what documents are counted and filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Who published it.
    Outlet,
    /// Month of publication.
    Date,
    /// Keywords it states.
    Keyword,
    /// Entities mentioned in it.
    Entity,
}

impl Facet {
    /// Every facet, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Outlet, Self::Date, Self::Keyword, Self::Entity];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Keyword => "keyword",
            Self::Entity => "entity",
        }
    }

    /// The column that tells it; none of the entities, which are found rather than stated.
    #[must_use]
    pub fn column(self) -> Option<Column> {
        match self {
            Self::Outlet => Some(Column::Outlets),
            Self::Date => Some(Column::Days),
            Self::Keyword => Some(Column::Keywords),
            Self::Entity => None,
        }
    }
}

/// The columns of all articles, read some pages at a time or brought by parts.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// What the articles state.
    pub stated: Arc<Stated>,
    /// Entities of the articles, where they have been looked for.
    pub entities: Option<Values>,
}

impl Columns {
    /// Reads the next pages, at most so many; says whether all are read.
    pub fn prepare(&mut self, index: &Index, most: usize) -> bool {
        Arc::make_mut(&mut self.stated).prepare(index, most)
    }

    /// The values of a facet whose values are names; `None` for dates and for what was not looked for.
    #[must_use]
    pub fn values(&self, facet: Facet) -> Option<&Values> {
        match facet {
            Facet::Outlet => Some(&self.stated.outlets),
            Facet::Keyword => Some(&self.stated.keywords),
            Facet::Entity => self.entities.as_ref(),
            Facet::Date => None,
        }
    }

    /// The first day of publication among the articles of a document.
    #[must_use]
    pub fn day(&self, documents: &Documents<'_>, document: DocumentId) -> Option<CalendarDate> {
        let mut days = documents.articles_of(document);
        days.find_map(|article| *self.stated.days.get(article as usize)?)
    }

    /// The first outlet among the articles of a document.
    #[must_use]
    pub fn outlet(&self, documents: &Documents<'_>, document: DocumentId) -> Option<&str> {
        let mut outlets = documents.articles_of(document);
        let first = outlets.find_map(|article| self.stated.outlets.of(article).first().copied())?;
        Some(
            self.stated
                .outlets
                .names()
                .form(crate::index::FormId(first)),
        )
    }

    /// Calls `take` with each value of a document, as a number, once: of a name, or year times a hundred and month.
    fn each(
        &self,
        documents: &Documents<'_>,
        document: DocumentId,
        facet: Facet,
        into: &mut Vec<u32>,
    ) {
        into.clear();
        for article in documents.articles_of(document) {
            match self.values(facet) {
                Some(values) => into.extend_from_slice(values.of(article)),
                None if facet == Facet::Date => {
                    let day = self.stated.days.get(article as usize).copied().flatten();
                    into.extend(day.map(|day| u32::from(day.year) * 100 + u32::from(day.month)));
                }
                None => {}
            }
        }
        if documents.scope() == Scope::Pages {
            sort_numbers(into);
            into.dedup();
        }
    }
}

/// What documents must have: one value, at least, of each facet that has any.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    chosen: [Option<Chosen>; 4],
}

/// Values chosen of one facet.
#[derive(Clone, Debug, Default)]
struct Chosen {
    /// Numbers of names, ascending.
    numbers: Vec<u32>,
    /// First and last month, each year times a hundred and month; with days, the days themselves.
    spans: Vec<(CalendarDate, CalendarDate)>,
    /// Documents without a value.
    none: bool,
}

impl Filters {
    /// Chooses values of a facet; none leaves all documents. Returns the first
    /// date that is no year, month or day (`2023`, `2023-09`, `2023-09-15`).
    pub fn choose<'v>(
        &mut self,
        columns: &Columns,
        facet: Facet,
        values: &'v [String],
    ) -> Result<(), &'v str> {
        if values.is_empty() {
            return Ok(());
        }
        let mut chosen = Chosen::default();
        for value in values {
            if value == NONE {
                chosen.none = true;
            } else if facet == Facet::Date {
                chosen.spans.push(span_of(value).ok_or(value.as_str())?);
            } else {
                let number = columns.values(facet).and_then(|v| v.names().find(value));
                chosen.numbers.extend(number.map(|number| number.0));
            }
        }
        if let Some(slot) = self.chosen.get_mut(facet as usize) {
            *slot = Some(chosen);
        }
        Ok(())
    }

    /// Leaves no document, as while the columns are not there.
    pub fn choose_nothing(&mut self) {
        self.chosen = Facet::ALL.map(|_| Some(Chosen::default()));
    }

    /// Whether every document is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.iter().all(Option::is_none)
    }

    /// Whether a document has what is asked for.
    #[must_use]
    pub fn keep(&self, columns: &Columns, documents: &Documents<'_>, document: DocumentId) -> bool {
        self.failed(columns, documents, document, &mut Vec::new()) == 0
    }

    /// The facets, a bit each, of which a document has no chosen value.
    fn failed(
        &self,
        columns: &Columns,
        documents: &Documents<'_>,
        document: DocumentId,
        values: &mut Vec<u32>,
    ) -> u8 {
        let mut failed = 0;
        for (facet, chosen) in Facet::ALL.into_iter().zip(&self.chosen) {
            let Some(chosen) = chosen else { continue };
            let has = if facet == Facet::Date {
                let mut days = documents
                    .articles_of(document)
                    .map(|article| columns.stated.days.get(article as usize).copied().flatten());
                days.any(|day| match day {
                    Some(day) => {
                        let mut spans = chosen.spans.iter();
                        spans.any(|&(first, last)| first <= day && day <= last)
                    }
                    None => chosen.none,
                })
            } else {
                columns.each(documents, document, facet, values);
                values.iter().any(|value| chosen.numbers.contains(value))
                    || (chosen.none && values.is_empty())
            };
            failed |= u8::from(!has) << facet as u8;
        }
        failed
    }
}

/// First and last day of a year, a month or a day.
fn span_of(text: &str) -> Option<(CalendarDate, CalendarDate)> {
    let mut numbers = text.split('-').map(|number| number.parse::<u16>().ok());
    let year = numbers.next()??;
    let month = numbers.next().map(|n| n.and_then(|n| u8::try_from(n).ok()));
    let day = numbers.next().map(|n| n.and_then(|n| u8::try_from(n).ok()));
    if numbers.next().is_some() {
        return None;
    }
    let (first, last) = match (month, day) {
        (None, _) => ((1, 1), (12, 31)),
        (Some(month), None) => {
            let month = month?;
            (
                (month, 1),
                (month, crate::text::date::month_length(year, month)?),
            )
        }
        (Some(month), Some(day)) => ((month?, day?), (month?, day?)),
    };
    let date = |(month, day)| CalendarDate::new(year, month, day);
    Some((date(first)?, date(last)?))
}

/// A value with the number of documents that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The name, or `2023-09`; [`NONE`] for documents without one.
    pub value: String,
    /// Documents.
    pub documents: usize,
}

/// Counts the values of every facet over documents; those of one facet among
/// the documents that the *other* facets leave, so that a choice can be widened.
/// Most documents first; dates in order of time.
#[must_use]
pub fn count_facets(
    columns: &Columns,
    filters: &Filters,
    documents: &Documents<'_>,
    found: impl Iterator<Item = DocumentId>,
) -> [Vec<FacetCount>; 4] {
    let mut numbers: [Vec<u32>; 4] = Default::default();
    let mut without = [0usize; 4];
    let mut values = Vec::new();
    for document in found {
        let failed = filters.failed(columns, documents, document, &mut values);
        for facet in Facet::ALL {
            if failed & !(1 << facet as u8) != 0 {
                continue;
            }
            columns.each(documents, document, facet, &mut values);
            if let (true, Some(without)) = (values.is_empty(), without.get_mut(facet as usize)) {
                *without += 1;
            }
            if let Some(numbers) = numbers.get_mut(facet as usize) {
                numbers.extend_from_slice(&values);
            }
        }
    }
    Facet::ALL.map(|facet| {
        let at = facet as usize;
        let mut numbers = numbers.get_mut(at).map(std::mem::take).unwrap_or_default();
        sort_numbers(&mut numbers);
        let groups = numbers.chunk_by(|a, b| a == b);
        let mut counts: Vec<(u32, usize)> = groups
            .filter_map(|group| Some((*group.first()?, group.len())))
            .collect();
        if facet != Facet::Date {
            counts.arrange_by_key(|&(number, count)| (std::cmp::Reverse(count), number));
        }
        let named = counts.into_iter().map(|(number, documents)| FacetCount {
            value: match columns.values(facet) {
                Some(values) => values.names().form(crate::index::FormId(number)).to_owned(),
                None => format!("{:04}-{:02}", number / 100, number % 100),
            },
            documents,
        });
        let mut named: Vec<FacetCount> = named.collect();
        let without = without.get(at).copied().unwrap_or_default();
        let is_known = facet == Facet::Date || columns.values(facet).is_some();
        if without > 0 && !named.is_empty() && is_known {
            named.push(FacetCount {
                value: NONE.to_owned(),
                documents: without,
            });
        }
        named
    })
}
