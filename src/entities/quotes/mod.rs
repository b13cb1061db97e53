//! Quotes: what stands between marks or after «إن», who says it, and who hands it on.
//!
//! ```text
//! article ──ArticleText──▶ words, marked stretches, names
//!         ──cues──▶ «قال», «مضيفا», «بحسب» with their speakers
//!         ──quotes──▶ direct, fragment, headline, reported; and marks that are no speech
//! ```
//!
//! A marked stretch is speech when a cue of its sentence governs it, or a colon
//! leads to it; a name, a title or a term in marks is none, and neither are marks
//! in a sentence where nobody speaks. `docs/quotes.md` has the rules and the list of verbs.

mod build;
mod conflict;
mod context;
mod cue;
mod cue_table;
mod described;
mod marks;
mod reading;
mod source;
mod speaker;
mod subject;
mod title;
mod words;

#[cfg(test)]
mod speaker_tests;
#[cfg(test)]
mod tests;

pub use conflict::{AttributionConflict, Credited, attribution_conflicts};
pub use described::Description;
pub use speaker::{Speaker, SpeakerRule};
pub use words::NamedSpan;

use super::{EntityLayer, Mention};
use crate::parse::{Page, Part, PartKind};
use crate::sorting::Arrange;
use crate::text::ByteSpan;
use title::Speakers;
use words::ArticleText;

/// What a quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// A speech in marks, whole.
    Direct,
    /// Some words in marks within a sentence of the writer's.
    Fragment,
    /// What stands after a name and a colon in a headline.
    Headline,
    /// Speech without marks: «قال إن …».
    Reported,
    /// Marks that are no speech: a distance, a term, a name, a title of a work.
    Scare,
}

impl QuoteKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Direct,
        Self::Fragment,
        Self::Headline,
        Self::Reported,
        Self::Scare,
    ];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Fragment => "fragment",
            Self::Headline => "headline",
            Self::Reported => "reported",
            Self::Scare => "scare",
        }
    }
}

/// What a reader should know of the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteFlag {
    /// No mark closes it.
    Unclosed,
    /// No mark opens it.
    Unopened,
    /// A closing mark opens it: ”…”.
    Misdirected,
    /// It stands inside another.
    Nested,
    /// It runs over several lines.
    AcrossLines,
}

impl QuoteFlag {
    /// Every flag.
    pub const ALL: [Self; 5] = [
        Self::Unclosed,
        Self::Unopened,
        Self::Misdirected,
        Self::Nested,
        Self::AcrossLines,
    ];

    /// Stable kebab-case code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unclosed => "unclosed",
            Self::Unopened => "unopened",
            Self::Misdirected => "misdirected",
            Self::Nested => "nested",
            Self::AcrossLines => "across-lines",
        }
    }
}

/// Codes of every rule that can decide what a stretch is.
pub const QUOTE_RULES: [&str; 10] = [
    "colon",
    "cue-before",
    "cue-after",
    "long",
    "complement",
    "headline-colon",
    "no-cue",
    "name",
    "term",
    "nested",
];

/// One quote of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words, without marks: one span a line.
    pub spans: Vec<ByteSpan>,
    /// Index of its article on the page; `None` in a list of headlines.
    pub article: Option<usize>,
    /// What it is.
    pub kind: QuoteKind,
    /// Code of the rule that decided what it is, one of [`QUOTE_RULES`].
    pub rule: &'static str,
    /// Who says it.
    pub speaker: Speaker,
    /// The cue word as written, without a conjunction.
    pub cue: Option<ByteSpan>,
    /// To whom: index into the names given.
    pub addressee: Option<u32>,
    /// Who hands it on, the outermost first.
    pub relay: Vec<Speaker>,
    /// What a reader should know of the marks, in the order of the enumeration.
    pub flags: Vec<QuoteFlag>,
}

impl Quote {
    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.spans.first().map_or(0, |span| span.start)
    }
}

/// The names of a page, as the quote reader takes them: with the entities that
/// the recogniser found, which [`EntityLayer::linked`] turns into those of the layer.
#[must_use]
pub fn named_spans(layer: &EntityLayer, page: u32) -> Vec<NamedSpan> {
    let named = |(mention, number): (&Mention, usize)| {
        let (entity, kind) = layer.found_entity(number)?;
        Some(NamedSpan {
            span: mention.span,
            kind,
            entity,
        })
    };
    let mentions = layer.mentions_of_page(page);
    let first = layer.mentions().partition_point(|m| m.page < page);
    mentions.iter().zip(first..).filter_map(named).collect()
}

/// Finds the quotes of a page, in order of their first byte, and the descriptions of its people,
/// article by article. `names` are the names of the page in order, none overlapping another.
#[must_use]
pub fn read_page(page: &Page, names: &[NamedSpan]) -> (Vec<Quote>, Vec<Description>) {
    let (mut quotes, mut descriptions) = (Vec::new(), Vec::new());
    for (index, parts) in parts_by_article(page).iter().enumerate() {
        let article = ArticleText::read(&page.text, parts, names);
        let speakers = Speakers::new(&article);
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        descriptions.extend(speakers.descriptions(number));
        quotes.extend(build::quotes(&article, &speakers, Some(index)));
    }
    let headlines = page
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Headline);
    for part in headlines {
        let line = ArticleText::of_headline(&page.text, part.span, names);
        quotes.extend(build::headline(&line, None));
    }
    quotes.arrange_by_key(Quote::start);
    (quotes, descriptions)
}

/// The quotes that [`read_page`] finds.
#[must_use]
pub fn quotes_of_page(page: &Page, names: &[NamedSpan]) -> Vec<Quote> {
    read_page(page, names).0
}

/// The titles and bodies of each article.
fn parts_by_article(page: &Page) -> Vec<Vec<&Part>> {
    let mut parts = vec![Vec::new(); page.articles.len()];
    let text = page
        .parts
        .iter()
        .filter(|part| matches!(part.kind, PartKind::Title | PartKind::Body));
    for part in text {
        if let Some(list) = part.article.and_then(|index| parts.get_mut(index)) {
            list.push(part);
        }
    }
    parts
}
