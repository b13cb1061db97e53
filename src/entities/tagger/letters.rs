//! How much the letters of a word look like those of a name: many names stand in no list, and
//! «لافوازييه» is spelled as no Arabic word is.

/// The letters told apart; the first stands for a word's borders and for every other sign.
const LETTERS: &str = "_ءؤئابتثجحخدذرزسشصضطظعغفقكلمنهوي";
/// Number of [`LETTERS`].
const COUNT: usize = 32;
/// What one step of a weight is worth in log-odds.
const STEP: f32 = 0.25;
/// Log-odds, for a word of so many letters, that part the steps of [`Letters::likeness`].
const LIMITS: [f32; 8] = [-6.0, -4.0, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5];

/// Log-odds of three letters on end in names against ordinary words.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// By the numbers of the three letters, in quarters; empty: nothing is known.
    weights: Vec<i8>,
}

fn number(letter: char) -> usize {
    LETTERS.chars().position(|l| l == letter).unwrap_or(0)
}

fn place(letters: &[usize]) -> usize {
    letters
        .iter()
        .fold(0, |place, letter| place * COUNT + letter)
}

impl Letters {
    /// Weights by three letters, `_` for a border of the word.
    pub fn build<'a>(weights: impl Iterator<Item = (&'a str, i8)>) -> Self {
        let mut letters = Self {
            weights: vec![0; COUNT.pow(3)],
        };
        for (three, weight) in weights {
            let three: Vec<usize> = three.chars().map(number).collect();
            if let Some(slot) = letters.weights.get_mut(place(&three)) {
                *slot = weight;
            }
        }
        letters
    }

    /// The weights as a file holds them; `None` if there are neither none nor as many as there are triples.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let known = bytes.is_empty() || bytes.len() == COUNT.pow(3);
        known.then(|| Self {
            weights: bytes.iter().map(|b| b.cast_signed()).collect(),
        })
    }

    pub(super) fn bytes(&self) -> impl ExactSizeIterator<Item = u8> {
        self.weights.iter().map(|w| w.cast_unsigned())
    }

    /// How much a stem of folded letters looks like a name, 1 (not at all) to 9; 0 where it is too short to say.
    #[must_use]
    pub fn likeness(&self, stem: &str) -> u8 {
        let letters: Vec<usize> = std::iter::once(0)
            .chain(stem.chars().map(number))
            .chain([0])
            .collect();
        if letters.len() < 5 || self.weights.is_empty() {
            return 0;
        }
        let triples = letters.windows(3);
        let length = triples.len() as f32;
        let sum: i32 = triples
            .filter_map(|three| self.weights.get(place(three)))
            .map(|&weight| i32::from(weight))
            .sum();
        // A sum grows with the length by itself, and a mean forgets how much there is to go by.
        let odds = sum as f32 * STEP / length.sqrt();
        1 + LIMITS.iter().filter(|&&limit| odds >= limit).count() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_number() {
        assert_eq!(LETTERS.chars().count(), COUNT);
        let numbers: Vec<usize> = LETTERS.chars().map(number).collect();
        assert_eq!(numbers, (0..COUNT).collect::<Vec<_>>());
    }

    #[test]
    fn letters_of_names_raise_a_word_and_others_lower_it() {
        let known = [
            ("_لا", 12),
            ("لاف", 12),
            ("يه_", 12),
            ("_مد", -20),
            ("سه_", -20),
        ];
        let letters = Letters::build(known.into_iter());
        let table = [
            // Two of five triples are known: 24 quarters over √5.
            ("لافته", 9),
            // Three of eight: 36 quarters over √8.
            ("لافوازيه", 9),
            ("مدرسه", 2),
            ("كتاب", 6),
            ("لا", 0),
            ("", 0),
        ];
        for (word, likeness) in table {
            assert_eq!(letters.likeness(word), likeness, "{word}");
        }
        assert_eq!(Letters::default().likeness("لافوازيه"), 0);
    }

    #[test]
    fn a_table_of_another_size_is_refused() {
        let letters = Letters::build([("_لا", -7)].into_iter());
        let bytes: Vec<u8> = letters.bytes().collect();
        let read = Letters::read(&bytes).map(|l| l.weights);
        assert_eq!(read, Some(letters.weights));
        assert!(Letters::read(&[]).is_some());
        assert!(Letters::read(&bytes[1..]).is_none());
    }
}
