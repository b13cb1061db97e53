//! Letters beside a unit, which may add to its weight.

use super::letters::Script;
use super::units::{Edge, UnitId};

/// Where letters beside a unit stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The Latin letter before the unit.
    LatinBefore,
    /// The Latin letter after it.
    LatinAfter,
    /// The Arabic letter before it.
    ArabicBefore,
    /// The Arabic letter after it.
    ArabicAfter,
    /// The two Latin letters before it.
    LatinTwoBefore,
    /// The two Latin letters after it.
    LatinTwoAfter,
}

impl Beside {
    /// All places, in the order of [`letters_beside`].
    pub const ALL: [Self; 6] = [
        Self::LatinBefore,
        Self::LatinAfter,
        Self::ArabicBefore,
        Self::ArabicAfter,
        Self::LatinTwoBefore,
        Self::LatinTwoAfter,
    ];

    /// The alphabet of the letters there.
    #[must_use]
    pub fn script(self) -> Script {
        match self {
            Self::ArabicBefore | Self::ArabicAfter => Script::Arabic,
            _ => Script::Latin,
        }
    }

    /// How many letters it looks at.
    #[must_use]
    pub fn letters(self) -> usize {
        match self {
            Self::LatinTwoBefore | Self::LatinTwoAfter => 2,
            _ => 1,
        }
    }

    /// The sign of the place in the table: `<` before and `>` after the Latin
    /// letters, `{` before and `}` after the Arabic ones.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::LatinBefore | Self::LatinTwoBefore => '<',
            Self::LatinAfter | Self::LatinTwoAfter => '>',
            Self::ArabicBefore => '{',
            Self::ArabicAfter => '}',
        }
    }

    /// The places that are written with a sign.
    pub fn of(sign: char) -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(move |place| place.sign() == sign)
    }
}

/// One number for a unit with letters beside it.
#[must_use]
pub fn key(unit: UnitId, place: Beside, letters: u16) -> u32 {
    u32::from(unit) << 16 | (place as u32) << 12 | u32::from(letters)
}

/// The letters in all places beside an edge, packed, 0 for the border of a
/// word: in the order of the text.
#[must_use]
pub fn letters_beside(latin: &[u8], arabic: &[u8], edge: &Edge) -> [u16; Beside::ALL.len()] {
    let at = |word: &[u8], place: Option<usize>| {
        let letter = place.and_then(|place| word.get(place)).copied();
        u16::from(letter.unwrap_or(0))
    };
    let before = |word: &[u8], place: u8, far: usize| at(word, usize::from(place).checked_sub(far));
    let after = |word: &[u8], place: u8, far: usize| at(word, Some(usize::from(place) + far - 1));
    let (previous, next) = (before(latin, edge.from.0, 1), after(latin, edge.to.0, 1));
    [
        previous,
        next,
        before(arabic, edge.from.1, 1),
        after(arabic, edge.to.1, 1),
        before(latin, edge.from.0, 2) << 6 | previous,
        next << 6 | after(latin, edge.to.0, 2),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beside_an_edge_are_those_of_the_words() {
        let edge = Edge {
            from: (1, 0),
            to: (2, 1),
            unit: 0,
        };
        let beside = letters_beside(&[1, 2, 3, 4], &[5, 6], &edge);
        assert_eq!(beside, [1, 3, 0, 6, 1, 3 << 6 | 4]);
    }

    #[test]
    fn places_are_told_apart_by_how_they_are_written() {
        for place in Beside::ALL {
            let found = Beside::of(place.sign()).filter(|found| {
                found.script() == place.script() && found.letters() == place.letters()
            });
            assert_eq!(found.collect::<Vec<_>>(), [place]);
        }
    }
}
