//! Sentence borders, decided by the gap between two tokens.

/// Whether the text between two neighbouring tokens ends a sentence.
///
/// A line break ends one; so does a full stop, an exclamation or a question
/// mark (Latin or Arabic) that is followed by a space, a closing mark or the end.
/// An ellipsis («..», «...», «…») does not, nor does the dot of a one-letter
/// abbreviation («د. محمد»).
///
/// ```
/// use kashshaf::text::sentence::ends_sentence;
/// assert!(ends_sentence("روسيا", "\". "));
/// assert!(!ends_sentence("د", ". "));
/// assert!(!ends_sentence("سعيدا", "\".. "));
/// ```
#[must_use]
pub fn ends_sentence(before: &str, gap: &str) -> bool {
    if gap.contains('\n') {
        return true;
    }
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '!' | '?' | '\u{061F}' | '\u{06D4}' => return true,
            '.' => {
                let mut dots = 1;
                while chars.next_if_eq(&'.').is_some() {
                    dots += 1;
                }
                let abbreviation = before.chars().count() == 1;
                let spaced = chars.peek().is_none_or(|next| !next.is_alphanumeric());
                if dots == 1 && spaced && !abbreviation {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
