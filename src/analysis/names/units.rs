//! Units of the channel: a few Latin letters against a few Arabic ones.

use super::letters::Letters;
use rustc_hash::FxHashMap;

/// Most Latin letters of a unit.
pub const MOST_LATIN: usize = 3;

/// Most Arabic letters of a unit.
pub const MOST_ARABIC: usize = 2;

/// Number of a unit in its inventory.
pub type UnitId = u16;

/// Number of a run of letters in one of the two inventories of runs.
type RunId = u16;

/// Letters packed 6 bits each; the empty run is 0.
#[must_use]
pub fn pack(letters: &[u8]) -> u32 {
    letters
        .iter()
        .fold(0, |packed, &letter| packed << 6 | u32::from(letter))
}

/// The letters of a packed run.
#[must_use]
pub fn unpack(packed: u32) -> Letters {
    (0..5)
        .rev()
        .map(|place| (packed >> (6 * place) & 63) as u8)
        .filter(|&letter| letter != 0)
        .collect()
}

/// An inventory of units, found by their letters.
#[derive(Clone, Debug, Default)]
pub struct Units {
    latin: FxHashMap<u32, RunId>,
    arabic: FxHashMap<u32, RunId>,
    /// By Latin run × Arabic run.
    by_runs: FxHashMap<(RunId, RunId), UnitId>,
    /// Packed Latin and Arabic letters of each unit.
    runs: Vec<(u32, u32)>,
}

/// A unit between two places of a pair of words. Places are numbers of
/// letters: (Latin, Arabic).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where the unit starts.
    pub from: (u8, u8),
    /// Where it ends.
    pub to: (u8, u8),
    /// Which unit it is.
    pub unit: UnitId,
}

impl Units {
    /// Adds a unit of packed letters and returns its number; one that is there
    /// already keeps its number. `None` when the numbers are used up.
    pub fn add(&mut self, latin: u32, arabic: u32) -> Option<UnitId> {
        let next = |map: &FxHashMap<u32, RunId>| RunId::try_from(map.len()).ok();
        let latin_run = match self.latin.get(&latin) {
            Some(&run) => run,
            None => next(&self.latin)?,
        };
        let arabic_run = match self.arabic.get(&arabic) {
            Some(&run) => run,
            None => next(&self.arabic)?,
        };
        if let Some(&unit) = self.by_runs.get(&(latin_run, arabic_run)) {
            return Some(unit);
        }
        let unit = UnitId::try_from(self.runs.len()).ok()?;
        self.latin.insert(latin, latin_run);
        self.arabic.insert(arabic, arabic_run);
        self.by_runs.insert((latin_run, arabic_run), unit);
        self.runs.push((latin, arabic));
        Some(unit)
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Packed Latin and Arabic letters of each unit, by number.
    #[must_use]
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }

    /// How many distinct Arabic runs there are.
    #[must_use]
    pub fn arabic_runs(&self) -> usize {
        self.arabic.len()
    }

    /// Number of a packed run of Latin letters.
    #[must_use]
    pub fn latin_run(&self, packed: u32) -> Option<u16> {
        self.latin.get(&packed).copied()
    }

    /// Number of a packed run of Arabic letters.
    #[must_use]
    pub fn arabic_run(&self, packed: u32) -> Option<u16> {
        self.arabic.get(&packed).copied()
    }

    /// The unit of two runs.
    #[must_use]
    pub fn of_runs(&self, latin: u16, arabic: u16) -> Option<UnitId> {
        self.by_runs.get(&(latin, arabic)).copied()
    }

    /// Every way to lay a unit on a pair of words, ordered by where it starts,
    /// so that a sum can run through them once.
    #[must_use]
    pub fn edges(&self, latin: &[u8], arabic: &[u8]) -> Vec<Edge> {
        let latin_runs = runs_at::<{ MOST_LATIN + 1 }>(latin, &self.latin);
        let arabic_runs = runs_at::<{ MOST_ARABIC + 1 }>(arabic, &self.arabic);
        let mut edges = Vec::with_capacity(4 * (latin.len() + 1) * (arabic.len() + 1));
        for (i, latin_runs) in (0u8..).zip(&latin_runs) {
            for (j, arabic_runs) in (0u8..).zip(&arabic_runs) {
                for (l, latin_run) in (0u8..).zip(latin_runs) {
                    let Some(latin_run) = *latin_run else {
                        continue;
                    };
                    for (m, arabic_run) in (0u8..).zip(arabic_runs) {
                        let Some(arabic_run) = *arabic_run else {
                            continue;
                        };
                        if let Some(unit) = self.of_runs(latin_run, arabic_run) {
                            edges.push(Edge {
                                from: (i, j),
                                to: (i + l, j + m),
                                unit,
                            });
                        }
                    }
                }
            }
        }
        edges
    }
}

/// At each place of a word, the known runs of 0, 1, 2 … letters that start there.
fn runs_at<const LENGTHS: usize>(
    word: &[u8],
    runs: &FxHashMap<u32, RunId>,
) -> Vec<[Option<RunId>; LENGTHS]> {
    (0..=word.len())
        .map(|at| {
            std::array::from_fn(|length| {
                let run = word.get(at..at + length)?;
                runs.get(&pack(run)).copied()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_packed_and_unpacked() {
        for letters in [&[][..], &[1], &[38, 1, 12], &[63, 63, 63, 63, 63]] {
            assert_eq!(unpack(pack(letters)), letters);
        }
    }

    #[test]
    fn edges_lie_where_their_letters_do() {
        let mut units = Units::default();
        let both = units.add(pack(&[1, 2]), pack(&[5])).unwrap();
        let gone = units.add(pack(&[2]), pack(&[])).unwrap();
        assert_eq!(units.add(pack(&[1, 2]), pack(&[5])), Some(both));
        let edge = |from, to, unit| Edge { from, to, unit };
        assert_eq!(
            units.edges(&[1, 2], &[5]),
            [
                edge((0, 0), (2, 1), both),
                edge((1, 0), (2, 0), gone),
                edge((1, 1), (2, 1), gone),
            ]
        );
    }
}
