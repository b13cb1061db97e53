//! Why a form matched a word of a query.

use crate::analysis::Lens;
use crate::analysis::clitics::with_proclitics;
use crate::analysis::fold::{letters_key, marks_key};
use crate::index::Index;
use crate::search::query::{Query, Via, Word, WordKind};
use crate::search::words::resemblance::resemblance;
use crate::search::words::terms::Terms;
use std::cell::RefCell;
use std::ops::Range;

/// By which step a form matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The strictest lens that tells both alike.
    Lens(Lens),
    /// It begins so.
    Prefix,
    /// It is spelled nearly so.
    Fuzzy,
    /// Its letters fit.
    Wildcard,
    /// The expression fits.
    Regex,
    /// It fulfils what stands in the brackets.
    Pattern,
    /// It is a name that was typed in Latin letters.
    Name,
    /// It is another spelling of the same entity.
    Alias,
}

impl Step {
    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lens(lens) => lens.name(),
            Self::Prefix => "prefix",
            Self::Fuzzy => "fuzzy",
            Self::Wildcard => "wildcard",
            Self::Regex => "regex",
            Self::Pattern => "pattern",
            Self::Name => "name",
            Self::Alias => "alias",
        }
    }
}

/// Why a form matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The step.
    pub step: Step,
    /// What the step did: `letters`: ة→ه, of the query and the form; `clitics`:
    /// +ول before the form, −ال before the word of the query; `stem`: the stem; `name` and `alias`: the word as it was read.
    pub detail: String,
    /// How much alike a similar form is, 0 to 1.
    pub share: Option<f32>,
}

/// Tells why forms match the words of one query.
#[derive(Clone, Debug)]
pub struct Reasons<'i> {
    terms: Terms<'i>,
    /// The words that were asked about.
    asked: RefCell<Vec<Asked>>,
}

/// A word of the query, as the lenses read it.
#[derive(Clone, Debug)]
struct Asked {
    text: String,
    marks: String,
    letters: String,
    /// Bytes of proclitics at the start of the letters.
    cut: usize,
    /// The words of which the clitics lens leaves the same.
    class: Range<u32>,
}

impl Asked {
    fn base(&self) -> &str {
        self.letters.get(self.cut..).unwrap_or_default()
    }
}

impl<'i> Reasons<'i> {
    /// Of a query under a lens; `None` when the index has not been refreshed.
    #[must_use]
    pub fn new(index: &'i Index, query: &Query, lens: Lens) -> Option<Self> {
        Some(Self {
            terms: Terms::new(index, lens, query.apart)?,
            asked: RefCell::default(),
        })
    }

    /// Why `form`, which matched `word`, did.
    #[must_use]
    pub fn of(&self, word: &Word, form: &str) -> Reason {
        let via = |step| Reason {
            step,
            detail: word.text.clone(),
            share: None,
        };
        match word.via {
            Some(Via::Name) => return via(Step::Name),
            Some(Via::Alias) => return via(Step::Alias),
            None => {}
        }
        let step = match &word.kind {
            WordKind::Plain => return self.by_lens(&word.text, form),
            WordKind::Prefix => Step::Prefix,
            WordKind::Fuzzy => Step::Fuzzy,
            WordKind::Wildcard(_) => Step::Wildcard,
            WordKind::Regex(_) => Step::Regex,
            WordKind::Any(words) => {
                let matching = words.iter().filter(|word| {
                    let id = self.terms.form(form);
                    id.is_some_and(|id| self.terms.forms(word).binary_search(&id).is_ok())
                });
                let reasons = matching.map(|word| self.of(word, form));
                let strictest = reasons.min_by(|a, b| a.step.cmp(&b.step));
                return strictest.unwrap_or_else(|| plain(Step::Pattern));
            }
            WordKind::All(_) | WordKind::Not(_) => Step::Pattern,
        };
        plain(step)
    }

    /// The stem of a word without proclitics, letters folded, as the corpus shows it.
    #[must_use]
    pub fn stem(&self, base: &str) -> String {
        self.terms.stem_of(base)
    }

    fn by_lens(&self, asked: &str, form: &str) -> Reason {
        if asked == form {
            return plain(Step::Lens(Lens::Exact));
        }
        let mut known = self.asked.borrow_mut();
        let place = known.iter().position(|word| word.text == asked);
        let place = place.unwrap_or_else(|| {
            known.push(self.read(asked));
            known.len() - 1
        });
        known
            .get(place)
            .map_or_else(|| plain(Step::Pattern), |asked| self.compared(asked, form))
    }

    fn read(&self, text: &str) -> Asked {
        let letters = letters_key(text);
        let base = self.terms.base(&letters);
        Asked {
            text: text.to_owned(),
            marks: marks_key(text),
            cut: letters.len() - base.len(),
            class: self.terms.views.clitic_class(base),
            letters,
        }
    }

    fn compared(&self, asked: &Asked, form: &str) -> Reason {
        if asked.marks == marks_key(form) {
            return plain(Step::Lens(Lens::Marks));
        }
        let (own, other) = (&asked.letters, letters_key(form));
        let reason = |lens, detail| Reason {
            step: Step::Lens(lens),
            detail,
            share: None,
        };
        if *own == other {
            return reason(Lens::Letters, letters_between(&asked.text, form));
        }
        let base = asked.base();
        let is_in_class = || {
            let mut class = asked.class.clone();
            other.ends_with(base) && class.any(|word| self.terms.views.key(word) == other)
        };
        let of_form = if is_in_class() {
            base
        } else {
            self.terms.base(&other)
        };
        if base == of_form {
            let cut = |key: &str| {
                let before = key.len() - base.len();
                key.get(..before).unwrap_or_default().to_owned()
            };
            let (asked, written) = (cut(own), cut(&other));
            let parts = [('+', written), ('−', asked)].into_iter();
            let parts = parts.filter(|(_, clitics)| !clitics.is_empty());
            let shown: Vec<String> = parts
                .map(|(sign, clitics)| format!("{sign}{clitics}"))
                .collect();
            return reason(Lens::Clitics, shown.join(" "));
        }
        if let Some(clitics) = other.strip_suffix(base)
            && with_proclitics(base).any(|written| written == of_form || written == other)
        {
            return reason(Lens::Clitics, format!("+{clitics}"));
        }
        let stem = self.terms.stem(own);
        if stem == self.terms.stem(&other) {
            return reason(Lens::Stem, stem);
        }
        Reason {
            share: resemblance(base, of_form),
            ..plain(Step::Lens(Lens::Similar))
        }
    }
}

fn plain(step: Step) -> Reason {
    Reason {
        step,
        detail: String::new(),
        share: None,
    }
}

/// The letters in which two words differ that fold alike.
fn letters_between(asked: &str, form: &str) -> String {
    const SHOWN: usize = 3;
    let (asked, form) = (marks_key(asked), marks_key(form));
    if asked.chars().count() != form.chars().count() {
        return String::new(); // a ligature of several letters
    }
    let mut pairs: Vec<String> = Vec::new();
    for (one, other) in asked.chars().zip(form.chars()) {
        let pair = format!("{one}→{other}");
        if one != other && !pairs.contains(&pair) && pairs.len() < SHOWN {
            pairs.push(pair);
        }
    }
    pairs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn each_form_tells_the_strictest_step() {
        let text = "صاروخ الصاروخ صواريخ وصواريخ صاروخين. مدرسه مدرسة. للرئيس رئيس. استُخدمت. بيونغيانغ. وبغداد. كوریا.";
        let mut index = Index::default();
        index
            .add(Page::from_article("a", b"a", "", text), false)
            .expect("new");
        index.refresh();
        let reasons = Reasons::new(&index, &Query::default(), Lens::Similar).expect("refreshed");
        // asked, form, step, detail
        let cases = [
            ("صاروخ", "صاروخ", "exact", ""),
            ("استخدمت", "استُخدمت", "marks", ""),
            ("مدرسة", "مدرسه", "letters", "ة→ه"),
            ("كوريا", "كوریا", "letters", "ي→ی"),
            ("صاروخ", "الصاروخ", "clitics", "+ال"),
            ("الرئيس", "للرئيس", "clitics", "+لل −ال"),
            ("بغداد", "وبغداد", "clitics", "+و"),
            ("صاروخ", "وصواريخ", "stem", "صاروخ"),
            ("صواريخ", "صاروخين", "stem", "صاروخ"),
            ("بيونغيانج", "بيونغيانغ", "similar", ""),
        ];
        for (asked, form, step, detail) in cases {
            let reason = reasons.of(&Word::plain(asked), form);
            assert_eq!(
                (reason.step.name(), reason.detail.as_str()),
                (step, detail),
                "{asked} {form}"
            );
        }
        let share = reasons.of(&Word::plain("بيونغيانج"), "بيونغيانغ").share;
        assert_eq!(share, Some(0.8));
    }
}
