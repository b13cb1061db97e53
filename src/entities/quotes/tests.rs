use super::*;
use crate::entities::annotator::Annotator;
use crate::entities::{EntityId, annotate_index};
use crate::index::{Index, PageId};
use proptest::prelude::*;

/// The names of an index, by lists and cues.
fn layer_of(index: &Index) -> EntityLayer {
    let layers = annotate_index(&mut Annotator::default(), index);
    layers.expect("what it wrote itself").entities
}

/// The quotes of one article: `kind speaker [cue] <relay> (flags) words`.
fn read(text: &str) -> Vec<String> {
    let page = Page::from_article("a", text.as_bytes(), "", text);
    let mut index = Index::default();
    index.add(page.clone(), false).expect("a new page");
    index.refresh();
    let layer = layer_of(&index);
    let names = named_spans(&layer, PageId(0).0);
    let name = |&id: &EntityId| layer.entity(id).map_or("", |entity| entity.name.as_str());
    let show = |quote: &Quote| {
        let speaker: Vec<&str> = quote.speaker.entities.iter().map(name).collect();
        let relay: Vec<String> = quote
            .relay
            .iter()
            .map(|speaker| {
                let words = speaker.words.map_or("", |words| words.of(text));
                format!(" <{}>", speaker.entities.first().map_or(words, name))
            })
            .collect();
        let flags: Vec<&str> = quote.flags.iter().map(|flag| flag.code()).collect();
        let flags = if flags.is_empty() {
            String::new()
        } else {
            format!(" ({})", flags.join(" "))
        };
        let words: Vec<&str> = quote.spans.iter().map(|span| span.of(text)).collect();
        let cue = quote.cue.map_or("-", |cue| cue.of(text));
        let speaker = if speaker.is_empty() {
            "?".to_owned()
        } else {
            speaker.join("+")
        };
        format!(
            "{} {speaker} [{cue}]{}{flags} {}",
            quote.kind.name(),
            relay.concat(),
            words.join(" / ")
        )
    };
    quotes_of_page(&page, &names).iter().map(show).collect()
}

const PUTIN: &str = "فلاديمير بوتين";

/// Compares the quotes of texts, in which P is Putin.
pub(super) fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let expected: Vec<String> = expected
            .iter()
            .map(|line| line.replace(" P", &format!(" {PUTIN}")))
            .collect();
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn speech_finds_its_speaker() {
    let cases: &[(&str, &[&str])] = &[
        // colon, every style of marks
        (
            "وقال فلاديمير بوتين: \"نحن هنا اليوم\".",
            &["direct P [قال] نحن هنا اليوم"],
        ),
        (
            "وقال فلاديمير بوتين: «نحن هنا».",
            &["direct P [قال] نحن هنا"],
        ),
        (
            "وقال فلاديمير بوتين :” نحن هنا”.",
            &["direct P [قال] (misdirected) نحن هنا"],
        ),
        (
            "وقال فلاديمير بوتين، في كلمته أمام الصحفيين: “نحن هنا”.",
            &["direct P [قال] نحن هنا"],
        ),
        (
            "وقال فلاديمير بوتين:\n\"نحن هنا\"",
            &["direct P [قال] نحن هنا"],
        ),
        (
            "فلاديمير بوتين: «نحن هنا معكم»",
            &["direct P [-] نحن هنا معكم"],
        ),
        // no colon
        (
            "وقال فلاديمير بوتين \"نحن هنا معكم\".",
            &["direct P [قال] نحن هنا معكم"],
        ),
        (
            "أكد فلاديمير بوتين أن \"الخطوات الأولى\" اتخذت.",
            &["fragment P [أكد] الخطوات الأولى"],
        ),
        (
            "عبّر فلاديمير بوتين عن \"احترامه الكبير\" للضيف.",
            &["fragment P [عبّر] احترامه الكبير"],
        ),
        (
            "وصف فلاديمير بوتين اللقاء بأنه \"بناء\".",
            &["fragment P [وصف] بناء"],
        ),
        (
            "أعلن الرئيس الروسي فلاديمير بوتين أنه \"سعيد جدا\".",
            &["fragment P [أعلن] سعيد جدا"],
        ),
        // the speaker of the sentence, of the article
        (
            "أكد فلاديمير بوتين أن اللقاء تم بنجاح، مضيفا أنه \"مثمر\".",
            &[
                "reported P [أكد] اللقاء تم بنجاح",
                "fragment P [مضيفا] مثمر",
            ],
        ),
        (
            "وصل فلاديمير بوتين إلى بكين قائلا: «نحن هنا».",
            &["direct P [قائلا] نحن هنا"],
        ),
        (
            "قال فلاديمير بوتين: «نحن هنا». وأضاف: «لن نعود».",
            &["direct P [قال] نحن هنا", "direct P [أضاف] لن نعود"],
        ),
        (
            "قال فلاديمير بوتين: «نحن هنا».\nوتابع «لن نعود أبدا»، ثم أكد أن «الأمر واضح».",
            &[
                "direct P [قال] نحن هنا",
                "direct P [تابع] لن نعود أبدا",
                "fragment P [أكد] الأمر واضح",
            ],
        ),
        // a title that the article gives
        (
            "وصل الرئيس الروسي فلاديمير بوتين إلى بكين.\nوقال الرئيس الروسي: «نحن هنا».",
            &["direct P [قال] نحن هنا"],
        ),
        (
            "وصل الزعيم الكوري الشمالي كيم جونغ أون.\nوقال زعيم كوريا الشمالية إن بلاده تعرض \"دعمها الكامل\".",
            &["fragment كيم جونغ أون [قال] دعمها الكامل"],
        ),
        // subject before the verb
        (
            "ذكرت وكالة تاس أن فلاديمير بوتين قال إن الأمر \"واضح\".",
            &["fragment P [قال] <وكالة تاس> واضح"],
        ),
        // a channel reports what a person said
        (
            "أفادت وكالة تاس في نبأ عاجل عن الرئيس الروسي فلاديمير بوتين، أن القوات صدت الهجمات.",
            &["reported P [أفادت] <وكالة تاس> القوات صدت الهجمات"],
        ),
        (
            "نقلت وكالة تاس عن فلاديمير بوتين أن الأمر \"واضح\".",
            &["fragment P [نقلت] <وكالة تاس> واضح"],
        ),
        (
            "أفادت وكالة تاس عن وصول فلاديمير بوتين، أن الأمر \"واضح\".",
            &["fragment وكالة تاس [أفادت] واضح"],
        ),
        (
            "بحسب فلاديمير بوتين فإن الأمر \"واضح\".",
            &["fragment P [بحسب] واضح"],
        ),
        (
            "الأمر \"واضح\"، بحسب فلاديمير بوتين الذي زار بكين.",
            &["fragment P [بحسب] واضح"],
        ),
        (
            "\"الأمر واضح تماما\"، قال فلاديمير بوتين.",
            &["direct P [قال] الأمر واضح تماما"],
        ),
        (
            "أكد فلاديمير بوتين، في تصريحات نقلتها وكالة تاس، أن الأمر \"واضح\".",
            &["fragment P [أكد] <وكالة تاس> واضح"],
        ),
        (
            "أكد فلاديمير بوتين أن الأمر \"واضح\"، وفق ما نقلته وكالة تاس.",
            &["fragment P [أكد] <وكالة تاس> واضح"],
        ),
        // several together
        (
            "أكد فلاديمير بوتين وكيم جونغ أون عزمهما على \"تعميق\" العلاقات.",
            &["fragment P+كيم جونغ أون [أكد] تعميق"],
        ),
        // nobody known
        (
            "وقال مسؤول: «لا تعليق لدينا».",
            &["direct ? [قال] لا تعليق لدينا"],
        ),
        (
            "وأضاف: «لا تعليق لدينا».",
            &["direct ? [أضاف] لا تعليق لدينا"],
        ),
        // reported
        (
            "قال فلاديمير بوتين إن موسكو سترد على ذلك.",
            &["reported P [قال] موسكو سترد على ذلك"],
        ),
    ];
    check(cases);
}

#[test]
fn marks_that_are_no_speech_are_told_apart() {
    let cases: &[(&str, &[&str])] = &[
        (
            "تعد هذه الخطوة مؤشرا على \"مرونة محتملة\" في السياسة.",
            &["scare ? [-] مرونة محتملة"],
        ),
        (
            "أفادت قناة \"القاهرة الإخبارية\" في نبأ عاجل.",
            &["scare ? [-] القاهرة الإخبارية"],
        ),
        (
            "قال فلاديمير بوتين إن فيلم \"الرسالة\" جيد جدا.",
            &["scare ? [-] الرسالة"],
        ),
        (
            "من خلال سياسة \"الحياد المسلح\".",
            &["scare ? [-] الحياد المسلح"],
        ),
        (
            "أعلن فلاديمير بوتين نشر صواريخ \"إس 400\" هناك.",
            &["scare ? [-] إس 400"],
        ),
        (
            "تناول الكتاب \"Le Monde\" كثيرا.",
            &["scare ? [-] Le Monde"],
        ),
        (
            "وقالت \"النوى المضيئة\" إنها تواكب الصناعة.",
            &["scare ? [-] النوى المضيئة"],
        ),
        (
            "أعلن فلاديمير بوتين تسليمه إلى وزارة الصحة \"صحتي\" أمس.",
            &["scare ? [-] صحتي"],
        ),
        ("غادر روسيا \"سعيدا\".. هذه تفاصيل", &["scare ? [-] سعيدا"]),
    ];
    for (text, expected) in cases {
        let marked: Vec<String> = read(text)
            .into_iter()
            .filter(|line| !line.starts_with("reported"))
            .collect();
        assert_eq!(marked, *expected, "{text}");
    }
}

#[test]
fn unclosed_marks_never_swallow_the_article() {
    let cases: &[(&str, &[&str])] = &[
        (
            "قال فلاديمير بوتين: «نحن هنا ولن نعود.\nوغادر بعد ذلك إلى بكين.",
            &["direct P [قال] (unclosed) نحن هنا ولن نعود"],
        ),
        (
            "وأكد فلاديمير بوتين: \"صداقتنا لبلدنا \"أنا متأكد من هذا جدا.",
            &[
                "direct P [أكد] (unclosed) صداقتنا لبلدنا",
                "direct P [أكد] (unclosed) أنا متأكد من هذا جدا",
            ],
        ),
        (
            "قال فلاديمير بوتين: «نحن هنا.\n«ولن نعود أبدا».",
            &["direct P [قال] (across-lines) نحن هنا / ولن نعود أبدا"],
        ),
        (
            "قال فلاديمير بوتين: «نحن هنا\nولن نعود أبدا».",
            &["direct P [قال] (across-lines) نحن هنا / ولن نعود أبدا"],
        ),
    ];
    check(cases);
}

#[test]
fn a_headline_with_a_colon_is_a_quote() {
    let page = Page::from_article(
        "a",
        b"x",
        "بوتين: روسيا ترحب",
        "وصل فلاديمير بوتين إلى بكين.",
    );
    let mut index = Index::default();
    index.add(page.clone(), false).expect("a new page");
    index.refresh();
    let layer = layer_of(&index);
    let quotes = quotes_of_page(&page, &named_spans(&layer, 0));
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].kind, QuoteKind::Headline);
    assert_eq!(quotes[0].spans[0].of(&page.text), "روسيا ترحب");
    let speaker = layer
        .entity(quotes[0].speaker.entities[0])
        .expect("an entity");
    assert_eq!(speaker.name, PUTIN);
}

#[test]
fn the_same_words_of_two_speakers_are_a_conflict() {
    let one = "لعب الاتحاد السوفيتي دورا كبيرا جدا في تحرير بلدنا";
    let other = "لقد لعب الإتحاد السوفيتى دورا كبيرا في تحرير بلدنا";
    let third = "سنقف دائما إلى جانب روسيا في هذه المعركة";
    let spans: Vec<[ByteSpan; 1]> = [one, other, third, one]
        .map(|text| [ByteSpan::new(0, text.len())])
        .to_vec();
    let credited = |text, at: usize, speaker: &[u32]| Credited {
        text,
        spans: &spans[at],
        speakers: speaker.to_vec(),
    };
    let quotes = [
        credited(one, 0, &[1]),
        credited(other, 1, &[2]),
        credited(third, 2, &[2]),
        credited(one, 3, &[]),
    ];
    let found = attribution_conflicts(&quotes);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].quotes, [0, 1]);
    let shared: Vec<&str> = found[0].shared[1]
        .iter()
        .map(|span| span.of(other))
        .collect();
    assert_eq!(
        shared,
        [
            "لعب",
            "الإتحاد",
            "السوفيتى",
            "دورا",
            "كبيرا",
            "في",
            "تحرير",
            "بلدنا"
        ]
    );
    assert_eq!(
        attribution_conflicts(&[credited(one, 0, &[1]), credited(other, 1, &[1])]),
        []
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn spans_are_in_order_on_borders_and_on_one_line(words in prop::collection::vec(
        prop::sample::select(&[
            "قال", "وقال", "فلاديمير بوتين", "بوتين", "مضيفا", "بحسب", "أن", "إن", "وكالة", "الرئيس", "الروسي", "الذي",
            ":", "\"", "«", "»", "“", "”", "'", "((", "))", "،", ".", "\n", "نعم", "لا", "في", "نقلا عن", "حد قوله", "على",
            "عبر", "عن", "ما", "وفق", "لبوتين", "وكيم جونغ أون", "١٢", "x",
        ][..]), 0..40), glued in any::<bool>())
    {
        let text = words.join(if glued { "" } else { " " });
        let page = Page::from_article("a", text.as_bytes(), "", &text);
        let mut index = Index::default();
        index.add(page.clone(), false).expect("a new page");
        index.refresh();
        let layer = layer_of(&index);
        let mut last = 0;
        for quote in quotes_of_page(&page, &named_spans(&layer, 0)) {
            prop_assert!(quote.start() >= last, "{text}");
            last = quote.start();
            for span in quote.spans.iter().chain(&quote.cue) {
                let cut = span.of(&page.text);
                prop_assert!(!cut.is_empty() && !cut.contains('\n'), "{text:?} {span:?}");
            }
        }
    }
}

proptest! {
    /// A word loses what the table of all prefixes takes off it.
    #[test]
    fn words_are_bared_as_by_a_table(word in "[وفبكال]{0,4}[ء-ي]{0,3}") {
        let prefixes = ["وال", "فال", "بال", "كال", "ولل", "ال", "لل"];
        let mut nouns = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix));
        let expected = nouns.find(|noun| noun.chars().count() >= 2);
        prop_assert_eq!(words::bare(&word), expected.unwrap_or(&word));
    }
}
