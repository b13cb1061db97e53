//! What a file states about its text beside the text: the fields of a record,
//! the metadata of an HTML page.

use crate::text::date::CalendarDate;

/// Fields that came with a text. They speak of the page's main article and
/// stand before what anatomy finds in the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Title, where the text does not hold it.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<GivenDate>,
    /// Who published it.
    pub outlets: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Keywords, tags, sections.
    pub keywords: Vec<String>,
    /// Where it was published: an address beginning with `http://` or `https://`, nothing else.
    pub url: Option<String>,
    /// The summary that goes with it.
    pub description: Option<String>,
    /// The id that its own collection gives it.
    pub id: Option<String>,
}

/// A stated date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDate {
    /// The day, as written: time zones are not applied.
    pub date: CalendarDate,
    /// The words that state it.
    pub raw: String,
    /// Where they stand.
    pub origin: GivenOrigin,
}

/// Where a given date was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenOrigin {
    /// A field of a record.
    Field,
    /// A JSON-LD block of an HTML page.
    JsonLd,
    /// A `<meta>` element.
    MetaTag,
    /// A `<time>` element.
    TimeElement,
}

impl GivenOrigin {
    /// Every origin, in the order of the enumeration.
    pub const ALL: [Self; 4] = [Self::Field, Self::JsonLd, Self::MetaTag, Self::TimeElement];

    /// Stable kebab-case code.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "given-field",
            Self::JsonLd => "json-ld",
            Self::MetaTag => "meta-tag",
            Self::TimeElement => "time-element",
        }
    }
}

impl Given {
    /// Nothing.
    pub const NOTHING: Self = Self {
        title: None,
        published: None,
        outlets: Vec::new(),
        authors: Vec::new(),
        keywords: Vec::new(),
        url: None,
        description: None,
        id: None,
    };

    /// Whether nothing was stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NOTHING
    }

    /// Whether both can speak of the same publication: where both state an
    /// address, an outlet, a day or an id, they state the same.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let day = |given: &Self| given.published.as_ref().map(|published| published.date);
        same(self.url.as_ref(), other.url.as_ref())
            && same(self.id.as_ref(), other.id.as_ref())
            && same(day(self).as_ref(), day(other).as_ref())
            && (self.outlets.is_empty()
                || other.outlets.is_empty()
                || self.outlets == other.outlets)
    }

    /// Takes from `other` what is not stated here; says whether anything was taken.
    pub fn complete_from(&mut self, other: &Self) -> bool {
        fn one<T: Clone>(mine: &mut Option<T>, theirs: Option<&T>) -> bool {
            let taken = mine.is_none() && theirs.is_some();
            if taken {
                *mine = theirs.cloned();
            }
            taken
        }
        fn many(mine: &mut Vec<String>, theirs: &[String]) -> bool {
            let taken = mine.is_empty() && !theirs.is_empty();
            if taken {
                *mine = theirs.to_vec();
            }
            taken
        }
        // Each is asked: no short cut.
        [
            one(&mut self.title, other.title.as_ref()),
            one(&mut self.published, other.published.as_ref()),
            many(&mut self.outlets, &other.outlets),
            many(&mut self.authors, &other.authors),
            many(&mut self.keywords, &other.keywords),
            one(&mut self.url, other.url.as_ref()),
            one(&mut self.description, other.description.as_ref()),
            one(&mut self.id, other.id.as_ref()),
        ]
        .contains(&true)
    }
}
