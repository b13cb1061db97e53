//! Folding tables: which character another one is read as. One table, one source.

/// Base letters of U+00C0–U+017F, marks removed (Unicode decompositions; ligatures
/// and barred letters spelled out as they are commonly transcribed).
#[rustfmt::skip]
pub(super) static LATIN_BASES: [&str; 0xC0] = [
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E",
    "I", "I", "I", "I", "D", "N", "O", "O", "O", "O", "O", "×",
    "O", "U", "U", "U", "U", "Y", "Th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "÷", "o", "u", "u", "u",
    "u", "y", "th", "y", "A", "a", "A", "a", "A", "a", "C", "c",
    "C", "c", "C", "c", "C", "c", "D", "d", "D", "d", "E", "e",
    "E", "e", "E", "e", "E", "e", "E", "e", "G", "g", "G", "g",
    "G", "g", "G", "g", "H", "h", "H", "h", "I", "i", "I", "i",
    "I", "i", "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k",
    "k", "L", "l", "L", "l", "L", "l", "L", "l", "L", "l", "N",
    "n", "N", "n", "N", "n", "n", "N", "n", "O", "o", "O", "o",
    "O", "o", "OE", "oe", "R", "r", "R", "r", "R", "r", "S", "s",
    "S", "s", "S", "s", "S", "s", "T", "t", "T", "t", "T", "t",
    "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u",
    "W", "w", "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z", "s",
];

/// Letters of the Arabic script that are read as another letter under the
/// letters lens: source, target.
///
/// Rules: alef forms → ا; final ya and its foreign shapes → ي; ta marbuta and
/// the foreign ha shapes → ه; Persian, Urdu and Kurdish letters → the Arabic
/// letter that news writes for them. ؤ and ئ stay: they tell words apart.
pub(super) const ARABIC_LETTERS: &[(char, char)] = &[
    ('\u{0622}', '\u{0627}'), // آ ALEF WITH MADDA ABOVE → ا
    ('\u{0623}', '\u{0627}'), // أ ALEF WITH HAMZA ABOVE → ا
    ('\u{0625}', '\u{0627}'), // إ ALEF WITH HAMZA BELOW → ا
    ('\u{0671}', '\u{0627}'), // ٱ ALEF WASLA → ا
    ('\u{0672}', '\u{0627}'), // ٲ ALEF WITH WAVY HAMZA ABOVE → ا
    ('\u{0673}', '\u{0627}'), // ٳ ALEF WITH WAVY HAMZA BELOW → ا
    ('\u{0649}', '\u{064A}'), // ى ALEF MAKSURA → ي
    ('\u{06CC}', '\u{064A}'), // ی FARSI YEH → ي
    ('\u{06D2}', '\u{064A}'), // ے YEH BARREE → ي
    ('\u{06CD}', '\u{064A}'), // ۍ YEH WITH TAIL → ي
    ('\u{06CE}', '\u{064A}'), // ێ YEH WITH SMALL V → ي
    ('\u{06D0}', '\u{064A}'), // ې E → ي
    ('\u{0629}', '\u{0647}'), // ة TEH MARBUTA → ه
    ('\u{06C3}', '\u{0647}'), // ۃ TEH MARBUTA GOAL → ه (as ة)
    ('\u{06BE}', '\u{0647}'), // ھ HEH DOACHASHMEE → ه
    ('\u{06C0}', '\u{0647}'), // ۀ HEH WITH YEH ABOVE → ه
    ('\u{06C1}', '\u{0647}'), // ہ HEH GOAL → ه
    ('\u{06C2}', '\u{0647}'), // ۂ HEH GOAL WITH HAMZA ABOVE → ه
    ('\u{06D5}', '\u{0647}'), // ە AE → ه
    ('\u{06A9}', '\u{0643}'), // ک KEHEH → ك
    ('\u{06AA}', '\u{0643}'), // ڪ SWASH KAF → ك
    ('\u{06AF}', '\u{0643}'), // گ GAF → ك
    ('\u{067E}', '\u{0628}'), // پ PEH → ب
    ('\u{0686}', '\u{062C}'), // چ TCHEH → ج
    ('\u{0698}', '\u{0632}'), // ژ JEH → ز
    ('\u{06A4}', '\u{0641}'), // ڤ VEH → ف
    ('\u{06CB}', '\u{0648}'), // ۋ VE → و
];

/// Canonical compositions of the hamza and madda marks: base, mark, composed.
pub(super) static HAMZA_COMPOSITIONS: &[(char, char, char)] = &[
    ('\u{0627}', '\u{0653}', '\u{0622}'),
    ('\u{0627}', '\u{0654}', '\u{0623}'),
    ('\u{0648}', '\u{0654}', '\u{0624}'),
    ('\u{0627}', '\u{0655}', '\u{0625}'),
    ('\u{064A}', '\u{0654}', '\u{0626}'),
    ('\u{06D5}', '\u{0654}', '\u{06C0}'),
    ('\u{06C1}', '\u{0654}', '\u{06C2}'),
    ('\u{06D2}', '\u{0654}', '\u{06D3}'),
];
