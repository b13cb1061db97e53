//! The two alphabets of names and what is read as one of their letters.

/// Latin letters; the code of each is its place, from 1.
#[rustfmt::skip]
pub(super) static LATIN: &[char] = &[
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
    'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
    '\'', 'č', 'š', 'ž', 'ç', 'ñ', 'ö', 'ü', 'ä', 'é', 'ğ', 'ı',
];

/// Arabic letters after the letters lens; the code of each is its place, from 1.
#[rustfmt::skip]
pub(super) static ARABIC: &[char] = &[
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط',
    'ظ', 'ع', 'غ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي', 'ء', 'ئ', 'ؤ',
];

/// Letters kept apart from their bases: the letter, its base, others read as it.
pub(super) static ACCENTED: &[(char, char, &str)] = &[
    ('\'', '\'', "’‘ʼʻʿʾ`´"),
    ('č', 'c', "ć"),
    ('š', 's', "śşș"),
    ('ž', 'z', "źż"),
    ('ç', 'c', ""),
    ('ñ', 'n', ""),
    ('ö', 'o', "őø"),
    ('ü', 'u', "ű"),
    ('ä', 'a', ""),
    ('é', 'e', "èêëēėěęếềểễệ"),
    ('ğ', 'g', ""),
    ('ı', 'i', ""),
];

/// Combining marks that make one of the letters above: base, mark, composed.
pub(super) static COMBINING: &[(char, char, char)] = &[
    ('c', '\u{301}', 'č'),
    ('c', '\u{30C}', 'č'),
    ('s', '\u{301}', 'š'),
    ('s', '\u{30C}', 'š'),
    ('s', '\u{326}', 'š'),
    ('s', '\u{327}', 'š'),
    ('z', '\u{301}', 'ž'),
    ('z', '\u{307}', 'ž'),
    ('z', '\u{30C}', 'ž'),
    ('c', '\u{327}', 'ç'),
    ('n', '\u{303}', 'ñ'),
    ('o', '\u{308}', 'ö'),
    ('o', '\u{30B}', 'ö'),
    ('u', '\u{308}', 'ü'),
    ('u', '\u{30B}', 'ü'),
    ('a', '\u{308}', 'ä'),
    ('e', '\u{300}', 'é'),
    ('e', '\u{301}', 'é'),
    ('e', '\u{302}', 'é'),
    ('e', '\u{304}', 'é'),
    ('e', '\u{307}', 'é'),
    ('e', '\u{308}', 'é'),
    ('e', '\u{30C}', 'é'),
    ('e', '\u{328}', 'é'),
    ('g', '\u{306}', 'ğ'),
];

/// Base letters of U+1E00–U+1EFF (Unicode decompositions).
pub(super) static EXTENDED_BASES: &str = "\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";
