//! Places in parts, so numbered that phrases are found without knowing how pages are parted.
//!
//! In a unit that is a page by itself a number is left out at each border of a part: words on both sides of one are no
//! neighbours. Its places are coded below a limit that its rounded length tells, so that those of other pages can be
//! passed over. Where a word stands in the text follows once the shape of its page is known.

use crate::index::Index;
#[cfg(feature = "readers")]
use crate::index::Postings;
#[cfg(feature = "readers")]
use crate::index::file::units::partings;
#[cfg(feature = "readers")]
use crate::index::postings::writer::PostingsWriter;
#[cfg(feature = "readers")]
use crate::index::rounded;

/// The places of a unit of this rounded length are below this; `parts` is the most that such a unit has.
pub(super) fn limit(rounded: u32, parts: u32) -> u32 {
    let low = rounded.checked_ilog2().unwrap_or(0).saturating_sub(3);
    let longest = rounded + ((1 << low) - 1);
    longest.saturating_add(parts.saturating_sub(1))
}

/// How the places of units are numbered.
#[cfg(feature = "readers")]
#[derive(Debug)]
pub(super) struct Spacing {
    /// The most parts of a unit that is a page by itself; none where such units are not spaced.
    pub(super) parts: u32,
    /// Of every unit the limit of its places, and the places that begin a part after the first.
    units: Vec<(u32, Vec<u32>)>,
}

#[cfg(feature = "readers")]
impl Spacing {
    pub(super) fn of(index: &Index) -> Self {
        let mut spacing = Self {
            parts: 0,
            units: Vec::new(),
        };
        let mut alone = Vec::new();
        let partings = partings(index, index.pages());
        for (page, parting) in index.pages().iter().zip(partings) {
            let units = index.units().of_page(page.number.0);
            let mut borders = Vec::new();
            if units.len() == 1 {
                let mut place = 0;
                for (at, &(tokens, belongs)) in parting.stretches.iter().enumerate() {
                    if at > 0 {
                        borders.push(place);
                    }
                    // What goes on over a border may be a phrase of one scope and none of another.
                    if at > 0 && belongs & 1 == 0 {
                        return Self::none(index);
                    }
                    place += tokens;
                }
                spacing.parts = spacing.parts.max(borders.len() as u32 + 1);
            }
            for unit in units.clone() {
                alone.push(units.len() == 1);
                let length = index.units().length(unit);
                spacing.units.push((length, std::mem::take(&mut borders)));
            }
        }
        for ((length, _), is_alone) in spacing.units.iter_mut().zip(alone) {
            if is_alone && *length > 0 {
                *length = limit(rounded(*length), spacing.parts);
            }
        }
        spacing
    }

    /// Every unit as it is.
    fn none(index: &Index) -> Self {
        let lengths = index.units().lengths().iter();
        Self {
            parts: 0,
            units: lengths.map(|&length| (length, Vec::new())).collect(),
        }
    }

    /// The limit of the places of a unit.
    pub(super) fn limit(&self, unit: u32) -> u32 {
        self.units.get(unit as usize).map_or(0, |&(limit, _)| limit)
    }

    /// The postings with places numbered so.
    pub(super) fn apply(&self, index: &Index, postings: &Postings) -> Postings {
        let lexicon = index.lexicon();
        let mut writer = PostingsWriter::new(
            postings.units(),
            lexicon.len(),
            postings.forms.is_some(),
            (0, 0),
        );
        let (mut of_list, mut all) = (Vec::new(), Vec::new());
        for (form, _) in lexicon.forms() {
            of_list.clear();
            all.clear();
            let Some(list) = postings.list(form) else {
                continue;
            };
            let length = |unit| index.units().length(unit);
            list.for_each_places(
                length,
                |_| true,
                |_| true,
                |posting, places| {
                    of_list.push((posting, self.limit(posting.unit)));
                    let borders = self.units.get(posting.unit as usize);
                    let borders = borders.map_or(&[] as &[u32], |(_, borders)| borders);
                    let mut passed = 0;
                    for &place in places {
                        while borders.get(passed).is_some_and(|&border| border <= place) {
                            passed += 1;
                        }
                        all.push(place + passed as u32);
                    }
                },
            );
            writer.list(form.0, &of_list, &all);
        }
        writer.finish()
    }
}

impl Index {
    /// The limit of the places of a unit, below which they are coded: its length, which is asked for unless it is known or told by the rounded one.
    #[inline]
    #[must_use]
    pub fn place_limit(&self, unit: u32) -> u32 {
        let Some(parts) = &self.parts else {
            return self.units.length(unit);
        };
        let page = self.units.page(unit);
        match parts.limit(page) {
            0 => {
                parts.want_shape(page);
                self.units.length(unit)
            }
            limit => limit,
        }
    }

    /// Asks for how the page of a unit is parted, unless it is known.
    pub fn want_exact(&self, unit: u32) {
        if let Some(parts) = &self.parts {
            parts.want_shape(self.units.page(unit));
        }
    }

    /// Calls `take` with the positions of ascending places of a unit, as postings tell them. In an index in parts positions on pages of
    /// which nothing is known are as far apart as the words are.
    #[inline]
    pub fn positions(&self, unit: u32, places: &[u32], mut take: impl FnMut(u32)) {
        let page = self.units.page(unit);
        let is_spaced = self
            .parts
            .as_ref()
            .is_some_and(|parts| parts.limit(page) > 0 && parts.shape(page).is_some());
        if !is_spaced {
            return self.units.positions(unit, places, take);
        }
        let positions = self
            .pages
            .get(page as usize)
            .map_or(0..0, |page| page.positions.clone());
        let mut passed = 0;
        let mut border = self.next_part(positions.start + 1);
        for &place in places {
            let mut position = (positions.start + place).saturating_sub(passed);
            while border.is_some_and(|border| border <= position && border < positions.end) {
                (passed, position) = (passed + 1, position - 1);
                border = self.next_part(border.unwrap_or_default() + 1);
            }
            if position < positions.end {
                take(position);
            }
        }
    }
}
