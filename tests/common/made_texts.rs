//! Made texts in which words meet that lenses join, and lines that page anatomy knows.

use proptest::collection::vec;
use proptest::prelude::*;

pub(super) const WORDS: &[&str] = &[
    "بوتين",
    "وبوتين",
    "كيم",
    "روسيا",
    "الروسية",
    "روسية",
    "بلد",
    "البلد",
    "بلدة",
    "أمر",
    "امر",
    "إِمر",
    "زار",
    "في",
    "من",
    "قال",
    "a",
    "19",
    "١٩",
    "بـلد",
    "کلب",
    "للبلد",
    "وللبلد",
    "فالأمر",
];

const GAPS: &[&str] = &[" ", " ", " ", ". ", "، ", "\n", "\n\n", " «", "» ", "؟"];

const LINES: &[&str] = &[
    "\nإقرأ أيضاً: زار كيم روسيا\n",
    "\nالمصدر: روسيا اليوم\n",
    "\nكلمات دلالية: بلد، كيم\n",
    "\nتاريخ النشر: 15th, September 2023 GMT\n",
];

/// A text of none, some or many words.
pub(super) fn text() -> impl Strategy<Value = String> {
    let word = (
        proptest::sample::select(WORDS),
        proptest::sample::select(GAPS),
    );
    let piece = prop_oneof![
        30 => word.prop_map(|(word, gap)| format!("{word}{gap}")),
        1 => proptest::sample::select(LINES).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    let length = prop_oneof![1 => 0usize..2, 6 => 1usize..60, 1 => 200usize..700];
    length
        .prop_flat_map(move |length| vec(piece.clone(), length))
        .prop_map(|pieces| pieces.concat())
}
