//! An index that is told how much memory it may hold keeps within it, on the way
//! too: while texts are added and while postings and views are made.

use kashshaf::index::Index;
use kashshaf::parse::Page;
use kashshaf_memory::{Counting, live, peak, reset_peak};

#[global_allocator]
static COUNTING: Counting = Counting;

const MOST: usize = 24 << 20;

/// Numbers that look drawn by lot, the same each time.
struct Lot(u64);

impl Lot {
    fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// A word of Arabic letters for a number.
fn word(mut number: u64, text: &mut String) {
    const LETTERS: [char; 16] = [
        'ا', 'ل', 'ي', 'م', 'و', 'ن', 'ر', 'ت', 'ب', 'ة', 'ع', 'د', 'س', 'ف', 'ه', 'ك',
    ];
    loop {
        text.push(LETTERS[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            break;
        }
    }
}

/// A text of so many words; `spread` of 1 draws all words of the vocabulary alike, more of it the first ones more often.
fn text(lot: &mut Lot, words: usize, vocabulary: u64, spread: u32) -> String {
    let mut text = String::new();
    for _ in 0..words {
        let mut number = vocabulary;
        for _ in 0..spread {
            number = lot.draw() % number.max(1);
        }
        word(number, &mut text);
        text.push(' ');
    }
    text
}

/// Fills an index with texts, brought up to date now and then; returns the bytes of text, of what is held at the end,
/// and of the most that was held.
fn fill(words: usize, vocabulary: u64, spread: u32) -> (usize, usize, usize) {
    let before = live();
    reset_peak();
    let mut lot = Lot(0x2545_F491_4F6C_DD1D);
    let mut index = Index::default();
    index.limit_memory(MOST as u64);
    let (mut bytes, mut pages) = (0, 0);
    loop {
        let text = text(&mut lot, words, vocabulary, spread);
        if index.make_room(text.len() as u64).is_err() {
            break;
        }
        bytes += text.len();
        let page = Page::read(&format!("{pages}.txt"), text.as_bytes()).expect("a page");
        index.add(page, false).expect("a new page");
        pages += 1;
        if pages % 1_000 == 0 {
            index.refresh();
        }
    }
    index.refresh();
    let held = usize::try_from(live() - before).unwrap_or(0);
    let most = usize::try_from(peak() - before).unwrap_or(0);
    (bytes, held, most)
}

#[test]
fn an_index_keeps_within_its_room_and_uses_it() {
    // words of a text, words of the vocabulary, how uneven they are
    let cases = [
        ("news", 300, 200_000, 3),
        ("short texts", 12, 50_000, 2),
        ("long texts", 40_000, 200_000, 3),
        ("no word twice", 300, u64::MAX / 4, 1),
    ];
    for (name, words, vocabulary, spread) in cases {
        let (text, held, most) = fill(words, vocabulary, spread);
        println!(
            "{name}: {text} bytes of text, {held} held, {most} at most of {MOST}; {:.2} and {:.2} of the text",
            held as f64 / text as f64,
            most as f64 / text as f64,
        );
        // Beside the index stands the page that is being added.
        assert!(most <= MOST + (1 << 20), "{name}: {most} bytes");
        // Room that is never used would be a refusal without need.
        assert!(4 * most >= MOST, "{name}: {most} bytes");
    }
}
