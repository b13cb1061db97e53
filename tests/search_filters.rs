//! Conditions on documents, alone and joined with words, against a list of what each page states.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

use kashshaf::analysis::Lens;
use kashshaf::index::{Index, Scope};
use kashshaf::parse::given::{Given, GivenDate, GivenOrigin};
use kashshaf::parse::{Page, Role};
use kashshaf::search::{Query, Search};
use kashshaf::text::date::CalendarDate;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;

/// Year, month, day.
type Day = (u16, u8, u8);

/// Words that documents may hold.
const WORDS: &[&str] = &["كلب", "بلد", "قلم"];
/// Outlets and keywords as stated, and by letters.
const OUTLETS: &[(&str, &str)] = &[
    ("صدى البلد", "صدي البلد"),
    ("الأيام", "الايام"),
    ("Daily Echo", "daily echo"),
];
const KEYWORDS: &[(&str, &str)] = &[("إقتصاد", "اقتصاد"), ("رياضة", "رياضه"), ("كأس", "كاس")];
const DAYS: &[Day] = &[
    (2022, 12, 31),
    (2023, 1, 1),
    (2023, 2, 28),
    (2023, 9, 5),
    (2023, 9, 30),
    (2024, 1, 1),
];
const NAMES: &[&str] = &["أخبار", "akhbar", "page"];

/// Values of `outlet:` as typed and by letters.
const OUTLET_VALUES: &[(&str, &str)] = &[
    ("«صدى البلد»", "صدي البلد"),
    ("صدي", "صدي"),
    ("ايام", "ايام"),
    ("\"daily e\"", "daily e"),
    ("ECHO", "echo"),
    ("غيره", "غيره"),
];
const KEYWORD_VALUES: &[(&str, &str)] = &[
    ("اقتصاد", "اقتصاد"),
    ("رياضه", "رياضه"),
    ("كأ", "كا"),
    ("\"ا\"", "ا"),
    ("سفر", "سفر"),
];
/// Values of `date:` and the days they mean, both included.
const DATE_VALUES: &[(&str, Day, Day)] = &[
    ("2023", (2023, 1, 1), (2023, 12, 31)),
    ("٢٠٢٣-٠٩", (2023, 9, 1), (2023, 9, 30)),
    ("2023-09-05", (2023, 9, 5), (2023, 9, 5)),
    ("[2023-02-28 TO 2023-09-29]", (2023, 2, 28), (2023, 9, 29)),
    ("[* TO 2022]", (0, 1, 1), (2022, 12, 31)),
    ("[2023-10 TO *]", (2023, 10, 1), (9999, 12, 31)),
    ("2022..2023-01", (2022, 1, 1), (2023, 1, 31)),
    ("2023-09-06..", (2023, 9, 6), (9999, 12, 31)),
    ("..2023-02", (0, 1, 1), (2023, 2, 28)),
    ("2021", (2021, 1, 1), (2021, 12, 31)),
];

/// What a document states; numbers of the lists above.
#[derive(Clone, Debug, Default)]
struct Stated {
    words: Vec<usize>,
    outlets: Vec<usize>,
    keywords: Vec<usize>,
    day: Option<usize>,
    role: Option<Role>,
}

/// A file of a corpus.
#[derive(Clone, Debug)]
enum Made {
    /// A record: name, what it states.
    Record(usize, Stated),
    /// A page with an article and others behind a marker: name, what each states.
    Aggregated(usize, Vec<Stated>),
    /// A page of lists.
    Lists(usize, Vec<usize>),
}

impl Made {
    fn page(&self, number: usize) -> Page {
        let name = format!("{}-{number}.txt", NAMES[self.name()]);
        match self {
            Self::Record(_, stated) => {
                let mut page =
                    Page::from_article(&name, &number.to_le_bytes(), "", &listed(&stated.words));
                let texts = |list: &[(&str, &str)], chosen: &[usize]| {
                    chosen.iter().map(|&at| list[at].0.to_owned()).collect()
                };
                page.given = Given {
                    outlets: texts(OUTLETS, &stated.outlets),
                    keywords: texts(KEYWORDS, &stated.keywords),
                    published: stated.day.map(|day| {
                        let (year, month, day) = DAYS[day];
                        let date = CalendarDate::new(year, month, day).expect("a day");
                        GivenDate {
                            date,
                            raw: String::new(),
                            origin: GivenOrigin::Field,
                        }
                    }),
                    ..Given::default()
                };
                page
            }
            Self::Aggregated(_, articles) => {
                let mut text = String::new();
                for (at, stated) in articles.iter().enumerate() {
                    if at == 1 {
                        text.push_str("إقرأ أيضاً:\n");
                    }
                    let (year, month, day) = DAYS[stated.day.expect("dated")];
                    text.push_str(&format!(
                        "اتفاق جديد رقم {number} في العاصمة ينهي الإضراب\nتاريخ النشر: {year}-{month:02}-{day:02}\n\
                         توصلت نقابة السائقين ووزارة النقل إلى اتفاق ينهي الإضراب الذي بدأ يوم الاثنين {}.\nالمصدر: {}\n",
                        listed(&stated.words),
                        OUTLETS[stated.outlets[0]].0,
                    ));
                }
                Page::read(&name, text.as_bytes()).expect("text")
            }
            Self::Lists(_, words) => {
                let text = format!(
                    "الرئيسية\nآخر الأخبار\n• مجلس المدينة يقر الموازنة {}\n• حملة تطعيم رقم {number}\n\
                     • ورشة لصيانة المعدات\nالأكثر قراءة\n1. أسعار الخضر هذا الأسبوع\n2. نتائج الشهادة\n\
                     اشترك في النشرة البريدية\nجميع الحقوق محفوظة",
                    listed(words),
                );
                Page::read(&name, text.as_bytes()).expect("text")
            }
        }
    }

    fn name(&self) -> usize {
        match self {
            Self::Record(name, _) | Self::Aggregated(name, _) | Self::Lists(name, _) => *name,
        }
    }

    fn articles(&self) -> Vec<Stated> {
        match self {
            Self::Record(_, stated) => vec![Stated {
                role: Some(Role::Main),
                ..stated.clone()
            }],
            Self::Aggregated(_, articles) => {
                let roles = std::iter::once(Role::Main).chain(std::iter::repeat(Role::Embedded));
                let with_role = articles.iter().cloned().zip(roles);
                with_role
                    .map(|(stated, role)| Stated {
                        role: Some(role),
                        ..stated
                    })
                    .collect()
            }
            Self::Lists(..) => Vec::new(),
        }
    }

    /// The page as one document: it states what its first article states.
    fn whole(&self) -> Stated {
        let articles = self.articles();
        let words = match self {
            Self::Lists(_, words) => words.clone(),
            _ => articles
                .iter()
                .flat_map(|article| article.words.clone())
                .collect(),
        };
        Stated {
            words,
            ..articles.into_iter().next().unwrap_or_default()
        }
    }
}

fn listed(words: &[usize]) -> String {
    words
        .iter()
        .map(|&word| WORDS[word])
        .collect::<Vec<_>>()
        .join(" ")
}

/// A query as a tree.
#[derive(Clone, Debug)]
enum Tree {
    Word(usize),
    Outlet(usize),
    Keyword(usize),
    Date(usize),
    Role(Option<Role>),
    /// A part of the name; a page's id, by number.
    Name(&'static str),
    Id(usize),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
}

/// A document of a scope: its page's number, name and id, and what it states.
struct Document {
    page: usize,
    name: String,
    stated: Stated,
}

impl Tree {
    fn typed(&self, ids: &[String]) -> String {
        let many = |trees: &[Self], sign: &str| {
            let typed: Vec<String> = trees.iter().map(|tree| tree.typed(ids)).collect();
            format!("({})", typed.join(sign))
        };
        match self {
            Self::Word(word) => WORDS[*word].to_owned(),
            Self::Outlet(value) => format!("outlet:{}", OUTLET_VALUES[*value].0),
            Self::Keyword(value) => format!("keyword:{}", KEYWORD_VALUES[*value].0),
            Self::Date(value) => format!("date:{}", DATE_VALUES[*value].0),
            Self::Role(Some(Role::Main)) => "role:main".to_owned(),
            Self::Role(Some(Role::Embedded)) => "role:embedded".to_owned(),
            Self::Role(None) => "role:none".to_owned(),
            Self::Name(part) => format!("page:{part}"),
            Self::Id(number) => format!("page:{}", ids[number % ids.len()]),
            Self::All(trees) => many(trees, " "),
            Self::Any(trees) => many(trees, " | "),
            Self::Not(tree) if matches!(**tree, Self::Not(_)) => format!("NOT {}", tree.typed(ids)),
            Self::Not(tree) => format!("-{}", tree.typed(ids)),
        }
    }

    fn holds(&self, document: &Document, pages: usize) -> bool {
        let stated = &document.stated;
        let contains = |list: &[(&str, &str)], chosen: &[usize], part: &str| {
            chosen.iter().any(|&at| list[at].1.contains(part))
        };
        match self {
            Self::Word(word) => stated.words.contains(word),
            Self::Outlet(value) => contains(OUTLETS, &stated.outlets, OUTLET_VALUES[*value].1),
            Self::Keyword(value) => contains(KEYWORDS, &stated.keywords, KEYWORD_VALUES[*value].1),
            Self::Date(value) => stated.day.is_some_and(|day| {
                let (_, first, last) = DATE_VALUES[*value];
                first <= DAYS[day] && DAYS[day] <= last
            }),
            Self::Role(role) => stated.role == *role,
            Self::Name(part) => document
                .name
                .replace('أ', "ا")
                .contains(&part.replace('أ', "ا")),
            Self::Id(number) => document.page == number % pages,
            Self::All(trees) => trees.iter().all(|tree| tree.holds(document, pages)),
            Self::Any(trees) => trees.iter().any(|tree| tree.holds(document, pages)),
            Self::Not(tree) => !tree.holds(document, pages),
        }
    }

    /// Words that are asked for rather than excluded, and whether anything is asked for at all.
    fn wanted(&self, excluded: bool, words: &mut Vec<usize>) -> bool {
        match self {
            Self::Word(word) if excluded || words.contains(word) => !excluded,
            Self::Word(word) => {
                words.push(*word);
                true
            }
            Self::All(trees) | Self::Any(trees) => {
                let asks: Vec<bool> = trees
                    .iter()
                    .map(|tree| tree.wanted(excluded, words))
                    .collect();
                asks.contains(&true)
            }
            Self::Not(tree) => tree.wanted(!excluded, words),
            _ => true,
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        3 => (0..WORDS.len()).prop_map(Tree::Word),
        2 => (0..OUTLET_VALUES.len()).prop_map(Tree::Outlet),
        2 => (0..KEYWORD_VALUES.len()).prop_map(Tree::Keyword),
        3 => (0..DATE_VALUES.len()).prop_map(Tree::Date),
        2 => select(&[Some(Role::Main), Some(Role::Embedded), None]).prop_map(Tree::Role),
        1 => select(&["اخبار", "أخب", "khb", "-1", "zzz"]).prop_map(Tree::Name),
        1 => (0usize..8).prop_map(Tree::Id),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 2..4).prop_map(Tree::All),
            2 => vec(inner.clone(), 2..4).prop_map(Tree::Any),
            1 => inner.prop_map(|tree| Tree::Not(Box::new(tree))),
        ]
    })
}

fn made() -> impl Strategy<Value = Made> {
    let words = || vec(0..WORDS.len(), 0..4);
    let numbers = |most: usize| subsequence((0..most).collect::<Vec<usize>>(), 0..=most);
    let day = proptest::option::weighted(0.8, 0..DAYS.len());
    let stated = (
        vec(0..WORDS.len(), 1..5),
        numbers(OUTLETS.len()),
        numbers(KEYWORDS.len()),
        day,
    );
    let record = stated.prop_map(|(words, outlets, keywords, day)| Stated {
        words,
        outlets,
        keywords,
        day,
        role: None,
    });
    let article =
        (words(), 0..OUTLETS.len(), 0..DAYS.len()).prop_map(|(words, outlet, day)| Stated {
            words,
            outlets: vec![outlet],
            day: Some(day),
            ..Stated::default()
        });
    let name = || 0..NAMES.len();
    prop_oneof![
        3 => (name(), record).prop_map(|(name, stated)| Made::Record(name, stated)),
        2 => (name(), vec(article, 2..4)).prop_map(|(name, articles)| Made::Aggregated(name, articles)),
        1 => (name(), words()).prop_map(|(name, words)| Made::Lists(name, words)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn conditions_keep_what_states_it(corpus in vec(made(), 1..8), trees in vec(tree(), 1..6)) {
        let pages: Vec<Page> = corpus.iter().enumerate().map(|(number, made)| made.page(number)).collect();
        let ids: Vec<String> = pages.iter().map(Page::id).collect();
        let mut index = Index::default();
        for (made, page) in corpus.iter().zip(&pages) {
            let roles: Vec<_> = page.articles.iter().map(|article| Some(article.role)).collect();
            let planted: Vec<_> = made.articles().iter().map(|article| article.role).collect();
            prop_assert_eq!(roles, planted, "{}", page.text);
            index.add(page.clone(), false).expect("a new page");
        }
        index.refresh();
        for scope in [Scope::Main, Scope::Articles, Scope::Pages] {
            // Documents by number: articles are counted through, whatever their role.
            let mut documents: BTreeMap<usize, Document> = BTreeMap::new();
            let mut articles = 0;
            for (number, (made, page)) in corpus.iter().zip(&pages).enumerate() {
                let document = |stated| Document { page: number, name: page.name.clone(), stated };
                if scope == Scope::Pages {
                    documents.insert(number, document(made.whole()));
                    continue;
                }
                for stated in made.articles() {
                    if scope == Scope::Articles || stated.role == Some(Role::Main) {
                        documents.insert(articles, document(stated));
                    }
                    articles += 1;
                }
            }
            for tree in &trees {
                let typed = tree.typed(&ids);
                let query = Query::parse(&typed);
                let mut words = Vec::new();
                let asks = tree.wanted(false, &mut words);
                let known = query.notices.iter().all(|notice| notice.code.name() == "only-exclusions");
                prop_assert!(known, "{} {:?}", typed, query.notices);
                let count = |document: &Document| document.stated.words.iter().filter(|word| words.contains(word)).count();
                let holding = documents.iter().filter(|(_, document)| asks && tree.holds(document, pages.len()));
                let expected: BTreeMap<usize, usize> = holding.map(|(&number, document)| (number, count(document))).collect();
                let search = Search::new(&index);
                let found = search.all(&query, Lens::Letters, scope);
                let hits: BTreeMap<usize, usize> = found.documents.iter()
                    .map(|document| (document.document.0 as usize, document.matches.len())).collect();
                prop_assert_eq!(&hits, &expected, "{} {:?} {:?}", typed, scope, corpus);
                let totals = (expected.values().sum::<usize>(), expected.len());
                prop_assert_eq!((found.hits, found.document_count), totals, "{}", typed);
                prop_assert_eq!(search.totals(&query, Lens::Letters, scope), totals, "{}", typed);
            }
        }
    }
}
