//! Whether a name in Latin letters and one in Arabic letters are one by their sound.

use crate::analysis::names::comparison::LatinName;
use crate::analysis::names::letters::Letters;
use crate::analysis::names::matcher::{arabic_words, latin_words};
use crate::analysis::names::skeleton::skeleton;
use crate::analysis::names::{Channel, letters};
use std::sync::LazyLock;

/// Log-odds, in nats, from which a Latin name of two words is an Arabic one of the corpus.
const SURE: f32 = 12.0;
/// Each letter must bear so much of it: a word that fits does not speak for one that does not.
const SURE_A_LETTER: f32 = 0.8;
/// How far a name must be ahead of any other one, and a common Arabic name of the name's own word to
/// speak against it.
const AHEAD: f32 = 1.0;

/// What Latin letters usually write, where the channel is surer of another common name.
const USUAL: [(&str, &str); 8] = [
    ("omar", "عمر"),
    ("umar", "عمر"),
    ("amr", "عمرو"),
    ("saad", "سعد"),
    ("ayman", "ايمن"),
    ("salma", "سلمى"),
    ("huda", "هدى"),
    ("hoda", "هدى"),
];

/// Common Arabic names with their skeletons. They do not vary: Hussein is not حسن.
static COMMON: LazyLock<Vec<(String, Letters)>> = LazyLock::new(|| {
    let lines = include_str!("../tables/arabic_names.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    let words = words.flat_map(str::split_whitespace);
    words
        .map(|word| (skeleton(word), letters::arabic_letters(word)))
        .collect()
});

/// A name in Latin letters, to be heard.
pub(super) fn heard(latin: &str) -> LatinName<'static> {
    LatinName::new(Channel::shipped(), latin_words(latin))
}

/// Log-odds that two names in two scripts are one; negative infinity when some of its letters do not bear it.
pub(super) fn likeness(latin: &LatinName<'_>, arabic: &[Letters]) -> f32 {
    let odds = latin.log_odds(arabic);
    if odds >= SURE_A_LETTER * latin.letters() as f32 {
        odds
    } else {
        f32::NEG_INFINITY
    }
}

/// Whether a name in Latin letters, of two words and more, is an Arabic one by its sound.
///
/// ```
/// use kashshaf::entities::sounds_alike;
/// assert!(sounds_alike("Sergei Ivanov", "سيرغي إيفانوف"));
/// assert!(!sounds_alike("Mohammed Hussein", "محمد حسن"));
/// ```
#[must_use]
pub fn sounds_alike(latin: &str, arabic: &str) -> bool {
    skeleton(latin) == skeleton(arabic) && by_sound(&[KnownName::new(arabic, 0)], latin).is_some()
}

/// An Arabic name of the corpus.
#[derive(Debug)]
pub(super) struct KnownName {
    pub(super) name: String,
    pub(super) group: u32,
    words: Vec<Letters>,
}

impl KnownName {
    pub(super) fn new(name: &str, group: u32) -> Self {
        Self {
            name: name.to_owned(),
            group,
            words: arabic_words(name),
        }
    }
}

/// The one name that sounds like a Latin one.
pub(super) fn by_sound<'n>(names: &'n [KnownName], latin: &str) -> Option<&'n KnownName> {
    let heard = heard(latin);
    let odds: Vec<f32> = names
        .iter()
        .map(|known| likeness(&heard, &known.words))
        .collect();
    let all = || odds.iter().zip(names);
    let (&most, known) = all().max_by(|a, b| a.0.total_cmp(b.0))?;
    let behind =
        |(&odds, other): (&f32, &KnownName)| other.group == known.group || odds + AHEAD <= most;
    (most >= SURE && all().all(behind) && !is_another(latin, &known.words)).then_some(known)
}

/// Whether a word of the Latin name is rather another common name than any word of the Arabic one.
fn is_another(latin: &str, of_name: &[Letters]) -> bool {
    let channel = Channel::shipped();
    let joined = of_name.windows(2).map(<[Letters]>::concat);
    let article = letters::arabic_letters("ال");
    let bare = of_name
        .iter()
        .filter_map(|word| word.strip_prefix(article.as_slice()));
    let bare = bare.map(<[u8]>::to_vec);
    let of_name: Vec<Letters> = of_name.iter().cloned().chain(joined).chain(bare).collect();
    let usual = |word: &Letters| {
        let is = |&(latin, arabic): &(&str, &str)| {
            letters::latin_letters(latin) == *word
                && of_name.contains(&letters::arabic_letters(arabic))
        };
        USUAL.iter().any(is)
    };
    let own = |word: &Letters| {
        let odds = of_name.iter().map(|name| channel.log_odds(word, name));
        odds.fold(f32::NEG_INFINITY, f32::max)
    };
    let words = latin_words(latin);
    let rather = |word: &Letters| {
        let key = skeleton(&letters::spell(letters::Script::Latin, word));
        let least = own(word) + AHEAD;
        let is =
            |(of, name): &(String, Letters)| *of == key && channel.log_odds(word, name) >= least;
        !key.is_empty() && COMMON.iter().any(is)
    };
    words.iter().any(|word| rather(word) && !usual(word))
}
