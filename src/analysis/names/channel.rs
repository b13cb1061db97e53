//! The character channel: how likely Latin letters and Arabic letters write
//! one name.
//!
//! A word is cut into *units*, up to three Latin letters against up to two
//! Arabic ones (`sh` ↔ ش, `ph` ↔ ف, `e` ↔ nothing). Each unit has a weight;
//! letters beside it may add to it (`c` ↔ س before `e`). The score of two
//! words is the logarithm of the sum over all ways to cut them, so that no
//! single cut need be right.
//!
//! [`Channel::null`] is what a Latin word would score against a word that is
//! not its name: the difference of the two is a log-odds.
//!
//! The table is learned from pairs of name tokens of Wikidata (CC0 1.0);
//! `docs/names.md` tells how, and `cargo xtask train names` makes it again.

use super::beside::{self, Beside, letters_beside};
use super::lattice;
use super::letters::{Letters, Script, spell, unspell};
use super::units::{Edge, MOST_ARABIC, MOST_LATIN, UnitId, Units, pack, unpack};
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

static TABLE: &str = include_str!("channel_table.tsv");

/// Weights are written as whole hundredths of a nat.
const SCALE: f32 = 100.0;

/// Weights of units, of letters beside them, and of the null. All in nats.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// The inventory.
    pub units: Units,
    /// Weight of each unit when names are looked for (no letters beside).
    pub search: Vec<f32>,
    /// Weight of each unit when two words are compared.
    pub weight: Vec<f32>,
    /// What letters beside a unit add, by [`beside::key`].
    pub beside: FxHashMap<u32, f32>,
    /// The null: a constant, for each Latin letter, and for each nat of
    /// [`Channel::ceiling`].
    pub null: [f32; 3],
}

/// A table that cannot be read: its line, from 1, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What was found there.
    pub found: String,
}

impl Channel {
    /// The channel that is shipped, read once.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Channel> = OnceLock::new();
        // A test reads the table and would fail on an error.
        SHIPPED.get_or_init(|| Self::read(TABLE).unwrap_or_default())
    }

    /// The log-odds, in nats, that a Latin and an Arabic word write one name
    /// rather than not. `f32::NEG_INFINITY` when no way to cut them is known.
    #[must_use]
    pub fn log_odds(&self, latin: &[u8], arabic: &[u8]) -> f32 {
        self.score(latin, arabic) - self.null(latin)
    }

    /// The score of two words, in nats, over all ways to cut them.
    #[must_use]
    pub fn score(&self, latin: &[u8], arabic: &[u8]) -> f32 {
        let edges = self.units.edges(latin, arabic);
        let weights: Vec<f32> = edges
            .iter()
            .map(|edge| self.weight_of(latin, arabic, edge))
            .collect();
        lattice::sum(&edges, &weights, latin.len(), arabic.len())
    }

    /// The weight of a unit where it lies.
    #[must_use]
    pub fn weight_of(&self, latin: &[u8], arabic: &[u8], edge: &Edge) -> f32 {
        let unit = self.weight.get(usize::from(edge.unit));
        let mut weight = unit.copied().unwrap_or(f32::NEG_INFINITY);
        if !self.beside.is_empty() {
            let letters = letters_beside(latin, arabic, edge);
            for (place, letters) in Beside::ALL.into_iter().zip(letters) {
                let key = beside::key(edge.unit, place, letters);
                weight += self.beside.get(&key).copied().unwrap_or(0.0);
            }
        }
        weight
    }

    /// What a Latin word scores against words that are not its name.
    #[must_use]
    pub fn null(&self, latin: &[u8]) -> f32 {
        let [constant, letter, ceiling] = self.null;
        constant + letter * latin.len() as f32 + ceiling * self.ceiling(latin)
    }

    /// The best search score that any Arabic word could have: how surely the
    /// Latin letters say what the Arabic ones are. Never below −60.
    #[must_use]
    pub fn ceiling(&self, latin: &[u8]) -> f32 {
        let ahead = self.best_ahead(latin);
        ahead.first().copied().unwrap_or(0.0).max(-60.0)
    }

    /// For each place of a Latin word, the best search score of what follows.
    #[must_use]
    pub fn best_ahead(&self, latin: &[u8]) -> Vec<f32> {
        let mut ahead = vec![f32::NEG_INFINITY; latin.len() + 1];
        ahead[latin.len()] = 0.0;
        for at in (0..latin.len()).rev() {
            for length in 1..=MOST_LATIN.min(latin.len() - at) {
                let Some(run) = self.units.latin_run(pack(&latin[at..at + length])) else {
                    continue;
                };
                let best = self.best_of_run(run) + ahead[at + length];
                ahead[at] = ahead[at].max(best);
            }
        }
        ahead
    }

    fn best_of_run(&self, run: u16) -> f32 {
        (0..self.units.arabic_runs())
            .filter_map(|arabic| self.units.of_runs(run, arabic as u16))
            .map(|unit| self.search[usize::from(unit)])
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// Reads a table as [`Channel::write`] writes it.
    ///
    /// # Errors
    /// When a line is not of the described shape.
    pub fn read(table: &str) -> Result<Self, TableError> {
        let mut channel = Self::default();
        for (number, line) in (1..).zip(table.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            channel.read_line(line).ok_or_else(|| TableError {
                line: number,
                found: line.to_owned(),
            })?;
        }
        Ok(channel)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["null", constant, letter, ceiling] = fields[..] {
            self.null = [nats(constant)?, nats(letter)?, nats(ceiling)?];
            return Some(());
        }
        let (&[latin, arabic, search, weight], beside) = fields.split_first_chunk()?;
        let latin = unspell(Script::Latin, latin)?;
        let arabic = unspell(Script::Arabic, arabic)?;
        if latin.len() > MOST_LATIN || arabic.len() > MOST_ARABIC {
            return None;
        }
        let unit = self.units.add(pack(&latin), pack(&arabic))?;
        if usize::from(unit) != self.search.len() {
            return None; // the same unit twice
        }
        self.search.push(nats(search)?);
        self.weight.push(nats(weight)?);
        for entry in beside {
            let (key, weight) = read_beside(unit, entry)?;
            self.beside.insert(key, weight);
        }
        Some(())
    }

    /// The channel as a table: first the null, then a line a unit. Fields are
    /// parted by tabs: Latin letters, Arabic letters, search weight, weight,
    /// then what letters beside it add (`>e25`: before an e, .25 nats more).
    /// Weights are hundredths of a nat, `_` is the border of a word.
    #[must_use]
    pub fn write(&self) -> String {
        let mut beside: Vec<Vec<(Beside, u16, f32)>> = vec![Vec::new(); self.units.len()];
        let mut keys: Vec<u32> = self.beside.keys().copied().collect();
        keys.arrange();
        for key in keys {
            let (unit, place) = ((key >> 16) as usize, (key >> 12 & 15) as usize);
            let weight = self.beside.get(&key).copied().unwrap_or(0.0);
            if let (Some(list), Some(&place)) = (beside.get_mut(unit), Beside::ALL.get(place)) {
                list.push((place, (key & 0xFFF) as u16, weight));
            }
        }
        let [constant, letter, ceiling] = self.null.map(hundredths);
        let mut table = format!("null\t{constant}\t{letter}\t{ceiling}\n");
        for (unit, &(latin, arabic)) in self.units.runs().iter().enumerate() {
            let (search, weight) = (hundredths(self.search[unit]), hundredths(self.weight[unit]));
            let latin = spell(Script::Latin, &unpack(latin));
            let arabic = spell(Script::Arabic, &unpack(arabic));
            let _ = write!(table, "{latin}\t{arabic}\t{search}\t{weight}");
            for &(place, letters, weight) in &beside[unit] {
                let letters = letters_of(place, letters);
                let letters = spell(place.script(), &letters);
                let _ = write!(table, "\t{}{letters}{}", place.sign(), hundredths(weight));
            }
            table.push('\n');
        }
        table
    }
}

fn letters_of(place: Beside, letters: u16) -> Letters {
    let both = [(letters >> 6) as u8, (letters & 63) as u8];
    both[2 - place.letters()..].to_vec()
}

fn read_beside(unit: UnitId, entry: &str) -> Option<(u32, f32)> {
    let sign = entry.chars().next()?;
    let rest = entry.strip_prefix(sign)?;
    let end = rest.find(|c: char| c == '-' || c.is_ascii_digit())?;
    let (letters, weight) = rest.split_at_checked(end)?;
    let place = Beside::of(sign).find(|place| place.letters() == letters.chars().count())?;
    let letters = unspell(place.script(), letters)?;
    let packed = u16::try_from(pack(&letters)).ok()?;
    Some((beside::key(unit, place, packed), nats(weight)?))
}

fn nats(hundredths: &str) -> Option<f32> {
    hundredths.parse::<i32>().ok().map(|n| n as f32 / SCALE)
}

fn hundredths(nats: f32) -> i32 {
    (nats * SCALE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::super::letters::{arabic_letters, latin_letters};
    use super::*;

    #[test]
    fn the_shipped_table_is_read_and_written_alike() {
        let channel = Channel::read(TABLE).unwrap();
        assert!(channel.units.len() > 500 && channel.beside.len() > 500);
        let rows: String = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(channel.write(), rows);
    }

    #[test]
    fn tables_that_cannot_be_read_say_where() {
        let cases = [
            ("a\tا\t-1", 1),                     // no weight
            ("a\tا\t-1\t-2\n\nb\tx\t-1\t-2", 3), // x is no Arabic letter
            ("a\tا\t-1\t-2\na\tا\t-1\t-2", 2),   // twice
            ("abcd\tا\t-1\t-2", 1),              // too long
            ("a\tا\t-1\t-2\t>-5", 1),            // no letter beside
            ("null\t1\t2", 1),
        ];
        for (table, line) in cases {
            let error = Channel::read(table).map(|channel| channel.units.len());
            assert_eq!(error.map_err(|error| error.line), Err(line), "{table}");
        }
    }

    #[test]
    fn letters_beside_a_unit_add_to_its_weight() {
        let table = "null\t0\t0\t0\nc\tس\t-100\t-100\t>e50\t<_25\te\t\t-10\t-10\n";
        let table = table.replace("\te\t\t", "\ne\t\t");
        let channel = Channel::read(&table).unwrap();
        let score = |latin, arabic| channel.score(&latin_letters(latin), &arabic_letters(arabic));
        assert!((score("ce", "س") + 0.35).abs() < 1e-5);
        assert!((score("ec", "س") + 1.1).abs() < 1e-5);
        assert!((score("cc", "سس") + 1.75).abs() < 1e-5);
        assert_eq!(score("x", "س"), f32::NEG_INFINITY);
    }

    #[test]
    fn spellings_of_three_languages_fit_their_name_and_others_do_not() {
        let channel = Channel::shipped();
        let odds = |latin: &str, arabic: &str| {
            channel.log_odds(&latin_letters(latin), &arabic_letters(arabic))
        };
        let cases = [
            ("Putin", "بوتين", "باتون"),
            ("Poutine", "بوتين", "بيتان"),
            ("Chirac", "شيراك", "شيرك"),
            ("Tschernobyl", "تشيرنوبيل", "شيربورغ"),
            ("Tchernobyl", "تشيرنوبيل", "شيربورغ"),
            ("Chernobyl", "تشيرنوبيل", "شيربورغ"),
            ("Schröder", "شرودر", "شارون"),
            ("Mohammed", "محمد", "محمود"),
            ("Saeed", "سعيد", "سعد"),
        ];
        for (latin, arabic, other) in cases {
            let (right, wrong) = (odds(latin, arabic), odds(latin, other));
            assert!(
                right > 0.0 && right > wrong + 1.0,
                "{latin}: {right} {wrong}"
            );
        }
    }
}
