//! The ways in which a layout may write a day.

use kashshaf::text::date::CalendarDate;

/// One way; the table of tests/layouts/README.md shows each.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    EnOrdinal,
    EnLong,
    EnShort,
    Iso,
    Slash,
    Dots,
    Arabic,
    ArabicDigits,
    Weekday,
    WeekdayComma,
    Levant,
    Double,
    Morocco,
    Tunis,
    HijriDouble,
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ARABIC: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const LEVANT: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const MOROCCO: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];
const TUNIS: [&str; 12] = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const HIJRI: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const WEEKDAYS: [&str; 7] = [
    "السبت",
    "الأحد",
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
];

impl Style {
    /// The style of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "en-ordinal" => Self::EnOrdinal,
            "en-long" => Self::EnLong,
            "en-short" => Self::EnShort,
            "iso" => Self::Iso,
            "slash" => Self::Slash,
            "dots" => Self::Dots,
            "ar" => Self::Arabic,
            "ar-digits" => Self::ArabicDigits,
            "weekday" => Self::Weekday,
            "weekday-comma" => Self::WeekdayComma,
            "levant" => Self::Levant,
            "double" => Self::Double,
            "morocco" => Self::Morocco,
            "tunis" => Self::Tunis,
            "hijri-double" => Self::HijriDouble,
            _ => return None,
        })
    }

    /// The day in this style.
    pub(crate) fn write(self, date: CalendarDate) -> String {
        let CalendarDate { year, month, day } = date;
        let of =
            |names: &[&'static str; 12]| names.get(usize::from(month) - 1).copied().unwrap_or("");
        let plain = |names: &[&'static str; 12]| format!("{day} {} {year}", of(names));
        match self {
            Self::EnOrdinal => format!("{day}{}, {} {year}", ordinal(day), of(&ENGLISH)),
            Self::EnLong => format!("{} {day}, {year}", of(&ENGLISH)),
            Self::EnShort => format!("{day} {} {year}", of(&ENGLISH).get(..3).unwrap_or("")),
            Self::Iso => date.to_string(),
            Self::Slash => format!("{day:02}/{month:02}/{year}"),
            Self::Dots => format!("{day}.{month}.{year}"),
            Self::Arabic => plain(&ARABIC),
            Self::ArabicDigits => arabic_digits(&plain(&ARABIC)),
            Self::Weekday => format!("{} {}", weekday(date), plain(&ARABIC)),
            Self::WeekdayComma => format!("{}، {}", weekday(date), plain(&ARABIC)),
            Self::Levant => plain(&LEVANT),
            Self::Double => format!("{day} {}/{} {year}", of(&LEVANT), of(&ARABIC)),
            Self::Morocco => plain(&MOROCCO),
            Self::Tunis => plain(&TUNIS),
            Self::HijriDouble => format!("{} هـ الموافق {}", hijri(date), plain(&ARABIC)),
        }
    }
}

fn ordinal(day: u8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

fn arabic_digits(text: &str) -> String {
    let digit = |c: char| {
        c.to_digit(10)
            .and_then(|value| char::from_u32(0x660 + value))
            .unwrap_or(c)
    };
    text.chars().map(digit).collect()
}

/// Julian day number (Fliegel and Van Flandern, 1968).
fn julian_day(date: CalendarDate) -> i64 {
    let (y, m, d) = (
        i64::from(date.year),
        i64::from(date.month),
        i64::from(date.day),
    );
    let a = (14 - m) / 12;
    let (y, m) = (y + 4800 - a, m + 12 * a - 3);
    d + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045
}

fn weekday(date: CalendarDate) -> &'static str {
    let at = usize::try_from((julian_day(date) + 2) % 7).unwrap_or(0);
    WEEKDAYS.get(at).copied().unwrap_or("")
}

/// The tabular Islamic calendar.
fn hijri(date: CalendarDate) -> String {
    let l = julian_day(date) - 1_948_440 + 10_632;
    let n = (l - 1) / 10_631;
    let l = l - 10_631 * n + 354;
    let j = ((10_985 - l) / 5_316) * ((50 * l) / 17_719) + (l / 5_670) * ((43 * l) / 15_238);
    let l = l - ((30 - j) / 15) * ((17_719 * j) / 50) - (j / 16) * ((15_238 * j) / 43) + 29;
    let month = (24 * l) / 709;
    let day = l - (709 * month) / 24;
    let year = 30 * n + j - 30;
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| HIJRI.get(at))
        .copied()
        .unwrap_or("");
    format!("{day} {name} {year}")
}
