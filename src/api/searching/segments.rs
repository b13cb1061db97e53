//! Cuts a stretch of text into segments: hit or not, entity or not.

use crate::api::Segment;
use crate::sorting::sort_numbers;
use crate::text::{ByteSpan, Excerpt};

/// Cuts `span` of `text` at the borders of hits and mentions. Both come in
/// order and each kind is free of overlaps; a hit may overlap a mention.
pub(in crate::api) fn segments(
    text: &Excerpt<'_>,
    span: ByteSpan,
    hits: &[ByteSpan],
    mentions: &[(ByteSpan, &str)],
) -> Vec<Segment> {
    let mut borders: Vec<u32> = vec![span.start, span.end];
    let spans = hits
        .iter()
        .chain(mentions.iter().map(|(mention, _)| mention));
    for inner in spans.filter(|inner| span.overlaps(inner)) {
        borders.extend([inner.start.max(span.start), inner.end.min(span.end)]);
    }
    sort_numbers(&mut borders);
    borders.dedup();
    let (mut hits, mut mentions) = (hits.iter().peekable(), mentions.iter().peekable());
    borders
        .windows(2)
        .filter_map(|pair| {
            let &[start, end] = pair else { return None };
            let piece = ByteSpan { start, end };
            while hits.next_if(|hit| hit.end <= start).is_some() {}
            while mentions
                .next_if(|(mention, _)| mention.end <= start)
                .is_some()
            {}
            let mention = mentions
                .peek()
                .filter(|(mention, _)| mention.contains(&piece));
            Some(Segment {
                text: text.of(piece).to_owned(),
                hit: hits.peek().is_some_and(|hit| hit.contains(&piece)),
                entity: mention.map(|&&(_, entity)| entity.to_owned()),
            })
        })
        .filter(|segment| !segment.text.is_empty())
        .collect()
}

/// UTF-16 code units before byte `at`: offsets as JavaScript counts them.
pub(in crate::api) fn utf16_offset(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_join_to_the_text_and_say_what_they_are() {
        let text = "التقى بوتين وكيم جونغ أون";
        let find = |needle: &str| {
            let start = text.find(needle).expect("it is there");
            ByteSpan::new(start, start + needle.len())
        };
        let hits = [find("وكيم")];
        let mentions = [(find("بوتين"), "p"), (find("كيم جونغ أون"), "k")];
        let all = ByteSpan::new(0, text.len());
        let found = segments(&Excerpt::new(text, 0), all, &hits, &mentions);
        let shown: Vec<_> = found
            .iter()
            .map(|s| (s.text.as_str(), s.hit, s.entity.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("التقى ", false, None),
                ("بوتين", false, Some("p")),
                (" ", false, None),
                ("و", true, None),
                ("كيم", true, Some("k")),
                (" جونغ أون", false, Some("k")),
            ]
        );
    }

    #[test]
    fn utf16_offsets_count_code_units() {
        assert_eq!(utf16_offset("a😀ب", "a😀".len()), 3);
    }
}
