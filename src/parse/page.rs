//! What reading makes of a file: a page, its parts, its articles.

use super::anatomy::{Rules, split_with};
use super::encoding::{Encoding, ReadError, ReadWarning, decode};
use super::given::Given;
use super::page_id::hex;
use super::record::{Layout, Record};
use crate::text::ByteSpan;
use crate::text::date::CalendarDate;
use sha2::{Digest, Sha256};

/// One source file, read and split.
#[derive(Clone, Debug)]
pub struct Page {
    /// File name, as given.
    pub name: String,
    /// SHA-256 of the source bytes.
    pub digest: [u8; 32],
    /// Size of the source, in bytes.
    pub source_bytes: usize,
    /// The text is the source, byte for byte.
    pub is_source: bool,
    /// Encoding it was read in.
    pub encoding: Encoding,
    /// What the reader should know although it was read.
    pub warning: Option<ReadWarning>,
    /// The text; all spans point into it.
    pub text: String,
    /// Every byte of the text, in order, each in exactly one part.
    pub parts: Vec<Part>,
    /// The articles, in order; the place in this list is their number less one.
    pub articles: Vec<Article>,
    /// What came with the text; it speaks of the main article.
    pub given: Given,
}

impl Page {
    /// Reads and splits a file by the bundled rules.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are no text.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        Self::read_with(name, bytes, Rules::bundled())
    }

    /// The same by rules that may hold a reader's own.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are no text.
    pub fn read_with(name: &str, bytes: &[u8], rules: &Rules) -> Result<Self, ReadError> {
        let (text, encoding, warning) = decode(bytes)?;
        let digest = Sha256::digest(bytes).into();
        let (parts, articles) = split_with(&text, rules);
        Ok(Self {
            name: name.to_owned(),
            digest,
            source_bytes: bytes.len(),
            is_source: text.as_bytes() == bytes,
            encoding,
            warning,
            text,
            parts,
            articles,
            given: Given::default(),
        })
    }

    /// Makes the page of a text that a reader found.
    pub(super) fn from_record(record: Record, rules: &Rules) -> Self {
        let (parts, articles) = match record.layout {
            Layout::Split { main_end } => split_main(&record.text, main_end as usize, rules),
            Layout::Article { title_end } => given_article(&record.text, title_end as usize),
        };
        Self {
            name: record.name,
            digest: record.digest,
            source_bytes: usize::try_from(record.source_bytes).unwrap_or(usize::MAX),
            is_source: record.is_source,
            encoding: record.encoding,
            warning: record.warning,
            text: record.text,
            parts,
            articles,
            given: record.given,
        }
    }

    /// A page that is one article whose title and text are known, as records of
    /// a data set are: nothing is looked for in it. `source` identifies it.
    #[must_use]
    pub fn from_article(name: &str, source: &[u8], title: &str, body: &str) -> Self {
        let text = if title.is_empty() {
            body.to_owned()
        } else {
            format!("{title}\n{body}")
        };
        let (parts, articles) = given_article(&text, title.len());
        Self {
            name: name.to_owned(),
            digest: Sha256::digest(source).into(),
            source_bytes: source.len(),
            is_source: text.as_bytes() == source,
            encoding: Encoding::Utf8,
            warning: None,
            parts,
            articles,
            text,
            given: Given::default(),
        }
    }

    /// First 16 hex digits of the SHA-256 of the source bytes.
    #[must_use]
    pub fn id(&self) -> String {
        Self::id_of(&self.digest)
    }

    /// Id of the page whose source bytes have this SHA-256.
    pub(crate) fn id_of(digest: &[u8; 32]) -> String {
        hex(digest.get(..8).unwrap_or_default())
    }

    /// Id of the article at `index`: the page's id, `.`, its number from 1.
    #[must_use]
    pub fn article_id(&self, index: usize) -> String {
        format!("{}.{}", self.id(), index + 1)
    }

    /// The headlines of other articles that the page lists, in order.
    pub fn headlines(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .filter(|part| part.kind == PartKind::Headline)
            .map(|part| part.span.of(&self.text))
    }

    /// The parts of the article at `index`.
    pub fn parts_of(&self, index: usize) -> impl Iterator<Item = &Part> {
        self.parts
            .iter()
            .filter(move |part| part.article == Some(index))
    }
}

/// Splits the first `main_end` bytes of a text; what follows stood outside the
/// main text of its page.
fn split_main(text: &str, main_end: usize, rules: &Rules) -> (Vec<Part>, Vec<Article>) {
    let (main, outside) = text.split_at_checked(main_end).unwrap_or((text, ""));
    let (mut parts, articles) = split_with(main, rules);
    if !outside.is_empty() {
        let is_blank = outside.trim().is_empty();
        parts.push(Part {
            span: ByteSpan::new(main.len(), text.len()),
            kind: if is_blank {
                PartKind::Blank
            } else {
                PartKind::Boilerplate
            },
            article: None,
            reason: "outside-main-text",
            confidence: 0.9,
        });
    }
    (parts, articles)
}

/// The parts of a text that is one article: `title_end` bytes of title, a line
/// break, and its text. Without any text it holds no article.
fn given_article(text: &str, title_end: usize) -> (Vec<Part>, Vec<Article>) {
    let title = ByteSpan::new(0, title_end);
    let body_start = title_end + usize::from(title_end > 0 && title_end < text.len());
    let part = |span: ByteSpan, kind| Part {
        span,
        kind,
        article: (kind != PartKind::Blank).then_some(0),
        reason: "given-field",
        confidence: 1.0,
    };
    let mut parts = vec![
        part(title, PartKind::Title),
        part(ByteSpan::new(title_end, body_start), PartKind::Blank),
        part(ByteSpan::new(body_start, text.len()), PartKind::Body),
    ];
    parts.retain(|part| !part.span.is_empty());
    let mut article = Article::new(Role::Main);
    article.title = (!title.is_empty()).then_some(title);
    (parts, vec![article])
}

/// A stretch of a page with one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where it stands.
    pub span: ByteSpan,
    /// What it is.
    pub kind: PartKind,
    /// Index of the article it belongs to.
    pub article: Option<usize>,
    /// Code of the rule that decided.
    pub reason: &'static str,
    /// How sure the rule is, 0..=1.
    pub confidence: f32,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Title of an article.
    Title,
    /// Running text of an article.
    Body,
    /// The line that states when the article was published.
    Published,
    /// Outlet and place before the text: «البلاد (موسكو)».
    Dateline,
    /// The line that names the outlet: «المصدر: …».
    Outlet,
    /// Keywords or tags.
    Keywords,
    /// The line that names who wrote it: «بقلم: …».
    Byline,
    /// Title of another article.
    Headline,
    /// The words «إقرأ أيضاً».
    ReadAlso,
    /// The words «مقالات مشابهة».
    Related,
    /// Text of share buttons.
    Share,
    /// Bullets and other ornament.
    Boilerplate,
    /// Text that no rule knows.
    Unclassified,
    /// White space between parts.
    Blank,
}

impl PartKind {
    /// Every kind, in the order of the enumeration.
    pub const ALL: [Self; 14] = [
        Self::Title,
        Self::Body,
        Self::Published,
        Self::Dateline,
        Self::Outlet,
        Self::Keywords,
        Self::Byline,
        Self::Headline,
        Self::ReadAlso,
        Self::Related,
        Self::Share,
        Self::Boilerplate,
        Self::Unclassified,
        Self::Blank,
    ];

    /// Kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Published => "published",
            Self::Dateline => "dateline",
            Self::Outlet => "outlet",
            Self::Keywords => "keywords",
            Self::Byline => "byline",
            Self::Headline => "headline",
            Self::ReadAlso => "read-also",
            Self::Related => "related",
            Self::Share => "share",
            Self::Boilerplate => "boilerplate",
            Self::Unclassified => "unclassified",
            Self::Blank => "blank",
        }
    }

    /// The family it belongs to.
    #[must_use]
    pub fn group(self) -> PartGroup {
        match self {
            Self::Title | Self::Body => PartGroup::Article,
            Self::Published | Self::Dateline | Self::Outlet | Self::Keywords | Self::Byline => {
                PartGroup::Metadata
            }
            Self::Headline => PartGroup::Headlines,
            Self::ReadAlso
            | Self::Related
            | Self::Share
            | Self::Boilerplate
            | Self::Unclassified => PartGroup::Furniture,
            Self::Blank => PartGroup::Blank,
        }
    }
}

/// Families of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartGroup {
    /// Title and body of an article.
    Article,
    /// What a page states about an article.
    Metadata,
    /// Titles of other articles.
    Headlines,
    /// Markers, buttons, ornament, text that no rule knows.
    Furniture,
    /// White space.
    Blank,
}

impl PartGroup {
    /// The families that hold words.
    pub const WITH_WORDS: [Self; 4] = [
        Self::Article,
        Self::Metadata,
        Self::Headlines,
        Self::Furniture,
    ];

    /// Kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Metadata => "metadata",
            Self::Headlines => "headlines",
            Self::Furniture => "furniture",
            Self::Blank => "blank",
        }
    }
}

/// How an article stands on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The page's own article.
    Main,
    /// One that the page carries after a «read also» marker.
    Embedded,
}

impl Role {
    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Embedded => "embedded",
        }
    }
}

/// One article of a page. Its text is the title and body parts that carry its index.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// How it stands on the page.
    pub role: Role,
    /// Where its title stands.
    pub title: Option<ByteSpan>,
    /// When it was published, if the page says so about this article.
    pub published: Option<Published>,
    /// Place named in its dateline.
    pub dateline_place: Option<ByteSpan>,
    /// Outlets it names, in order.
    pub outlets: Vec<ByteSpan>,
    /// Keywords that can be told apart.
    pub keywords: Vec<ByteSpan>,
    /// Keywords that cannot, as one stretch.
    pub keywords_raw: Option<ByteSpan>,
}

impl Article {
    /// An article with nothing known but its role.
    #[must_use]
    pub fn new(role: Role) -> Self {
        Self {
            role,
            title: None,
            published: None,
            dateline_place: None,
            outlets: Vec::new(),
            keywords: Vec::new(),
            keywords_raw: None,
        }
    }
}

/// A date of publication and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: CalendarDate,
    /// The words that state it.
    pub raw: ByteSpan,
    /// Which kind of line states it: `date-line`.
    pub origin: &'static str,
}
