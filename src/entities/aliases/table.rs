//! The alias table: spellings that no rule can join, each row with its source.

use crate::analysis::fold::letters_key;
use crate::entities::EntityType;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Rows of names, by type and folded name.
#[derive(Debug, Default)]
pub(super) struct AliasTable {
    rows: FxHashMap<(EntityType, String), u32>,
}

impl AliasTable {
    /// The table that is compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static TABLE: LazyLock<AliasTable> =
            LazyLock::new(|| AliasTable::read(include_str!("aliases.tsv")));
        &TABLE
    }

    /// Reads rows: type, names parted by `|`, source.
    fn read(text: &str) -> Self {
        let mut table = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (line, number) in lines.zip(0..) {
            let mut cells = line.split('\t');
            let kind = cells.next().unwrap_or_default();
            let Some(kind) = EntityType::from_name(kind) else {
                continue;
            };
            for name in cells.next().unwrap_or_default().split('|') {
                table.rows.insert((kind, letters_key(name)), number);
            }
        }
        table
    }

    /// The row that a folded name stands in.
    pub(super) fn row(&self, kind: EntityType, key: &str) -> Option<u32> {
        self.rows.get(&(kind, key.to_owned())).copied()
    }

    /// Whether a row has both folded names.
    pub(super) fn joins(&self, kind: EntityType, one: &str, other: &str) -> bool {
        let row = self.row(kind, one);
        row.is_some() && row == self.row(kind, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_no_name_stands_in_two() {
        let mut seen: FxHashMap<(String, String), usize> = FxHashMap::default();
        let text = include_str!("aliases.tsv").lines().enumerate();
        for (number, line) in text.filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "line {}", number + 1);
            assert!(
                EntityType::ALL.iter().any(|k| k.name() == cells[0]),
                "{line}"
            );
            assert!(!cells[2].is_empty(), "{line} has no source");
            for name in cells[1].split('|') {
                let before = seen.insert((cells[0].to_owned(), letters_key(name)), number);
                assert!(
                    before.is_none_or(|line| line == number),
                    "{name} stands in two rows"
                );
            }
        }
    }
}
