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
