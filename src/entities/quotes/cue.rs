//! Cue words: where speech is announced, and by whom.

use super::cue_table::{ADVERBIAL, COMPLEMENTS, CUES, WEAK};
use super::source::according;
use super::speaker::{Memory, Speaker, SpeakerRule};
use super::title::Speakers;
use super::words::{ArticleText, without_conjunction};
use crate::text::ByteSpan;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a cue word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueClass {
    /// Says that something was said: «قال».
    Say,
    /// Says how somebody stands to something: «أشاد», «وصف».
    Attitude,
    /// Hands on: «نقلت».
    Relay,
    /// Names a source beside the sentence: «بحسب».
    According,
}

/// A form of a cue word.
#[derive(Clone, Copy)]
struct Form {
    class: CueClass,
    participle: bool,
    weak: bool,
}

static FORMS: LazyLock<FxHashMap<&'static str, Form>> = LazyLock::new(|| {
    let weak: FxHashSet<&str> = WEAK.iter().copied().collect();
    let mut forms = FxHashMap::default();
    for &(_, class, finite, participles) in CUES {
        for (words, participle) in [(finite, false), (participles, true)] {
            for word in words.split_whitespace() {
                forms.entry(word).or_insert(Form {
                    class,
                    participle,
                    weak: weak.contains(word),
                });
            }
        }
    }
    forms
});

/// A cue in its place.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The word.
    pub(super) word: usize,
    pub(super) class: CueClass,
    /// The word as written, without a conjunction before it.
    pub(super) span: ByteSpan,
    pub(super) speaker: Speaker,
    pub(super) addressee: Option<u32>,
    /// The word «أن» that it governs.
    pub(super) complement: Option<usize>,
    /// Whether a conjunction stands before it: it begins a clause of its own.
    pub(super) joined: bool,
    /// Whether it is a participle, which carries the speech of its sentence on.
    pub(super) participle: bool,
    /// The channel or agency that hands on what somebody else said.
    pub(super) handed_on_by: Option<Speaker>,
}

/// How far a cue looks for its subject and its complement, in words.
const REACH: usize = 30;

/// What stands after a cue, up to where its speech begins.
struct Window {
    /// One past the last word that may name the subject.
    end: usize,
    complement: Option<usize>,
    /// Whether a colon or a mark ends it.
    spoken: bool,
}

/// All cues of an article, in order, with their speakers.
pub(super) fn cues(article: &ArticleText<'_>, speakers: &Speakers<'_>) -> Vec<Cue> {
    let mut memory = Memory::default();
    let mut found: Vec<Cue> = Vec::new();
    let mut at = 0;
    while at < article.words.len() {
        if let Some(cue) = cue_at(article, speakers, &mut memory, at) {
            found.push(cue);
        }
        at += 1;
    }
    found
}

fn cue_at(
    article: &ArticleText<'_>,
    speakers: &Speakers<'_>,
    memory: &mut Memory,
    at: usize,
) -> Option<Cue> {
    let word = article.words.get(at)?;
    if word.marked || word.name.is_some() {
        return None;
    }
    let folded = article.folded(at);
    let (form, joined) = form_of(folded)?;
    memory.enter(word.sentence, word.paragraph);
    let window = window(article, at);
    if form.class == CueClass::According {
        return according(article, speakers, memory, at, joined);
    }
    if follows_source(article, at) || is_impersonal(article, at) {
        return None; // the verb of «وفق ما أعلن», «يذكر أن»
    }
    // A participle has the subject of its sentence.
    let own = || {
        let after = speakers.after(at, window.end);
        let after = after.filter(|speaker| !is_object(article, at, speaker));
        let before = || {
            let subject = !joined && !is_of_object(article, at);
            subject.then(|| speakers.before(at)).flatten()
        };
        // «ترامب يتعهد بتجنب الحرب»: with a name before the verb, words behind it are its object.
        let is_words = |speaker: &Speaker| speaker.rule == SpeakerRule::Described;
        match after {
            Some(words) if is_words(&words) && !form.weak => {
                let named = before().filter(|name| name.rule == SpeakerRule::Named);
                Some(named.unwrap_or(words))
            }
            after => after.or_else(before),
        }
    };
    let speaker = if form.participle { None } else { own() };
    // «المسؤول الروسي»: whoever spoke last.
    let speaker = speaker.map(|speaker| {
        let role = speaker.rule == SpeakerRule::Described && speakers.is_role(&speaker);
        let known = memory.of_article().filter(|_| role);
        known.map_or(speaker.clone(), |known| Speaker {
            words: speaker.words,
            ..known
        })
    });
    let announced = window.complement.is_some() || window.spoken || introduces(article, window.end);
    // «مخاوف مؤكدة» is an adjective; «مؤكدة أن» is not.
    if form.participle && !window.spoken && !carries_on(article, at) {
        return None;
    }
    if form.weak && !announced {
        return None;
    }
    let bare = article.folded(at);
    let feminine = !form.participle && is_feminine(without_conjunction(bare));
    let starts = at == 0 || !article.same_sentence(at - 1, at);
    let speaker = match speaker {
        Some(speaker) => speaker,
        None if form.participle => memory.of_sentence().or_else(|| speakers.of_sentence(at))?,
        // «…، أجاب: "…"»
        None if joined
            || starts
            || window.spoken && window.end == at + 1
            || follows_pronoun(article, at) =>
        {
            let apart = at > 0 && article.words.get(at - 1).is_some_and(|w| w.apart);
            let subject = || {
                let begins = joined || apart || follows_pronoun(article, at);
                speakers.of_sentence(at).filter(|_| begins && !feminine)
            };
            let known = memory.of_sentence().or_else(subject);
            let known = known.or_else(|| memory.of_sentence_or_article(feminine));
            known.unwrap_or_default()
        }
        None => memory.of_sentence().unwrap_or_default(),
    };
    // «عقب المحادثات», «عبر مترجم»: no verb unless somebody known speaks.
    let somebody = !speaker.entities.is_empty() || speaker.rule == SpeakerRule::Described && joined;
    if form.weak && !somebody && !(joined && window.spoken) {
        return None;
    }
    if without_conjunction(folded).starts_with("عبر") && !about_something(article, at, window.end)
    {
        return None;
    }
    let behind = window
        .complement
        .and_then(|complement| speakers.behind(&speaker, complement));
    let (speaker, handed_on_by, class) = match behind {
        Some(person) => (person, Some(speaker), CueClass::Say),
        None => (speaker, None, form.class),
    };
    let spoke = announced || joined || starts || !speaker.entities.is_empty();
    if spoke && matches!(class, CueClass::Say | CueClass::Attitude) {
        memory.keep(&speaker, feminine && handed_on_by.is_none());
    }
    let addressee = speakers.addressee(at, &speaker, window.end);
    let skipped = word
        .span
        .of(article.text)
        .chars()
        .next()
        .map_or(0, char::len_utf8);
    let start = word.span.start as usize + if joined { skipped } else { 0 };
    Some(Cue {
        word: at,
        class,
        span: ByteSpan::new(start, word.span.end as usize),
        speaker,
        addressee,
        complement: window.complement,
        joined,
        participle: form.participle,
        handed_on_by,
    })
}

/// The form of a folded word, with or without a conjunction before it.
fn form_of(folded: &str) -> Option<(Form, bool)> {
    if let Some(&form) = FORMS.get(folded) {
        return Some((form, false));
    }
    let rest = without_conjunction(folded);
    FORMS
        .get(rest)
        .filter(|_| rest != folded)
        .map(|&form| (form, true))
}

/// Whether a word is a cue word of any class.
pub(super) fn is_cue(folded: &str) -> bool {
    form_of(folded).is_some()
}

fn is_feminine(word: &str) -> bool {
    word.ends_with('ت')
        || word.starts_with('ت')
            && !matches!(
                word,
                "تابع" | "تمني" | "توقع" | "تعهد" | "توعد" | "تساءل" | "تحدث"
            )
}

/// Looks from a cue to where its speech begins.
fn window(article: &ArticleText<'_>, at: usize) -> Window {
    let mut window = Window {
        end: at + 1,
        complement: None,
        spoken: false,
    };
    let opens = |word: usize| {
        let begins = article.words.get(word).is_some_and(|w| w.marked);
        let before = word
            .checked_sub(1)
            .and_then(|w| article.words.get(w))
            .is_some_and(|w| !w.marked);
        begins
            && before
            && !article
                .name_at(word)
                .is_some_and(|(number, ..)| covers_marks(article, number))
    };
    for word in at + 1..=at + REACH {
        if !article.same_sentence(at, word) {
            // «وقال بوتين:» and the quote on the next line.
            window.spoken |= article.words.get(word - 1).is_some_and(|w| w.colon);
            break;
        }
        if article.words.get(word - 1).is_some_and(|w| w.colon) || opens(word) {
            window.spoken = true;
            break;
        }
        let folded = article.folded(word);
        if is_complement(article, at, word) {
            window.complement = Some(word);
            break;
        }
        let another = word > at + 1
            && form_of(folded).is_some_and(|(form, _)| !form.weak)
            && article.words.get(word).is_some_and(|w| w.name.is_none());
        if another {
            break;
        }
        window.end = word + 1;
    }
    window
}

/// Whether the cue in word `at` may govern «أن» in word `word`: not that of «بعد أن», «دون أن», «إلا أن».
fn is_complement(article: &ArticleText<'_>, at: usize, word: usize) -> bool {
    if !COMPLEMENTS.contains(&article.folded(word)) {
        return false;
    }
    let before = without_conjunction(article.folded(word - 1));
    // «أكد على أن», «شدد على أن»; elsewhere it is a condition.
    let insists = |verb: &str| verb.contains("كد") || verb.contains("شدد");
    !ADVERBIAL.contains(&before) && (before != "علي" || insists(article.folded(at)))
}

/// «يذكر أن»: what is worth mentioning, said by nobody.
fn is_impersonal(article: &ArticleText<'_>, at: usize) -> bool {
    without_conjunction(article.folded(at)) == "يذكر" && article.folded(at + 1) == "ان"
}

/// «حماس … القائد الذي وصفته بأنه …»: what stands before is what is spoken of.
fn is_of_object(article: &ArticleText<'_>, at: usize) -> bool {
    let relative = |at: usize| matches!(without_conjunction(article.folded(at)), "الذي" | "التي");
    let verb = article.folded(at);
    let has_object = ["ه", "ها", "هم"]
        .iter()
        .any(|object| verb.ends_with(object));
    has_object && verb != "نوه" && at > 0 && relative(at - 1)
}

/// «وصف نجاد بأنه صديق»: whom somebody describes.
fn is_object(article: &ArticleText<'_>, at: usize, speaker: &Speaker) -> bool {
    let describes = ["وصف", "وصفت", "وصفوا", "يصف", "تصف"];
    let verb = article.folded(at);
    let after = speaker.words.map(|words| article.word_from(words.end));
    (describes.contains(&verb) || describes.contains(&without_conjunction(verb)))
        && after.is_some_and(|after| article.folded(after).starts_with("بانه"))
}

/// Whether a name is all that stands between two marks: «تاس».
fn covers_marks(article: &ArticleText<'_>, number: usize) -> bool {
    let Some(name) = article.names.get(number) else {
        return false;
    };
    let at = article
        .marks
        .partition_point(|m| m.inner.end < name.span.end);
    article
        .marks
        .get(at)
        .is_some_and(|m| name.span.start <= m.inner.start && m.inner.end <= name.span.end)
}

/// Whether «عن», «على أن», «إلى أن» follow the subject: what an attitude is about.
fn introduces(article: &ArticleText<'_>, end: usize) -> bool {
    let about = |at: usize| matches!(article.folded(at), "عن" | "الي" | "من" | "علي");
    about(end.saturating_sub(1)) || (end.saturating_sub(6)..end).any(about)
}

/// Whether what a participle says follows it closely.
fn carries_on(article: &ArticleText<'_>, at: usize) -> bool {
    let said = |word: usize| {
        let folded = article.folded(word);
        COMPLEMENTS.contains(&folded) || matches!(folded, "الي" | "علي" | "عن" | "من" | "في")
    };
    let marked = |word: usize| article.words.get(word).is_some_and(|w| w.marked);
    (at + 1..at + 5).any(|word| article.same_sentence(at, word) && (said(word) || marked(word)))
}

/// Whether «عن» follows within the window: «عبّر عن», not «عبر مترجم».
fn about_something(article: &ArticleText<'_>, at: usize, end: usize) -> bool {
    (at + 1..end + 1).any(|word| article.folded(word) == "عن")
}

/// «لكنه أكد», «وهو يقول», «كما قال»: somebody of the sentence.
fn follows_pronoun(article: &ArticleText<'_>, at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .map_or("", |before| article.folded(before));
    matches!(
        without_conjunction(before),
        "لكنه"
            | "لكنها"
            | "هو"
            | "هي"
            | "كما"
            | "حيث"
            | "ثم"
            | "انه"
            | "انها"
            | "قد"
            | "لكن"
            | "اذ"
            | "عندما"
            | "ايضا"
    )
}

/// Whether the verb belongs to «وفق ما», «حسبما», «كما».
fn follows_source(article: &ArticleText<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back)
            .map_or("", |before| article.folded(before))
    };
    let source = |word: &str| matches!(without_conjunction(word), "وفق" | "بحسب" | "حسب");
    word(1) == "ما" && source(word(2)) || matches!(word(1), "حسبما" | "بحسبما" | "وفقما")
}

impl Cue {
    /// Whether two cues have the same speaker.
    pub(super) fn same_speaker(&self, other: &Self) -> bool {
        self.speaker.entities == other.speaker.entities
            && (!self.speaker.entities.is_empty() || self.speaker.rule == SpeakerRule::Unknown)
    }
}
