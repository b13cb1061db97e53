//! Runs an annotator over an index, in one process.

use super::annotator::{Annotator, LayerReader, Layers, write_page};
use crate::index::Index;
use crate::parse::frame::FrameError;

/// Bytes of frames that are given to the annotator at once.
const PORTION: usize = 1 << 20;

/// Annotates every page of an index by the way the browser goes: page frames in, layer frames out.
///
/// # Errors
/// [`FrameError`] when one side does not read what the other wrote.
pub fn annotate_index(annotator: &mut Annotator, index: &Index) -> Result<Layers, FrameError> {
    let mut portion = Vec::new();
    annotator.begin();
    loop {
        for page in index.pages() {
            write_page(index, page, &mut portion);
            if portion.len() >= PORTION {
                annotator.read(&portion)?;
                portion.clear();
            }
        }
        annotator.read(&portion)?;
        portion.clear();
        if !annotator.turn() {
            break;
        }
    }
    let mut reader = LayerReader::new(index.pages().len());
    while let Some(frame) = annotator.take() {
        reader.read(&frame)?;
    }
    reader.finish()
}
