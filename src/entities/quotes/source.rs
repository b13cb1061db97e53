//! Sources named beside a sentence.

use super::cue::{Cue, CueClass, is_cue};
use super::cue_table::COMPLEMENTS;
use super::speaker::{Memory, Speaker};
use super::title::Speakers;
use super::words::{ArticleText, without_conjunction};
use crate::text::ByteSpan;

/// «بحسب بيسكوف», «وفقا للوزارة», «نقلا عن تاس», «وفق ما أعلن الكرملين», «على حد قوله».
pub(super) fn according(
    article: &ArticleText<'_>,
    speakers: &Speakers<'_>,
    memory: &mut Memory,
    at: usize,
    joined: bool,
) -> Option<Cue> {
    let folded = article.folded(at);
    let bare = if joined {
        without_conjunction(folded)
    } else {
        folded
    };
    let mut from = at;
    match bare {
        "نقلا" if article.folded(at + 1) == "عن" => from = at + 1,
        "نقلا" => return None,
        "حد" => {
            let before = at
                .checked_sub(1)
                .map_or("", |before| article.folded(before));
            let noun = article.folded(at + 1);
            if before != "علي" || !["قول", "تعبير", "وصف"].iter().any(|n| noun.starts_with(n))
            {
                return None;
            }
            if matches!(noun, "قول" | "تعبير" | "وصف") {
                from = at + 1;
            } else {
                let speaker = memory.of_sentence_or_article(noun.ends_with("ها"))?;
                return made(article, at, speaker, joined);
            }
        }
        _ if article.folded(at + 1) == "ما" && is_cue(article.folded(at + 2)) => from = at + 2,
        "حسبما" | "بحسبما" | "وفقما" if is_cue(article.folded(at + 1)) => {
            from = at + 1;
        }
        _ => {}
    }
    let end = (from + 1..from + 12)
        .find(|&word| {
            !article.same_sentence(at, word)
                || article
                    .words
                    .get(word - 1)
                    .is_some_and(|w| w.comma || w.colon)
                || COMPLEMENTS.contains(&article.folded(word))
        })
        .unwrap_or(from + 12);
    let speaker = speakers.source(from, end)?;
    memory.keep(&speaker, false);
    made(article, at, speaker, joined)
}

fn made(article: &ArticleText<'_>, at: usize, speaker: Speaker, joined: bool) -> Option<Cue> {
    let word = article.words.get(at)?;
    let skipped = if joined { 'و'.len_utf8() } else { 0 };
    Some(Cue {
        word: at,
        class: CueClass::According,
        span: ByteSpan::new(word.span.start as usize + skipped, word.span.end as usize),
        speaker,
        addressee: None,
        complement: None,
        joined,
        participle: false,
        handed_on_by: None,
    })
}
