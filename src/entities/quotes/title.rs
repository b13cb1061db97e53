//! Titles that an article gives to its people: «الزعيم الكوري الشمالي، كيم جونغ أون».

use super::cue_table::{ENDS, TITLES};
use super::words::{ArticleText, listed, stem};
use crate::entities::{EntityId, EntityType};
use crate::sorting::Arrange;

/// A title that the article gives to a name.
struct Titled {
    head: String,
    qualifiers: Vec<String>,
    entity: EntityId,
    /// Its first word.
    first: usize,
    /// First word of the name.
    word: usize,
}

/// Finds speakers in an article.
pub(super) struct Speakers<'a> {
    pub(super) article: &'a ArticleText<'a>,
    titles: Vec<Titled>,
}

/// Longest phrase that names a speaker, in words.
pub(super) const PHRASE: usize = 14;

/// Titles remembered, at most: hostile texts have many.
const MOST_TITLES: usize = 400;

impl<'a> Speakers<'a> {
    pub(super) fn new(article: &'a ArticleText<'a>) -> Self {
        let mut speakers = Self {
            article,
            titles: Vec::new(),
        };
        for at in 0..article.words.len() {
            if speakers.titles.len() >= MOST_TITLES {
                break;
            }
            if let Some((_, name, _)) = article.name_at(at)
                && name.kind == EntityType::Person
            {
                speakers
                    .titles
                    .extend(speakers.title_before(at, name.entity));
            }
        }
        speakers
    }

    /// The title that stands before the name in word `at`.
    fn title_before(&self, at: usize, entity: EntityId) -> Option<Titled> {
        let article = self.article;
        let mut first = at;
        let mut head = None;
        while first > 0 && at - first < 9 && article.same_sentence(first - 1, at) {
            let before = article.words.get(first - 1)?;
            let comma = before.apart && !(first == at && before.comma);
            let folded = article.folded(first - 1);
            // «فلاديمير بوتين الزعيم الكوري كيم»: a title behind another's name is not that one's.
            let behind = head.is_some() && article.is_person(first - 1);
            if comma
                || behind
                || ENDS.contains(&folded)
                || super::cue::is_cue(folded) && listed(&TITLES, folded).is_none()
            {
                break;
            }
            first -= 1;
            if listed(&TITLES, folded).is_some() {
                head = Some(first);
            }
        }
        let head_at = head?;
        let (title, qualifiers) = self.description(head_at, at);
        Some(Titled {
            head: title,
            qualifiers,
            entity,
            first: head_at,
            word: at,
        })
    }

    /// First word of the title before the name in word `at`; that word where there is none.
    pub(super) fn title_start(&self, at: usize) -> usize {
        let after = self.titles.partition_point(|title| title.word < at);
        let title = self.titles.get(after).filter(|title| title.word == at);
        title.map_or(at, |title| title.first)
    }

    /// The titles beside names: first word, one past the last, and whose.
    pub(super) fn beside_names(&self) -> impl Iterator<Item = (usize, usize, EntityId)> {
        self.titles.iter().map(|t| (t.first, t.word, t.entity))
    }

    /// Head and qualifiers of the phrase in words `first..end`.
    fn description(&self, first: usize, end: usize) -> (String, Vec<String>) {
        let folded = self.article.folded(first);
        let head = listed(&TITLES, folded).unwrap_or(folded).to_owned();
        let words = first + 1..end.min(first + PHRASE);
        let mut qualifiers: Vec<String> = words
            .map(|at| stem(self.article.folded(at)).to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        qualifiers.arrange();
        qualifiers.dedup();
        (head, qualifiers)
    }

    /// Who the article gives a title to, before word `at`; the first such later.
    pub(super) fn titled(&self, first: usize, end: usize) -> Option<EntityId> {
        let (head, wanted) = self.description(first, end);
        let same_head = |t: &&Titled| heads_agree(&t.head, &head);
        let exact = self
            .titles
            .iter()
            .filter(same_head)
            .filter(|t| t.qualifiers == wanted);
        let wider = self
            .titles
            .iter()
            .filter(same_head)
            .filter(|t| wanted.iter().all(|w| t.qualifiers.contains(w)));
        only(exact, first).or_else(|| only(wider, first))
    }

    /// The longest phrase from word `first`, before word `end`, that is a title of one person: who, and one past its last word.
    pub(super) fn title_within(&self, first: usize, end: usize) -> Option<(EntityId, usize)> {
        for shorter in (first + 1..=end).rev() {
            // «رئيس» alone is anybody's.
            if shorter == first + 1 && shorter < end && !is_definite(self.article.folded(first)) {
                break;
            }
            // «الرئيس» of «الرئيس الأمريكي» is not whom «الرئيس الروسي» names.
            if shorter < end && self.qualifies(shorter) {
                continue;
            }
            if let Some(entity) = self.titled(first, shorter) {
                return Some((entity, shorter));
            }
        }
        None
    }

    /// Whether word `at` is an adjective that tells apart whom the title before it means.
    fn qualifies(&self, at: usize) -> bool {
        const OTHERS: [&str; 9] = [
            "السابق",
            "السابقه",
            "الاسبق",
            "الراحل",
            "الراحله",
            "المنتخب",
            "المخلوع",
            "الجديد",
            "الجديده",
        ];
        let word = self.article.folded(at);
        let of_origin = word.starts_with("ال") && (word.ends_with('ي') || word.ends_with("يه"));
        of_origin || OTHERS.contains(&word)
    }
}

pub(super) fn is_definite(folded: &str) -> bool {
    ["ال", "لل", "وال", "فال", "بال", "كال", "ولل"]
        .iter()
        .any(|article| folded.starts_with(article))
}

/// The entity that all agree on; else that of the last before word `at`, when the next words are not another's.
fn only<'t>(titles: impl Iterator<Item = &'t Titled>, at: usize) -> Option<EntityId> {
    let mut known: Vec<&Titled> = titles.collect();
    let first = known.first()?.entity;
    if known.iter().all(|t| t.entity == first) {
        return Some(first);
    }
    known.retain(|t| t.word < at);
    let last = known.last()?.entity;
    known.iter().all(|t| t.entity == last).then_some(last)
}

fn heads_agree(a: &str, b: &str) -> bool {
    let spoken = |head: &str| matches!(head, "متحدث" | "ناطق" | "متحدثه" | "ناطقه");
    a == b || spoken(a) && spoken(b)
}
