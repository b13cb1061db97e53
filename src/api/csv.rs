//! Rows of comma-separated values.

/// UTF-8 begins so in a file for spreadsheet programs, which read Arabic then.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Adds a row; for spreadsheet programs, text that they would take for a formula stays text.
pub(super) fn add_row(cells: &[&str], for_spreadsheets: bool, into: &mut String) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            into.push(',');
        }
        add_cell(cell, for_spreadsheets, into);
    }
    into.push_str("\r\n");
}

/// A spreadsheet program takes text that begins so for a formula; an apostrophe keeps it text.
fn add_cell(cell: &str, for_spreadsheets: bool, into: &mut String) {
    let is_formula = for_spreadsheets && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let needs_quotes = cell.contains(['"', ',', '\r', '\n']);
    if needs_quotes {
        into.push('"');
    }
    if is_formula {
        into.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            into.push('"');
        }
        into.push(c);
    }
    if needs_quotes {
        into.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_kept_text() {
        let cases = [
            ("بوتين", "بوتين", "بوتين"),
            ("a,b", "\"a,b\"", "\"a,b\""),
            ("قال \"نعم\"", "\"قال \"\"نعم\"\"\"", "\"قال \"\"نعم\"\"\""),
            ("=1+1", "'=1+1", "=1+1"),
            ("+20", "'+20", "+20"),
            ("-5", "'-5", "-5"),
            ("@a", "'@a", "@a"),
            ("\tx", "'\tx", "\tx"),
            ("\nx", "\"'\nx\"", "\"\nx\""),
        ];
        for (cell, for_spreadsheets, plain) in cases {
            let written = |spreadsheets| {
                let mut into = String::new();
                add_row(&[cell, ""], spreadsheets, &mut into);
                into
            };
            assert_eq!(
                written(true),
                format!("{for_spreadsheets},\r\n"),
                "{cell:?}"
            );
            assert_eq!(written(false), format!("{plain},\r\n"), "{cell:?}");
        }
    }
}
