//! The phrases that announce the parts of a page, letters folded: rules as data.
//!
//! Each row: the words, the kind of line they announce, and what must follow
//! for them to count ([`Follows`]). Longer phrases stand before shorter ones
//! that they begin with. Sources: the layouts of Arabic aggregator pages, and
//! the English ones that sit among them.

use super::cue::{CueKind, Follows};

use CueKind::{Keywords, Outlet, Published, ReadAlso, Related, Share};
use Follows::{Anything, Colon, DateOrColon, Short};

pub(super) static CUES: &[(&[&str], CueKind, Follows)] = &[
    // another article follows
    (&["اقرا", "ايضا"], ReadAlso, Anything), // إقرأ أيضاً, اقرأ أيضا, أقرأ أيضاً
    (&["اقراء", "ايضا"], ReadAlso, Anything),
    (&["اقرا", "المزيد"], ReadAlso, Short),
    (&["اقرا", "في"], ReadAlso, Colon),
    (&["طالع", "ايضا"], ReadAlso, Anything),
    (&["read", "also"], ReadAlso, Anything),
    (&["also", "read"], ReadAlso, Anything),
    (&["read", "more"], ReadAlso, Short),
    // a list of other articles follows
    (&["مقالات", "مشابهه"], Related, Anything),
    (&["مقالات", "ذات", "صله"], Related, Anything),
    (&["مقالات", "متعلقه"], Related, Anything),
    (&["مواضيع", "ذات", "صله"], Related, Anything),
    (&["مواضيع", "متعلقه"], Related, Anything),
    (&["مواضيع", "مشابهه"], Related, Anything),
    (&["موضوعات", "ذات", "صله"], Related, Anything),
    (&["موضوعات", "متعلقه"], Related, Anything),
    (&["اخبار", "ذات", "صله"], Related, Anything),
    (&["اخبار", "متعلقه"], Related, Anything),
    (&["اخبار", "مشابهه"], Related, Anything),
    (&["شاهد", "ايضا"], Related, Short),
    (&["قد", "يعجبك", "ايضا"], Related, Short),
    (&["قد", "يهمك", "ايضا"], Related, Short),
    (&["المزيد", "من", "الاخبار"], Related, Short),
    (&["المزيد"], Related, Colon),
    (&["related", "articles"], Related, Short),
    (&["related", "news"], Related, Short),
    (&["related", "stories"], Related, Short),
    (&["see", "also"], Related, Short),
    // when it was published
    (&["تاريخ", "النشر"], Published, DateOrColon),
    (&["تاريخ", "نشر", "الخبر"], Published, DateOrColon),
    (&["تم", "النشر", "في"], Published, DateOrColon),
    (&["نشر", "في"], Published, DateOrColon),
    (&["نشرت", "في"], Published, DateOrColon),
    (&["نشر", "بتاريخ"], Published, DateOrColon),
    (&["اخر", "تحديث"], Published, DateOrColon),
    (&["published"], Published, DateOrColon),
    (&["publication", "date"], Published, DateOrColon),
    (&["last", "updated"], Published, DateOrColon),
    // who published it
    (&["المصدر"], Outlet, Colon),
    (&["المصادر"], Outlet, Colon),
    (&["مصدر", "الخبر"], Outlet, Colon),
    (&["مصدر"], Outlet, Colon),
    (&["نقلا", "عن"], Outlet, Short),
    (&["source"], Outlet, Colon),
    (&["sources"], Outlet, Colon),
    // what it is about
    (&["كلمات", "دلاليه"], Keywords, Anything),
    (&["الكلمات", "الدلاليه"], Keywords, Anything),
    (&["كلمات", "داله"], Keywords, Colon),
    (&["كلمات", "مفتاحيه"], Keywords, Anything),
    (&["الكلمات", "المفتاحيه"], Keywords, Anything),
    (&["الوسوم"], Keywords, Colon),
    (&["وسوم"], Keywords, Colon),
    (&["تاجات"], Keywords, Colon),
    (&["تاغات"], Keywords, Colon),
    (&["tags"], Keywords, Colon),
    (&["keywords"], Keywords, Colon),
    // buttons
    (&["طباعه", "شارك"], Share, Anything),
    (&["شارك", "هذا", "الخبر"], Share, Anything),
    (&["شارك", "الخبر"], Share, Anything),
    (&["شارك", "المقال"], Share, Anything),
    (&["شارك", "هذه", "المقاله"], Share, Anything),
    (&["share", "this"], Share, Short),
];

/// Words that only buttons have; a line made of nothing else is share text.
pub(super) static BUTTON_WORDS: &[&str] = &[
    "طباعه",
    "شارك",
    "مشاركه",
    "ارسال",
    "نسخ",
    "الرابط",
    "فيسبوك",
    "تويتر",
    "واتساب",
    "واتس",
    "اب",
    "تلغرام",
    "تيليجرام",
    "تليجرام",
    "لينكدان",
    "لينكد",
    "ان",
    "ماسنجر",
    "بنترست",
    "بريد",
    "الكتروني",
    "عبر",
    "البريد",
    "الالكتروني",
    "share",
    "print",
    "email",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "linkedin",
    "messenger",
    "pinterest",
    "copy",
    "link",
    "x",
];
