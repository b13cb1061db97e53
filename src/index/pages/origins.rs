//! Where pages come from.

use crate::index::coding::growth::add;
use crate::index::file::heads::{origin, put_origin};
use crate::index::intake::Origin;
use crate::parse::frame::{Cursor, FrameError, put_number, put_option};
use crate::parse::record::SourceKey;

/// Where each page comes from, if that is known. Neighbouring pages come from neighbouring files, members or texts
/// of one source: what is kept is where each row of such pages begins.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Origins {
    rows: Vec<Row>,
    pages: u32,
}

/// Pages of which each comes from what follows the origin of the one before.
#[derive(Clone, Copy, Debug)]
struct Row {
    first_page: u32,
    /// Of the first page.
    origin: Option<Origin>,
    step: Step,
}

/// What follows an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Of a page that is known to come from nowhere: the same.
    None,
    File,
    Member,
    Text,
}

/// Every step, in the order of the enumeration.
const STEPS: [Step; 4] = [Step::None, Step::File, Step::Member, Step::Text];

impl Row {
    /// The origin of the page that is so many behind the first.
    fn at(&self, behind: u32) -> Option<Origin> {
        let Origin { key, ordinal } = self.origin?;
        let SourceKey { file, member } = key;
        let (file, member, ordinal) = match self.step {
            Step::None => (file, member, ordinal),
            Step::File => (file.checked_add(behind)?, member, ordinal),
            Step::Member => (file, member.checked_add(behind)?, ordinal),
            Step::Text => (file, member, ordinal.checked_add(behind)?),
        };
        let key = SourceKey { file, member };
        Some(Origin { key, ordinal })
    }
}

impl Origins {
    /// How many pages there are.
    pub(in crate::index) fn len(&self) -> usize {
        self.pages as usize
    }

    /// Where a page comes from.
    pub(in crate::index) fn get(&self, page: u32) -> Option<Origin> {
        if page >= self.pages {
            return None;
        }
        let behind = self.rows.partition_point(|row| row.first_page <= page);
        let row = self.rows.get(behind.checked_sub(1)?)?;
        row.at(page - row.first_page)
    }

    /// Adds the next page.
    pub(in crate::index) fn push(&mut self, origin: Option<Origin>) {
        let page = self.pages;
        self.pages += 1;
        if let Some(row) = self.rows.last_mut() {
            let behind = page - row.first_page;
            // The second page of a row tells what its step is.
            let mut possible = STEPS
                .into_iter()
                .filter(|&step| behind == 1 || step == row.step);
            let follows = |&step: &Step| Row { step, ..*row }.at(behind) == origin;
            if let Some(step) = possible.find(follows) {
                row.step = step;
                return;
            }
        }
        let row = Row {
            first_page: page,
            origin,
            step: Step::None,
        };
        add(&mut self.rows, row);
    }

    /// Adds pages that come from nowhere until there are so many.
    pub(in crate::index) fn fill(&mut self, pages: usize) {
        while self.len() < pages {
            self.push(None);
        }
    }

    /// Writes the rows: of each how many pages it has, where the first comes from, and the step.
    pub(in crate::index) fn write(&self, out: &mut Vec<u8>) {
        put_number(out, self.rows.len() as u64);
        for (row, end) in self.with_ends() {
            put_number(out, u64::from(end - row.first_page));
            put_option(out, row.origin.as_ref(), put_origin);
            out.push(row.step as u8);
        }
    }

    /// Reads what [`Origins::write`] wrote of so many pages, or of none of them.
    pub(in crate::index) fn read(
        cursor: &mut Cursor<'_>,
        pages: usize,
    ) -> Result<Self, FrameError> {
        let mut all = Self::default();
        for _ in 0..cursor.number()? {
            let (first_page, count) = (all.pages, cursor.number_u32()?);
            all.pages = first_page.checked_add(count).ok_or(FrameError)?;
            let origin = cursor.option(origin)?;
            let step = STEPS.get(usize::from(cursor.byte()?));
            let step = *step.filter(|_| count > 0).ok_or(FrameError)?;
            all.rows.push(Row {
                first_page,
                origin,
                step,
            });
        }
        if all.len() > pages {
            return Err(FrameError);
        }
        all.fill(pages);
        Ok(all)
    }

    fn with_ends(&self) -> impl Iterator<Item = (&Row, u32)> {
        let ends = self.rows.iter().skip(1).map(|row| row.first_page);
        self.rows.iter().zip(ends.chain([self.pages]))
    }

    /// Where all pages come from, in order.
    pub(in crate::index) fn iter(&self) -> impl Iterator<Item = Option<Origin>> + '_ {
        let rows = self.with_ends();
        rows.flat_map(|(row, end)| (0..end - row.first_page).map(|behind| row.at(behind)))
    }
}

impl FromIterator<Option<Origin>> for Origins {
    fn from_iter<I: IntoIterator<Item = Option<Origin>>>(origins: I) -> Self {
        let mut all = Self::default();
        origins.into_iter().for_each(|origin| all.push(origin));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of pages from neighbouring sources, and single ones.
    fn origins() -> impl Strategy<Value = Vec<Option<Origin>>> {
        let row = (0u32..5, 0u32..5, 0u32..5, 0usize..4, 1u32..6);
        let rows = proptest::collection::vec(row, 0..30);
        rows.prop_map(|rows| {
            let row = |(file, member, ordinal, step, count)| {
                (0..count).map(move |n| {
                    let more = |of| if step == of { n } else { 0 };
                    let key = SourceKey {
                        file: file + more(1),
                        member: member + more(2),
                    };
                    let ordinal = ordinal + more(3);
                    (step > 0).then_some(Origin { key, ordinal })
                })
            };
            rows.into_iter().flat_map(row).collect()
        })
    }

    proptest! {
        #[test]
        fn origins_are_those_that_were_pushed(naive in origins(), more in 0usize..4) {
            let mut all: Origins = naive.iter().copied().collect();
            prop_assert_eq!(all.len(), naive.len());
            prop_assert!(all.iter().eq(naive.iter().copied()));
            all.fill(naive.len() + more);
            for page in 0..naive.len() + more + 2 {
                prop_assert_eq!(all.get(page as u32), naive.get(page).copied().flatten());
            }
            prop_assert_eq!(all.len(), naive.len() + more);
        }
    }

    #[test]
    fn a_row_of_files_or_texts_is_kept_once() {
        let of = |file, ordinal| {
            let key = SourceKey { file, member: 0 };
            Some(Origin { key, ordinal })
        };
        let files = (0..100).map(|file| of(file, 0));
        let texts = (0..100).map(|text| of(200, text));
        let all: Origins = std::iter::repeat_n(None, 5)
            .chain(files)
            .chain(texts)
            .collect();
        assert_eq!(all.rows.len(), 3);
    }
}
