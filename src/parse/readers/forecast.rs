//! How much memory an import will take, before it is begun.

use crate::parse::format::FileFormat;

/// What a browser gives one worker: WebAssembly memory ends at 4 GiB, and
/// phones end earlier.
pub const ROOM_BYTES: u64 = 2 << 30;

/// How much memory an import will take, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Text of the corpus afterwards.
    pub text_bytes: u64,
    /// Text and index, when all is done.
    pub index_bytes: u64,
    /// The most that is held on the way.
    pub peak_bytes: u64,
    /// What there is room for.
    pub room_bytes: u64,
    /// Whether it fits.
    pub verdict: Verdict,
}

/// Whether an import fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Fits,
    /// It comes near the end of the room.
    Tight,
    /// It does not: what is over is refused, with a line in the ledger.
    TooLarge,
}

impl Verdict {
    /// Stable kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Tight => "tight",
            Self::TooLarge => "too-large",
        }
    }
}

/// Text in a hundred bytes of a file. Archives of Arabic text shrink to about a
/// sixth; of an HTML page a quarter is text.
fn text_share(format: FileFormat) -> u64 {
    match format {
        FileFormat::Zip | FileFormat::Gzip => 500,
        FileFormat::Html => 25,
        format if !format.is_read() => 0,
        _ => 100,
    }
}

/// How much memory it takes to add files of these formats and sizes to a corpus
/// that has `present` bytes of text.
#[must_use]
pub fn forecast(files: &[(FileFormat, u64)], present: u64) -> Forecast {
    let added: u64 = files
        .iter()
        .map(|&(format, bytes)| bytes.saturating_mul(text_share(format)) / 100)
        .sum();
    let text_bytes = present.saturating_add(added);
    // Measured in the browser's module on 35 and 452 MB of news: .95 and .8 bytes a byte are held, 1.2 and .9 are taken
    // on the way. Texts of few words take more.
    let index_bytes = text_bytes.saturating_mul(6) / 5;
    let peak_bytes = text_bytes.saturating_mul(8) / 5;
    let verdict = match peak_bytes {
        peak if peak > ROOM_BYTES => Verdict::TooLarge,
        peak if peak > ROOM_BYTES / 4 * 3 => Verdict::Tight,
        _ => Verdict::Fits,
    };
    Forecast {
        text_bytes,
        index_bytes,
        peak_bytes,
        room_bytes: ROOM_BYTES,
        verdict,
    }
}
