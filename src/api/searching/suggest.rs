//! How a query that is being typed may go on.

use crate::analysis::fold::letters_key;
use crate::api::request::{SuggestRequest, limit, skip};
use crate::api::searching::segments::utf16_offset;
use crate::api::{Error, Explorer, SuggestReply, SuggestionReply};
use crate::entities::EntityId;
use crate::index::FormId;
use crate::search::columns::Facet;
use crate::search::completions::corrections;
use crate::sorting::Arrange;
use crate::text::tokenize;

/// Suggestions when the request does not say.
const DEFAULT_LIMIT: usize = 8;

/// Names and outlets among them, at most so many of each.
const OF_A_KIND: usize = 2;

/// In a corpus in parts, words are completed from so many letters on …
const LETTERS_IN_PARTS: usize = 3;

/// … where no more parts are to be fetched for it: some 30 kB.
const MOST_PARTS: usize = 16;

impl Explorer {
    /// Words that begin with the word at the caret, names and outlets that one
    /// of their words begins with it; where there is none, words spelled nearly so.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a number out of range.
    pub fn suggest(&mut self, request: &SuggestRequest) -> Result<SuggestReply, Error> {
        let limit = limit(request.limit, DEFAULT_LIMIT)?;
        let text = request.query.as_str();
        let caret = match request.at {
            None => text.len(),
            at => byte_offset(text, skip("at", at)?),
        };
        let mut suggestions = Vec::new();
        let before = text.get(..caret).unwrap_or_default();
        let typed = tokenize(before).last().map(|token| token.span);
        let Some(typed) = typed.filter(|typed| typed.end as usize == caret) else {
            return Ok(SuggestReply { suggestions });
        };
        let prefix = letters_key(typed.of(text));
        if !self.has_words_with(&prefix)? {
            return Ok(SuggestReply { suggestions });
        }
        self.fresh_completions();
        let start = typed.start as usize;
        // The rest of a word that the caret stands in goes too.
        let rest = text.get(caret..).unwrap_or_default();
        let end = caret
            + rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
        let mut suggest = |kind, name: &str, count, put: &str| {
            let head = text.get(..start).unwrap_or_default();
            let tail = text.get(end..).unwrap_or_default();
            let query = format!("{head}{put}{tail}");
            suggestions.push(SuggestionReply {
                kind,
                text: name.to_owned(),
                at_utf16: utf16_offset(&query, head.len() + put.len()),
                query,
                count,
            });
        };
        // Inside quotation marks, a phrase would be a phrase in a phrase.
        let quoted = before.chars().filter(|&c| "\"«»“”„".contains(c)).count() % 2 == 1;
        for (name, mentions) in self.names_with(&prefix) {
            let put = if quoted || !name.contains(' ') {
                name.clone()
            } else {
                format!("«{name}»")
            };
            suggest("name", &name, mentions, &put);
        }
        // An outlet filters what the other words find.
        let has_others = tokenize(text).count() > 1;
        let outlets = has_others.then(|| self.outlets_with(&prefix));
        for (name, articles) in outlets.unwrap_or_default() {
            suggest("outlet", &name, articles, "");
        }
        let completions = self.caches.completions.as_ref();
        let words = completions.map(|c| c.find(&self.index, &prefix, limit));
        for word in words.unwrap_or_default() {
            suggest("word", &word.form, word.words, &word.form);
        }
        let is_word = || {
            self.index
                .views()
                .is_some_and(|v| v.word(&prefix).is_some())
        };
        // All words would have to be there.
        let can_correct = !self.index.is_in_parts();
        if suggestions.is_empty() && can_correct && !is_word() {
            for form in corrections(&self.index, &prefix, OF_A_KIND) {
                let head = text.get(..start).unwrap_or_default();
                let tail = text.get(end..).unwrap_or_default();
                let query = format!("{head}{form}{tail}");
                suggestions.push(SuggestionReply {
                    kind: "near",
                    at_utf16: utf16_offset(&query, head.len() + form.len()),
                    count: self.frequency_of(&form),
                    text: form,
                    query,
                });
            }
        }
        suggestions.truncate(limit);
        Ok(SuggestReply { suggestions })
    }

    /// Whether the words that begin so are there, or few enough parts of a corpus in parts bring them.
    fn has_words_with(&mut self, prefix: &str) -> Result<bool, Error> {
        if !self.index.is_in_parts() {
            return Ok(true);
        }
        if prefix.chars().count() < LETTERS_IN_PARTS {
            return Ok(false);
        }
        // What an earlier question left.
        let _ = self.index.missing_parts();
        let views = self.fresh_index().views();
        views.map(|views| views.letters_prefix_places(prefix));
        let names = self.index.missing_parts();
        match names.len() {
            0 => Ok(true),
            1..=MOST_PARTS => Err(Error::PartsMissing { names }),
            _ => Ok(false),
        }
    }

    /// Running words with the letters of a form; of several words, of the rarest.
    fn frequency_of(&self, form: &str) -> u32 {
        let frequency = |word: &str| -> u32 {
            let views = self.index.views();
            let found =
                views.and_then(|v| Some(v.forms(v.word(&letters_key(word)).map(|w| w..w + 1)?)));
            let forms = found.unwrap_or_default().iter();
            forms
                .map(|&form| self.index.lexicon().frequency(form))
                .sum()
        };
        form.split(' ').map(frequency).min().unwrap_or_default()
    }

    /// The most mentioned entities that a word of their name begins so, where entities have been looked for.
    fn names_with(&self, prefix: &str) -> Vec<(String, u32)> {
        let Some(layer) = self
            .linked_entities()
            .filter(|_| prefix.chars().count() > 1)
        else {
            return Vec::new();
        };
        let named = (0u32..).zip(layer.entities());
        let fits = named.filter(|(_, entity)| begins_so(&entity.name, prefix));
        let mut fits: Vec<(u32, &str)> = fits
            .map(|(number, entity)| {
                let mentions = layer.mentions_of(EntityId(number)).count();
                (
                    u32::try_from(mentions).unwrap_or(u32::MAX),
                    entity.name.as_str(),
                )
            })
            .collect();
        fits.arrange_by(|a, b| b.cmp(a));
        let best = fits.into_iter().take(OF_A_KIND);
        best.map(|(mentions, name)| (name.to_owned(), mentions))
            .collect()
    }

    /// The outlets that a word of their name begins so, with their articles; those read so far.
    fn outlets_with(&self, prefix: &str) -> Vec<(String, u32)> {
        let outlets = self.caches.columns.values(Facet::Outlet);
        let Some(outlets) = outlets.filter(|_| prefix.chars().count() > 1) else {
            return Vec::new();
        };
        let fits = outlets
            .names()
            .forms()
            .filter(|(_, name)| begins_so(name, prefix));
        let counted =
            |(number, name): (FormId, &str)| (outlets.names().frequency(number), name.to_owned());
        let mut fits: Vec<(u32, String)> = fits.map(counted).collect();
        fits.arrange_by(|a, b| b.cmp(a));
        fits.into_iter()
            .take(OF_A_KIND)
            .map(|(count, name)| (name, count))
            .collect()
    }
}

/// Whether a word of a name begins so, letters folded.
fn begins_so(name: &str, prefix: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| letters_key(word).starts_with(prefix))
}

/// The byte at a UTF-16 offset.
fn byte_offset(text: &str, at: usize) -> usize {
    let mut units = 0;
    let mut chars = text.char_indices();
    let found = chars.find(|(_, c)| {
        let is_here = units >= at;
        units += c.len_utf16();
        is_here
    });
    found.map_or(text.len(), |(byte, _)| byte)
}
