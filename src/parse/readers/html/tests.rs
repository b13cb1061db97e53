use super::*;

const P1: &str = "قال الوزير إن المشروع الجديد سوف يبدأ في العام المقبل، وإن الحكومة وافقت على تمويله من الميزانية.";
const P2: &str =
    "وأضاف في مؤتمر صحفي عقده اليوم أن العمل سيستمر ثلاث سنوات، ويشمل بناء طرق وجسور في خمس مدن.";

fn page(head: &str, body: &str) -> HtmlPage {
    read_page(
        &format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"),
        512,
    )
}

fn main(page: &HtmlPage) -> &str {
    page.text.get(..page.main_end).expect("a border")
}

#[test]
fn the_article_is_main_and_what_stands_around_it_is_kept() {
    let page = page(
        "",
        &format!(
            "<nav><a href=/>الرئيسية</a> <a href=/s>رياضة</a></nav><h1>عنوان الخبر هنا</h1>
             <div class=story><p>{P1}</p><p>{P2}</p><div class=share-buttons>شارك على تويتر</div></div>
             <aside class=sidebar><ul><li><a href=1>خبر آخر</a><li><a href=2>خبر ثالث</a></ul></aside>
             <script>alert('x')</script><style>p{{}}</style><footer>جميع الحقوق محفوظة</footer>"
        ),
    );
    assert_eq!(main(&page), format!("عنوان الخبر هنا\n{P1}\n{P2}\n"));
    let outside = page.text.get(page.main_end..).expect("a border");
    assert_eq!(
        outside,
        "\nالرئيسية رياضة\nشارك على تويتر\n• خبر آخر\n• خبر ثالث\nجميع الحقوق محفوظة\n"
    );
}

#[test]
fn a_page_without_running_text_is_all_main_text() {
    let page = page("", "<p>سطر قصير<p>سطر ثان<br>وثالث");
    assert_eq!(
        (main(&page), page.text.len()),
        ("سطر قصير\nسطر ثان\nوثالث\n", page.main_end)
    );
}

#[test]
fn metadata_comes_from_json_ld_then_meta_then_time() {
    let ld = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"موقع"},
        {"@type":["NewsArticle"],"headline":"عنوان من البيانات","datePublished":"2023-09-18T10:00:00+03:00",
         "author":[{"@type":"Person","name":"ليلى حسن"},{"name":"سامي"}],
         "publisher":{"name":"صحيفة المثال"},"keywords":"روسيا, كوريا",
         "url":"javascript:alert(1)","mainEntityOfPage":{"@id":"https://news.example/1"}}]}</script>"#;
    let meta = "<title>عنوان الصفحة</title><meta property=og:site_name content=شبكة>
        <meta property='article:published_time' content='2020-01-01'><meta name=description content='ملخص الخبر'>
        <link rel=canonical href='https://news.example/canonical'>";
    let given = page(&format!("{ld}{meta}"), P1).given;
    assert_eq!(given.title.as_deref(), Some("عنوان من البيانات"));
    let published = given.published.expect("a date");
    assert_eq!(
        (published.date.to_string().as_str(), published.origin.name()),
        ("2023-09-18", "json-ld")
    );
    assert_eq!(given.authors, ["ليلى حسن", "سامي"]);
    assert_eq!(given.outlets, ["صحيفة المثال"]);
    assert_eq!(given.keywords, ["روسيا", "كوريا"]);
    assert_eq!(given.url.as_deref(), Some("https://news.example/1"));
    assert_eq!(given.description.as_deref(), Some("ملخص الخبر"));

    let given = page(meta, P1).given;
    assert_eq!(given.title.as_deref(), Some("عنوان الصفحة"));
    assert_eq!(given.url.as_deref(), Some("https://news.example/canonical"));
    assert_eq!(given.published.expect("a date").origin.name(), "meta-tag");

    let timed = page(
        "",
        &format!("<time datetime=2021-03-04T05:06>أمس</time><p>{P1}"),
    )
    .given;
    assert_eq!(
        timed.published.expect("a date").origin.name(),
        "time-element"
    );
}

#[test]
fn broken_json_ld_costs_nothing_else() {
    let head = r#"<script type=application/ld+json>{"@type":"NewsArticle",</script><meta name=author content=سامي>"#;
    assert_eq!(page(head, P1).given.authors, ["سامي"]);
}

#[test]
fn deep_and_swelling_pages_end_well() {
    // Deeper than any stack would bear.
    let deep = format!("{}{P1}", "<div><span>".repeat(200_000));
    let page = read_page(&deep, 512);
    assert!(page.text.contains(P1));
    // Open formatting elements are opened anew in each paragraph.
    let fonts: String = (0..400).map(|n| format!("<font size={n}>")).collect();
    let swelling = format!("<p>{fonts}{}", "<p>ن".repeat(20_000));
    let page = read_page(&swelling, 512);
    assert!(!page.is_whole && !page.text.is_empty());
}

#[test]
fn encodings_are_stated_in_many_ways() {
    let cases: &[(&str, Option<Encoding>)] = &[
        ("<meta charset=windows-1256>", Some(Encoding::Windows1256)),
        ("<meta charset = 'CP1256'>", Some(Encoding::Windows1256)),
        (
            "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-6\">",
            Some(Encoding::Iso8859Part6),
        ),
        ("<meta charset=utf-16>", None),
        ("<meta charset=nothing>", None),
        ("<p>charset", None),
    ];
    for (html, encoding) in cases {
        assert_eq!(stated_encoding(html.as_bytes()), *encoding, "{html}");
    }
}

#[test]
fn markup_in_a_field_becomes_lines() {
    assert!(is_markup("<p>أول</p><p>ثان</p>") && !is_markup("أقل من 5 < 6"));
    assert_eq!(
        fragment_text("<p>أول<br>ثان</p><script>x</script><p>ثالث &amp; رابع"),
        "أول\nثان\nثالث & رابع"
    );
}
