//! Strict span precision, recall and F1.

use kashshaf::entities::EntityType;
use kashshaf::entities::tagger::label::Label;
use std::collections::HashSet;

type Span = (usize, usize, EntityType);

/// Hits, found and wanted spans, for each type and all together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    counts: [[usize; 3]; 4],
}

fn spans(labels: &[Label]) -> HashSet<Span> {
    let mut spans = HashSet::new();
    let mut open: Option<(usize, EntityType)> = None;
    for (i, label) in labels.iter().chain([&Label::OUTSIDE]).enumerate() {
        if let Some((start, kind)) = open
            && (label.is_begin() || label.kind() != Some(kind))
        {
            spans.insert((start, i, kind));
            open = None;
        }
        if open.is_none() {
            open = label.kind().map(|kind| (i, kind));
        }
    }
    spans
}

impl Score {
    pub fn add(&mut self, gold: &[Label], found: &[Label]) {
        let (gold, found) = (spans(gold), spans(found));
        for (row, kind) in self.counts.iter_mut().zip([
            Some(EntityType::Person),
            Some(EntityType::Place),
            Some(EntityType::Organisation),
            None,
        ]) {
            let counts = |span: &&Span| kind.is_none_or(|kind| span.2 == kind);
            row[0] += gold.intersection(&found).filter(counts).count();
            row[1] += found.iter().filter(counts).count();
            row[2] += gold.iter().filter(counts).count();
        }
    }

    /// One line a type, then all.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (name, row) in ["PER", "LOC", "ORG", "all"].iter().zip(&self.counts) {
            let (p, r, f) = figures(*row);
            out += &format!(
                "  {name}  P {:.2}  R {:.2}  F1 {:.2}  ({} names)\n",
                100.0 * p,
                100.0 * r,
                100.0 * f,
                row[2]
            );
        }
        out
    }
}

fn figures([hits, found, wanted]: [usize; 3]) -> (f64, f64, f64) {
    let p = hits as f64 / found.max(1) as f64;
    let r = hits as f64 / wanted.max(1) as f64;
    (p, r, 2.0 * p * r / (p + r).max(1e-9))
}
