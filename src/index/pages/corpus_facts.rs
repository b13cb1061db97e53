//! What only all pages of a corpus together tell.

use crate::index::Index;
use crate::parse::PartGroup;
use crate::parse::frame::{Cursor, FrameError};
#[cfg(feature = "readers")]
use crate::parse::frame::{put_number, put_option, put_text};
use crate::sorting::Arrange;

/// Sums over the pages and articles of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorpusFacts {
    /// Distinct word forms.
    pub forms: usize,
    /// Bytes of all sources.
    pub source_bytes: u64,
    /// Words by family of parts.
    pub words_by_group: Vec<(PartGroup, u32)>,
    /// Articles with a day of publication.
    pub dated: usize,
    /// The first of these days and the last, as `2023-09-15`.
    pub days: Option<(String, String)>,
    /// Outlets by the number of articles that name them, most first.
    pub outlets: Vec<(String, usize)>,
}

impl CorpusFacts {
    /// Reads every page; in an index in parts, what its directory says.
    #[must_use]
    pub fn of(index: &Index) -> Self {
        if let Some(written) = index.written_facts() {
            return written.clone();
        }
        let mut facts = Self {
            forms: index.lexicon().len(),
            words_by_group: PartGroup::WITH_WORDS.map(|group| (group, 0)).to_vec(),
            ..Self::default()
        };
        let mut outlets: Vec<String> = Vec::new();
        for page in index.pages() {
            // A file that contradicts itself may state any numbers.
            let bytes = page.page.source_bytes() as u64;
            facts.source_bytes = facts.source_bytes.saturating_add(bytes);
            for &(group, words) in &page.page.words_by_group {
                let mut groups = facts.words_by_group.iter_mut();
                if let Some((_, sum)) = groups.find(|(of, _)| *of == group) {
                    *sum = sum.saturating_add(words);
                }
            }
            let of_page = index.facts(page);
            for article in 0..page.page.articles.len() {
                outlets.extend(of_page.outlets_of(article));
                let Some(day) = of_page.day_of(article).map(|day| day.to_string()) else {
                    continue;
                };
                facts.dated += 1;
                let (first, last) = facts.days.take().unwrap_or((day.clone(), day.clone()));
                facts.days = Some((first.min(day.clone()), last.max(day)));
            }
        }
        outlets.arrange();
        for group in outlets.chunk_by(|a, b| a == b) {
            let named = group.first().map(|name| (name.clone(), group.len()));
            facts.outlets.extend(named);
        }
        let by_count = |a: &(String, usize), b: &(String, usize)| b.1.cmp(&a.1);
        facts
            .outlets
            .arrange_by(|a, b| by_count(a, b).then_with(|| a.0.cmp(&b.0)));
        facts
    }

    #[cfg(feature = "readers")]
    pub(in crate::index) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_number(&mut out, self.forms as u64);
        put_number(&mut out, self.source_bytes);
        for (_, words) in &self.words_by_group {
            put_number(&mut out, u64::from(*words));
        }
        put_number(&mut out, self.dated as u64);
        put_option(&mut out, self.days.as_ref(), |out, (first, last)| {
            put_text(out, first);
            put_text(out, last);
        });
        put_number(&mut out, self.outlets.len() as u64);
        for (name, articles) in &self.outlets {
            put_text(&mut out, name);
            put_number(&mut out, *articles as u64);
        }
        out
    }

    pub(in crate::index) fn read(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        let size = |number: u64| usize::try_from(number).map_err(|_| FrameError);
        let mut facts = Self {
            forms: size(cursor.number()?)?,
            source_bytes: cursor.number()?,
            ..Self::default()
        };
        for group in PartGroup::WITH_WORDS {
            facts.words_by_group.push((group, cursor.number_u32()?));
        }
        facts.dated = size(cursor.number()?)?;
        facts.days = cursor.option(|cursor| Ok((cursor.text()?, cursor.text()?)))?;
        for _ in 0..cursor.number()? {
            let name = cursor.text()?;
            facts.outlets.push((name, size(cursor.number()?)?));
        }
        Ok(facts)
    }
}
