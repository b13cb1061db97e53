//! The explorer: a corpus and everything that can be asked of it.

use super::caches::Caches;
use super::corpus::headings::{heading, published};
use super::naming::annotation::Incoming;
use super::request::FileOptions;
use super::{ArticleInfo, Error, ErrorData, FileReport, PageInfo};
use crate::entities::EntityLayer;
use crate::entities::aliases::Decisions;
#[cfg(feature = "annotator")]
use crate::entities::annotator::Annotator;
use crate::entities::annotator::Layers;
use crate::index::{ArrivingIndex, ArticleRef, Index, IndexedPage, Intake, MemoryFull, PageId};
use crate::parse::anatomy::{Repeated, Rules, repeated};
use crate::parse::format::{FileFormat, format_of};
use crate::parse::frame::FrameReader;
use crate::parse::ledger::Taken;
use crate::parse::record::{CloseSource, OpenSource, Problem, SourceKey};
use crate::parse::{Article, Page, PartGroup, PartKind, ReadError, ReadWarning, Role};
use crate::search::form_names::FormNames;
use crate::sorting::Arrange;

/// A corpus that grows file by file and answers requests.
///
/// ```
/// use kashshaf::api::{Explorer, FileOptions, SearchRequest};
/// let mut explorer = Explorer::default();
/// let options = FileOptions { name: "a.txt".to_owned(), ..Default::default() };
/// explorer.add_file(&options, "التقى كيم وبوتين في روسيا.".as_bytes());
/// let request = SearchRequest { query: "بوتين".to_owned(), ..Default::default() };
/// let reply = explorer.search(&request).unwrap();
/// assert_eq!((reply.totals.hits, reply.totals.documents), (1, 1));
/// ```
#[derive(Debug, Default)]
pub struct Explorer {
    pub(super) index: Index,
    pub(super) intake: Intake,
    pub(super) frames: FrameReader,
    /// An index file of which not all bytes have come.
    pub(super) arrival: Option<Box<ArrivingIndex>>,
    #[cfg(feature = "annotator")]
    pub(super) annotator: Option<Annotator>,
    /// What the reader decided about names; outlives the entities.
    pub(super) decisions: Decisions,
    /// Names, dates and quotes of the pages there are.
    pub(super) layers: Option<Layers>,
    pub(super) incoming: Incoming,
    /// The table of all names of a corpus in parts, once it came.
    pub(super) names: Option<EntityLayer>,
    /// Made when a query has a word in Latin letters.
    pub(super) form_names: Option<FormNames>,
    /// Made when searches need them.
    pub(super) caches: Caches,
    repeats: Repeats,
}

/// Parts that other pages of their outlet have too, by page, and among how many
/// pages with such parts they were found.
#[derive(Debug, Default)]
struct Repeats {
    pages: usize,
    found: Vec<Repeated>,
}

impl Explorer {
    /// Splits pages by the bundled rules and these from now on; pages that are
    /// there already stay as they are. Returns how many rules were read; an
    /// empty text goes back to the bundled ones alone.
    ///
    /// # Errors
    /// [`Error::BadRules`] names the line and the character; nothing is changed.
    pub fn set_rules(&mut self, text: &str) -> Result<usize, Error> {
        let rules = Rules::with_own(text).map_err(Error::BadRules)?;
        let count = rules.own();
        self.intake.set_rules(rules);
        Ok(count)
    }

    /// Reads, splits and indexes one file. Never fails: what cannot be read is
    /// reported, and nothing that was there before is lost.
    pub fn add_file(&mut self, options: &FileOptions, bytes: &[u8]) -> FileReport {
        let mut report = FileReport {
            name: options.name.clone(),
            status: "failed",
            id: None,
            bytes: bytes.len(),
            encoding: None,
            articles: 0,
            words: 0,
            warning: None,
            error: None,
        };
        if let Err(error) = self.whole("adding files") {
            report.error = Some(error.data());
            return report;
        }
        let bundled = options.bundled.unwrap_or(false);
        let key = (!bundled).then(|| self.open_line(options, bytes));
        let read = Page::read_with(&options.name, bytes, self.intake.rules());
        if let Some(key) = key {
            self.close_line(key, bytes, &read);
        }
        let page = match read {
            Ok(page) => page,
            Err(error) => {
                report.error = Some(Error::from(error).data());
                return report;
            }
        };
        report.encoding = Some(page.encoding.name());
        report.warning = page.warning.as_ref().map(ReadWarning::code);
        report.articles = page.articles.len();
        let id = page.id();
        match self.intake.add(&mut self.index, page, key, bundled) {
            Taken::Added { words, .. } => {
                (report.status, report.words, report.id) = ("read", words, Some(id));
                self.forget_annotations();
                self.caches = Caches::default();
            }
            // A plain file states nothing that could complete another page.
            Taken::SameBytes { page } | Taken::SameText { page } | Taken::Merged { page } => {
                (report.status, report.id) = ("duplicate", Some(page));
            }
            Taken::Refused(bad) => {
                (report.articles, report.encoding) = (0, None);
                report.error = Some(ErrorData::plain(MemoryFull::CODE, bad.message));
            }
        }
        report
    }

    /// Opens the line of a file that no reader sees.
    fn open_line(&mut self, options: &FileOptions, bytes: &[u8]) -> SourceKey {
        let free = self.intake.ledger().next_file();
        let chosen = options.file.filter(|n| n.fract() == 0.0 && *n >= 0.0);
        let key = SourceKey {
            file: chosen.map_or(free, |number| number as u32),
            member: 0,
        };
        let format = Some(format_of(&options.name, bytes)).filter(|format| format.is_plain());
        self.intake.ledger_mut().open(OpenSource {
            key,
            parent: None,
            name: options.name.clone(),
            format: format.unwrap_or(FileFormat::Text),
        });
        key
    }

    fn close_line(&mut self, key: SourceKey, bytes: &[u8], read: &Result<Page, ReadError>) {
        let problem = read.as_ref().err().map(|error| Problem {
            skipped: false,
            code: error.code().to_owned(),
            message: error.to_string(),
        });
        self.intake.ledger_mut().close(CloseSource {
            key,
            bytes: bytes.len() as u64,
            encoding: read.as_ref().ok().map(|page| page.encoding),
            problem,
        });
    }

    /// Brings the index up to date with the files added. Requests do it
    /// themselves; calling it early keeps the first of them quick.
    pub fn refresh(&mut self) {
        self.index.refresh();
    }

    /// The index, up to date.
    pub(super) fn fresh_index(&mut self) -> &Index {
        self.index.refresh();
        &self.index
    }

    /// Parts of the page that other pages of its outlet have too.
    pub(super) fn repeats_of(&mut self, page: PageId) -> Vec<Repeated> {
        if self.index.is_in_parts() {
            return self.index.written_repeats(page);
        }
        self.intake.learn_blocks(&self.index);
        let blocks = self.intake.blocks();
        if self.repeats.pages != blocks.len() {
            self.repeats = Repeats {
                pages: blocks.len(),
                found: repeated(blocks),
            };
        }
        let found = self.repeats.found.as_slice();
        let from = found.partition_point(|repeated| repeated.page < page.0);
        let of_page = found
            .iter()
            .skip(from)
            .take_while(|repeated| repeated.page == page.0);
        of_page.copied().collect()
    }

    /// Forgets which parts are repeated, as when pages get other numbers.
    pub(super) fn forget_repeats(&mut self) {
        self.repeats = Repeats::default();
    }
}

/// The page and, if the id names one, the article.
pub(super) fn find(index: &Index, id: &str) -> Result<(PageId, Option<usize>), Error> {
    let (page_id, ordinal) = match id.split_once('.') {
        Some((page, ordinal)) => (page, Some(ordinal)),
        None => (id, None),
    };
    let unknown = || Error::UnknownDocument { id: id.to_owned() };
    let page = index.page_by_id(page_id).ok_or_else(unknown)?;
    let Some(ordinal) = ordinal else {
        return Ok((page, None));
    };
    let articles = index.page(page).map_or(0, |page| page.page.articles.len());
    let number: usize = ordinal.parse().map_err(|_| unknown())?;
    let article = number
        .checked_sub(1)
        .filter(|&article| article < articles)
        .ok_or_else(unknown)?;
    Ok((page, Some(article)))
}

pub(super) fn page_info(index: &Index, page: &IndexedPage) -> PageInfo {
    let refs = index
        .articles()
        .get(page.articles.start as usize..page.articles.end as usize);
    let articles = page.page.articles.iter().zip(refs.unwrap_or_default());
    PageInfo {
        id: page.page.id(),
        name: page.page.name.to_string(),
        heading: heading(index, page),
        bytes: page.page.source_bytes(),
        encoding: page.page.encoding.name(),
        warning: page.page.warning.as_deref().map(ReadWarning::code),
        words: page.positions.end - page.positions.start,
        words_by_group: words_by_group(&page.page.words_by_group, refs.unwrap_or_default()),
        articles: articles
            .map(|(article, at)| article_info(index, page, &article, at))
            .collect(),
        headlines: headlines(index, page),
        bundled: page.page.bundled,
    }
}

fn article_info(
    index: &Index,
    page: &IndexedPage,
    article: &Article,
    at: &ArticleRef,
) -> ArticleInfo {
    let facts = index.facts(page);
    let text = |span| index.text_at(page.number, span);
    ArticleInfo {
        id: page.page.article_id(at.index),
        page: page.page.name.to_string(),
        page_id: page.page.id(),
        role: article.role.name(),
        title: facts.title_of(at.index),
        published: published(&facts, at.index),
        dateline_place: article.dateline_place.map(text),
        outlets: facts.outlets_of(at.index),
        keywords: facts.keywords_of(at.index),
        keywords_raw: article.keywords_raw.map(text),
        authors: facts.authors_of(at.index).to_vec(),
        url: facts.url_of(at.index).map(ToOwned::to_owned),
        words: at.tokens,
    }
}

/// The headlines of other articles that a page lists, in order.
fn headlines(index: &Index, page: &IndexedPage) -> Vec<String> {
    let parts = page.page.parts.iter();
    parts
        .filter(|part| part.kind == PartKind::Headline)
        .map(|part| index.text_at(page.number, part.span))
        .collect()
}

/// Words by what they stand in, most first: main articles, embedded articles, metadata, headlines, furniture.
pub(super) fn words_by_group(
    counts: &[(PartGroup, u32)],
    articles: &[ArticleRef],
) -> Vec<(&'static str, u32)> {
    let sum = |group: PartGroup| -> u32 {
        let counts = counts.iter().filter(|(of, _)| *of == group);
        counts.map(|(_, words)| words).sum()
    };
    let embedded: u32 = articles
        .iter()
        .filter(|a| a.role == Role::Embedded)
        .map(|a| a.tokens)
        .sum();
    let mut groups = vec![
        ("main", sum(PartGroup::Article).saturating_sub(embedded)),
        ("embedded", embedded),
        ("metadata", sum(PartGroup::Metadata)),
        ("headlines", sum(PartGroup::Headlines)),
        ("furniture", sum(PartGroup::Furniture)),
    ];
    groups.retain(|&(_, words)| words > 0);
    groups.arrange_by_key(|&(_, words)| std::cmp::Reverse(words));
    groups
}
