//! Short words whose letters are all their own, letters folded.

/// Words that begin with ال but not with the article.
pub(super) static NOT_THE_ARTICLE: &[&str] = &[
    "الله",
    "اللهم",
    "الذي",
    "التي",
    "الذين",
    "اللذان",
    "اللذين",
    "اللتان",
    "اللتين",
    "اللواتي",
    "اللاتي",
    "اللائي",
    "الي",
    "الا",
    "الان",
    "اليه",
    "اليها",
    "اليهم",
    "الينا",
    "اليك",
    "الف",
    "الفا",
    "الاف",
    "الم",
    "الو",
];

/// Words of two letters that و and ف attach to.
pub(super) static PARTICLES: &[&str] = &[
    "من", "عن", "في", "لم", "لن", "لا", "ما", "قد", "هو", "هي", "هم", "هن", "ان", "او", "اذ", "اي",
    "كل", "كم", "لو", "هل", "بل", "ثم", "له", "به", "لك", "لي", "بي", "يا",
];
