//! Names of the months and the weekdays, letters folded.
//!
//! Sources: Unicode CLDR 44 and later, Arabic locales by country (Unicode
//! licence, see NOTICE): Egypt and the Gulf, the Levant and Iraq, Algeria and
//! Tunisia, Morocco, Mauritania; beside them spellings that news uses. English
//! and French names as CLDR has them. A name of two words is read in [`TWO_WORDS`].

/// A name, its month, and whether the word means something else as often:
/// such a name alone is no date, it needs a day, a year or the word «شهر».
pub(super) static MONTHS: &[(&str, u8, bool)] = &[
    // Egypt, the Gulf, Sudan, Yemen
    ("يناير", 1, false),
    ("فبراير", 2, false),
    ("مارس", 3, true), // also: practised
    ("ابريل", 4, false),
    ("مايو", 5, false),
    ("يونيو", 6, false),
    ("يونيه", 6, false),
    ("يوليو", 7, false),
    ("يوليه", 7, false),
    ("اغسطس", 8, false),
    ("سبتمبر", 9, false),
    ("اكتوبر", 10, false),
    ("نوفمبر", 11, false),
    ("ديسمبر", 12, false),
    // the Levant and Iraq
    ("شباط", 2, false),
    ("اذار", 3, false),
    ("نيسان", 4, true), // also: the car maker
    ("ايار", 5, false),
    ("حزيران", 6, false),
    ("تموز", 7, false),
    ("اب", 8, true), // also: father
    ("ايلول", 9, false),
    // Algeria and Tunisia
    ("جانفي", 1, false),
    ("فيفري", 2, false),
    ("افريل", 4, false),
    ("ماي", 5, true), // also: the surname May
    ("جوان", 6, true),
    ("جويليه", 7, false),
    ("اوت", 8, true),
    // Morocco
    ("يوليوز", 7, false),
    ("غشت", 8, false),
    ("شتنبر", 9, false),
    ("نونبر", 11, false),
    ("دجنبر", 12, false),
    // Mauritania
    ("اغشت", 8, false),
    ("شتمبر", 9, false),
    ("دجمبر", 12, false),
    // English
    ("january", 1, false),
    ("february", 2, false),
    ("march", 3, true),
    ("april", 4, true),
    ("may", 5, true),
    ("june", 6, true),
    ("july", 7, false),
    ("august", 8, true),
    ("september", 9, false),
    ("october", 10, false),
    ("november", 11, false),
    ("december", 12, false),
    ("jan", 1, true),
    ("feb", 2, true),
    ("mar", 3, true),
    ("apr", 4, true),
    ("jun", 6, true),
    ("jul", 7, true),
    ("aug", 8, true),
    ("sep", 9, true),
    ("sept", 9, true),
    ("oct", 10, true),
    ("nov", 11, true),
    ("dec", 12, true),
    // French, accents folded
    ("janvier", 1, false),
    ("fevrier", 2, false),
    ("mars", 3, true),
    ("avril", 4, false),
    ("mai", 5, true),
    ("juin", 6, true),
    ("juillet", 7, false),
    ("aout", 8, true),
    ("septembre", 9, false),
    ("octobre", 10, false),
    ("novembre", 11, false),
    ("decembre", 12, false),
];

/// Names of two words: first word, second word, month, whether it is Hijri.
pub(super) static TWO_WORDS: &[(&str, &str, u8, bool)] = &[
    ("كانون", "الثاني", 1, false),
    ("تشرين", "الاول", 10, false),
    ("تشرين", "الثاني", 11, false),
    ("كانون", "الاول", 12, false),
    ("كانون", "ثاني", 1, false),
    ("تشرين", "اول", 10, false),
    ("تشرين", "ثاني", 11, false),
    ("كانون", "اول", 12, false),
    ("ربيع", "الاول", 3, true),
    ("ربيع", "الثاني", 4, true),
    ("ربيع", "الاخر", 4, true),
    ("جمادي", "الاولي", 5, true),
    ("جمادي", "الاول", 5, true),
    ("جمادي", "الثانيه", 6, true),
    ("جمادي", "الاخره", 6, true),
    ("جمادي", "الاخر", 6, true),
    ("ذو", "القعده", 11, true),
    ("ذي", "القعده", 11, true),
    ("ذو", "الحجه", 12, true),
    ("ذي", "الحجه", 12, true),
];

/// Hijri months of one word. All are also names or common words, so none is a
/// date alone, except رمضان after «شهر».
pub(super) static HIJRI_MONTHS: &[(&str, u8)] = &[
    ("محرم", 1),
    ("المحرم", 1),
    ("صفر", 2),
    ("رجب", 7),
    ("شعبان", 8),
    ("رمضان", 9),
    ("شوال", 10),
];

/// Names of the days, Monday 0 to Sunday 6.
pub(super) static WEEKDAYS: &[(&str, u8)] = &[
    ("الاثنين", 0),
    ("الاتنين", 0),
    ("الثلاثاء", 1),
    ("الثلاثا", 1),
    ("التلات", 1),
    ("الثلثاء", 1),
    ("الاربعاء", 2),
    ("الاربعا", 2),
    ("الخميس", 3),
    ("الجمعه", 4),
    ("السبت", 5),
    ("الاحد", 6),
    ("monday", 0),
    ("tuesday", 1),
    ("wednesday", 2),
    ("thursday", 3),
    ("friday", 4),
    ("saturday", 5),
    ("sunday", 6),
    ("lundi", 0),
    ("mardi", 1),
    ("mercredi", 2),
    ("jeudi", 3),
    ("vendredi", 4),
    ("samedi", 5),
    ("dimanche", 6),
];
