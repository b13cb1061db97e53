//! Any text is split without a panic, and its parts are the text.
#![no_main]

use kashshaf::parse::anatomy::split;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (parts, articles) = split(&text);
    let joined: String = parts.iter().map(|part| part.span.of(&text)).collect();
    assert_eq!(joined, text, "the parts are not the page");
    for part in &parts {
        assert!(part.article.is_none_or(|index| index < articles.len()));
        assert!((0.0..=1.0).contains(&part.confidence));
    }
    for article in &articles {
        let spans = article.outlets.iter().chain(&article.keywords);
        let spans = spans.chain(&article.title).chain(&article.keywords_raw);
        for span in spans.chain(&article.dateline_place) {
            assert!(!span.of(&text).is_empty(), "a field points at nothing");
        }
    }
});
