//! Words that ask, letters folded; left out of a question that is ranked.

pub(super) static QUESTION_WORDS: &[&str] = &[
    "ما",
    "ماذا",
    "من",
    "متي",
    "اين",
    "كيف",
    "كم",
    "لماذا",
    "هل",
    "اي",
    "ايه",
    "لمن",
    "بم",
    "مم",
    "فيم",
    "عم",
    "ممن",
    "بماذا",
];
