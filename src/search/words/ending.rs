//! Letters at the end of words that may be told apart.

use crate::analysis::fold::marks_key;
use crate::search::query::Apart;
use crate::text::fold::fold_letter;

/// The last letter of a word, as far as a reader may want it told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Ending {
    Teh,
    Heh,
    Maksura,
    Yeh,
    Other,
}

impl Ending {
    pub(in crate::search) fn of(word: &str) -> Self {
        let key = marks_key(word);
        let last = key.chars().next_back().unwrap_or_default();
        match (last, fold_letter(last)) {
            ('ة' | 'ۃ' | 'ﺓ' | 'ﺔ', _) => Self::Teh,
            ('ى' | 'ﻯ' | 'ﻰ', _) => Self::Maksura,
            (_, 'ه') | ('ﻩ' | 'ﻪ', _) => Self::Heh,
            (_, 'ي') | ('ﻱ' | 'ﻲ', _) => Self::Yeh,
            _ => Self::Other,
        }
    }

    pub(in crate::search) fn differs(self, other: &Self, apart: Apart) -> bool {
        match (self, other) {
            (Self::Teh, Self::Heh) | (Self::Heh, Self::Teh) => apart.teh,
            (Self::Maksura, Self::Yeh) | (Self::Yeh, Self::Maksura) => apart.yeh,
            _ => false,
        }
    }
}
