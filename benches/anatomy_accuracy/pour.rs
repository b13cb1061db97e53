//! Pours articles into a layout: a page and what is known of it.

use super::layout::{Layout, Node, Piece};
use super::news::Story;
use kashshaf::text::date::CalendarDate;

/// What was put into a page as one article.
#[derive(Default)]
pub(crate) struct Gold {
    /// Byte ranges of its text, in order.
    pub(crate) spans: Vec<(usize, usize)>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<CalendarDate>,
    pub(crate) outlets: Vec<String>,
    /// Agencies of its dateline: may be found as outlets or not.
    pub(crate) tolerated: Vec<String>,
}

/// A page and its gold.
pub(crate) struct Poured {
    pub(crate) text: String,
    pub(crate) articles: Vec<Gold>,
}

/// Numbers that are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: &str) -> Self {
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold) | 1)
    }

    /// A number below `most` (0 when that is 0).
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize;
        drawn.checked_rem(most).unwrap_or(0)
    }
}

const PLACES: &[&str] = &[
    "القاهرة",
    "موسكو",
    "الرياض",
    "بيروت",
    "تونس",
    "الرباط",
    "واشنطن",
    "عمان",
    "بغداد",
    "دمشق",
];
const AGENCIES: &[&str] = &["رويترز", "أ ف ب", "د ب أ", "وكالات", "أ ش أ", "الأناضول"];
const AUTHORS: &[&str] = &[
    "أحمد علي",
    "سارة منصور",
    "محمد عبد الله",
    "ليلى حداد",
    "يوسف العمري",
    "Mona Saleh",
];

/// Pours the stories that come next in the order of `dice`.
pub(crate) fn pour(layout: &Layout, stories: &[Story], dice: &mut Dice) -> Poured {
    let mut page = Page {
        stories,
        taken: Vec::new(),
        dice,
        text: String::new(),
        articles: Vec::new(),
        current: 0,
    };
    page.begin();
    page.nodes(&layout.nodes);
    let text = page.text;
    let put = page.articles.into_iter().map(|(_, _, gold)| gold);
    Poured {
        text,
        articles: put.filter(|gold| !gold.spans.is_empty()).collect(),
    }
}

struct Page<'a> {
    stories: &'a [Story],
    taken: Vec<usize>,
    dice: &'a mut Dice,
    text: String,
    /// The story, how many of its paragraphs are placed, what was put in.
    articles: Vec<(&'a Story, usize, Gold)>,
    current: usize,
}

impl<'a> Page<'a> {
    fn fresh(&mut self) -> Option<&'a Story> {
        for _ in 0..100 {
            let at = self.dice.below(self.stories.len());
            // Several placements of a body need paragraphs to place.
            let story = self.stories.get(at)?;
            if !self.taken.contains(&at) && story.paragraphs.len() >= 3 {
                self.taken.push(at);
                return Some(story);
            }
        }
        None
    }

    fn begin(&mut self) {
        if let Some(story) = self.fresh() {
            self.articles.push((story, 0, Gold::default()));
            self.current = self.articles.len() - 1;
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Line(pieces) => {
                    for piece in pieces {
                        self.piece(piece);
                    }
                    self.text.push('\n');
                }
                Node::Article => self.begin(),
                Node::Main => self.current = 0,
                Node::Maybe(percent, inside) => {
                    if self.dice.below(100) < *percent as usize {
                        self.nodes(inside);
                    }
                }
                Node::Repeat(least, most, inside) => {
                    let times = least + self.dice.below(most.saturating_sub(*least) + 1);
                    for _ in 0..times {
                        self.nodes(inside);
                    }
                }
            }
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let any = |dice: &mut Dice, list: &[&'static str]| {
            list.get(dice.below(list.len())).copied().unwrap_or("")
        };
        let start = self.text.len();
        let Some((story, placed, gold)) = self.articles.get_mut(self.current) else {
            return;
        };
        match piece {
            Piece::Literal(text) => self.text.push_str(text),
            Piece::Title => {
                self.text.push_str(&story.title);
                gold.title = Some(story.title.clone());
                gold.spans.push((start, self.text.len()));
            }
            Piece::Body { most, joint } => {
                let rest = story.paragraphs.get(*placed..).unwrap_or_default();
                let next = rest.get(..*most).unwrap_or(rest);
                *placed += next.len();
                for (number, paragraph) in next.iter().enumerate() {
                    if number > 0 {
                        self.text.push_str(joint);
                    }
                    let start = self.text.len();
                    self.text.push_str(paragraph);
                    gold.spans.push((start, self.text.len()));
                }
            }
            Piece::Date(style) => {
                self.text.push_str(&style.write(story.date));
                gold.date = Some(story.date);
            }
            Piece::OtherDate(style) => {
                let later = CalendarDate {
                    year: story.date.year + 1,
                    month: 1 + story.date.month % 12,
                    day: 1 + story.date.day % 28,
                };
                self.text.push_str(&style.write(later));
            }
            Piece::Source => {
                self.text.push_str(&story.source);
                if !gold.outlets.contains(&story.source) {
                    gold.outlets.push(story.source.clone());
                }
            }
            Piece::Agency => {
                let agency = any(self.dice, AGENCIES);
                self.text.push_str(agency);
                gold.tolerated.push(agency.to_owned());
            }
            Piece::Tags(separator) => {
                let tags = tags(story, separator);
                self.text.push_str(&tags);
            }
            Piece::Headline => {
                if let Some(other) = self.fresh() {
                    self.text.push_str(&other.title);
                }
            }
            Piece::Place => self.text.push_str(any(self.dice, PLACES)),
            Piece::Author => self.text.push_str(any(self.dice, AUTHORS)),
            Piece::Time => {
                let (hour, minute) = (self.dice.below(24), self.dice.below(60));
                self.text.push_str(&format!("{hour:02}:{minute:02}"));
            }
            Piece::Number => {
                let number = 1 + self.dice.below(5_000);
                self.text.push_str(&number.to_string());
            }
        }
    }
}

/// Three to six keywords, from the words of the title.
fn tags(story: &Story, separator: &str) -> String {
    let words = story.title.split(|c: char| !c.is_alphanumeric());
    let long: Vec<&str> = words
        .filter(|word| word.chars().count() > 3)
        .take(6)
        .collect();
    let (before, joint) = match separator {
        "comma" => ("", "، "),
        "hash" => ("#", " "),
        "pipe" => ("", " | "),
        "line" => ("", "\n"),
        _ => ("", " "),
    };
    let tags: Vec<String> = long.iter().map(|word| format!("{before}{word}")).collect();
    tags.join(joint)
}
