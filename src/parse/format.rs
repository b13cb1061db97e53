//! What a file is: by its first bytes where they say so, else by its name.

/// Formats, read and not read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFormat {
    /// Plain text.
    Text,
    /// Markdown, read as plain text.
    Markdown,
    /// An HTML page.
    Html,
    /// One JSON value: a list of records, or one record.
    Json,
    /// A JSON object a line.
    Jsonl,
    /// Comma- or semicolon-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A ZIP archive.
    Zip,
    /// A TAR archive.
    Tar,
    /// One gzip member or several in a row, of any of these.
    Gzip,
    /// A book. Not read yet.
    Epub,
    /// A Word document. Not read yet.
    Docx,
    /// Other office documents. Not read yet.
    Office,
    /// TEI or other XML. Not read yet.
    Xml,
    /// RSS or Atom. Not read yet.
    Feed,
    /// A web archive. Not read yet.
    Warc,
    /// PDF. Not read yet.
    Pdf,
    /// Annotated text. Not read yet.
    Conllu,
    /// Pictures, sound, programs and the like: no text.
    Media,
    /// An index that was saved.
    Index,
    /// Not known.
    Unknown,
}

impl FileFormat {
    /// Every format, in the order of the enumeration.
    pub const ALL: [Self; 21] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Zip,
        Self::Tar,
        Self::Gzip,
        Self::Epub,
        Self::Docx,
        Self::Office,
        Self::Xml,
        Self::Feed,
        Self::Warc,
        Self::Pdf,
        Self::Conllu,
        Self::Media,
        Self::Index,
        Self::Unknown,
    ];

    /// Stable kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Gzip => "gzip",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Office => "office",
            Self::Xml => "xml",
            Self::Feed => "feed",
            Self::Warc => "warc",
            Self::Pdf => "pdf",
            Self::Conllu => "conllu",
            Self::Media => "media",
            Self::Index => "index",
            Self::Unknown => "unknown",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether the core alone can read it, without the readers.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Markdown | Self::Index | Self::Unknown
        )
    }

    /// Whether it holds files.
    #[must_use]
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::Gzip)
    }

    /// Whether it holds records with fields.
    #[must_use]
    pub fn is_records(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Csv | Self::Tsv)
    }

    /// Whether there is a reader for it. A file of another format costs a line
    /// of the ledger that names what it is.
    #[must_use]
    pub fn is_read(self) -> bool {
        self.is_archive()
            || self.is_records()
            || matches!(
                self,
                Self::Text | Self::Markdown | Self::Html | Self::Unknown
            )
    }
}

/// First bytes that say what a file is.
const SIGNATURES: &[(&[u8], FileFormat)] = &[
    (b"KSHF\r\n\x1A\n", FileFormat::Index),
    (b"PK\x03\x04", FileFormat::Zip),
    (b"PK\x05\x06", FileFormat::Zip),
    (b"\x1F\x8B", FileFormat::Gzip),
    (b"%PDF-", FileFormat::Pdf),
    (b"WARC/", FileFormat::Warc),
    (b"\xD0\xCF\x11\xE0", FileFormat::Office),
    (b"\x89PNG", FileFormat::Media),
    (b"\xFF\xD8\xFF", FileFormat::Media),
    (b"GIF8", FileFormat::Media),
    (b"\x7FELF", FileFormat::Media),
    (b"ID3", FileFormat::Media),
    (b"OggS", FileFormat::Media),
    (b"RIFF", FileFormat::Media),
    (b"SQLite format 3\0", FileFormat::Media),
    (b"7z\xBC\xAF\x27\x1C", FileFormat::Media),
    (b"Rar!\x1A\x07", FileFormat::Media),
    (b"\xFD7zXZ\0", FileFormat::Media),
    (b"BZh", FileFormat::Media),
    (b"\x28\xB5\x2F\xFD", FileFormat::Media),
];

/// Endings of names, lower case.
const ENDINGS: &[(&str, FileFormat)] = &[
    ("kashshaf", FileFormat::Index),
    ("txt", FileFormat::Text),
    ("text", FileFormat::Text),
    ("md", FileFormat::Markdown),
    ("markdown", FileFormat::Markdown),
    ("html", FileFormat::Html),
    ("htm", FileFormat::Html),
    ("xhtml", FileFormat::Html),
    ("json", FileFormat::Json),
    ("jsonl", FileFormat::Jsonl),
    ("ndjson", FileFormat::Jsonl),
    ("csv", FileFormat::Csv),
    ("tsv", FileFormat::Tsv),
    ("tab", FileFormat::Tsv),
    ("zip", FileFormat::Zip),
    ("tar", FileFormat::Tar),
    ("tgz", FileFormat::Gzip),
    ("gz", FileFormat::Gzip),
    ("epub", FileFormat::Epub),
    ("docx", FileFormat::Docx),
    ("doc", FileFormat::Office),
    ("rtf", FileFormat::Office),
    ("odt", FileFormat::Office),
    ("xlsx", FileFormat::Office),
    ("xls", FileFormat::Office),
    ("pptx", FileFormat::Office),
    ("xml", FileFormat::Xml),
    ("tei", FileFormat::Xml),
    ("rss", FileFormat::Feed),
    ("atom", FileFormat::Feed),
    ("warc", FileFormat::Warc),
    ("wacz", FileFormat::Warc),
    ("pdf", FileFormat::Pdf),
    ("conllu", FileFormat::Conllu),
    ("conll", FileFormat::Conllu),
    ("png", FileFormat::Media),
    ("jpg", FileFormat::Media),
    ("jpeg", FileFormat::Media),
    ("gif", FileFormat::Media),
    ("webp", FileFormat::Media),
    ("svg", FileFormat::Media),
    ("ico", FileFormat::Media),
    ("mp3", FileFormat::Media),
    ("mp4", FileFormat::Media),
    ("css", FileFormat::Media),
    ("js", FileFormat::Media),
    ("woff2", FileFormat::Media),
];

/// The format that the ending of a name says.
#[must_use]
pub fn format_of_name(name: &str) -> Option<FileFormat> {
    let (_, ending) = name.rsplit_once('.')?;
    ENDINGS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(ending))
        .map(|&(_, format)| format)
}

/// What a file is. `head` are its first bytes: 512 tell every archive from the
/// others, a few thousand tell HTML and JSON lines by their looks.
///
/// ```
/// use kashshaf::parse::format::{FileFormat, format_of};
/// assert_eq!(format_of("خبر.txt", b"<!DOCTYPE html><p>x"), FileFormat::Html);
/// assert_eq!(format_of("corpus.ndjson", b"{\"title\": \"x\"}"), FileFormat::Jsonl);
/// assert_eq!(format_of("book.epub", b"PK\x03\x04"), FileFormat::Epub);
/// ```
#[must_use]
pub fn format_of(name: &str, head: &[u8]) -> FileFormat {
    let named = format_of_name(name);
    let signed = SIGNATURES
        .iter()
        .find(|(signature, _)| head.starts_with(signature))
        .map(|&(_, format)| format);
    match (signed, named) {
        // These are ZIP files inside; their names say which.
        (
            Some(FileFormat::Zip),
            Some(
                packed @ (FileFormat::Epub
                | FileFormat::Docx
                | FileFormat::Office
                | FileFormat::Warc),
            ),
        ) => return packed,
        (Some(FileFormat::Gzip), Some(FileFormat::Warc)) => return FileFormat::Warc,
        (Some(format), _) => return format,
        (None, _) => {}
    }
    if head.get(257..262) == Some(b"ustar") {
        return FileFormat::Tar;
    }
    let looks = looks_like(head);
    match (named, looks) {
        // What claims to be an archive and has no signature is taken by its looks.
        (Some(FileFormat::Zip | FileFormat::Gzip), looks) => looks.unwrap_or(FileFormat::Unknown),
        (Some(FileFormat::Json), Some(FileFormat::Jsonl)) => FileFormat::Jsonl,
        (Some(FileFormat::Text | FileFormat::Xml) | None, Some(looks)) => looks,
        (Some(named), _) => named,
        (None, None) => FileFormat::Unknown,
    }
}

/// Text formats that show in their first characters.
fn looks_like(head: &[u8]) -> Option<FileFormat> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start = head.trim_ascii_start();
    let begins = |word: &[u8]| {
        start
            .get(..word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    if [
        b"<!doctype html".as_slice(),
        b"<html",
        b"<head",
        b"<body",
        b"<article",
        b"<meta",
    ]
    .iter()
    .any(|word| begins(word))
    {
        return Some(FileFormat::Html);
    }
    if begins(b"<?xml") {
        let has = |word: &[u8]| memchr::memmem::find(start, word).is_some();
        return Some(if has(b"<html") {
            FileFormat::Html
        } else if has(b"<rss") || has(b"<feed") {
            FileFormat::Feed
        } else {
            FileFormat::Xml
        });
    }
    if begins(b"<rss") || begins(b"<feed") {
        return Some(FileFormat::Feed);
    }
    if begins(b"<TEI") {
        return Some(FileFormat::Xml);
    }
    json_lines(start).then_some(FileFormat::Jsonl)
}

/// Whether the first line is a whole object and another follows, or stands alone.
fn json_lines(start: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', start) else {
        return false;
    };
    let line = start.get(..end).unwrap_or_default().trim_ascii();
    let next = start.get(end..).unwrap_or_default().trim_ascii_start();
    line.starts_with(b"{\"") && line.ends_with(b"}") && next.starts_with(b"{\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_bytes_then_by_name() {
        let mut tar = vec![0u8; 512];
        tar[257..262].copy_from_slice(b"ustar");
        let cases: &[(&str, &[u8], FileFormat)] = &[
            ("a.txt", "خبر".as_bytes(), FileFormat::Text),
            ("a", "خبر".as_bytes(), FileFormat::Unknown),
            ("a.zip", b"PK\x03\x04", FileFormat::Zip),
            ("a.zip", "خبر".as_bytes(), FileFormat::Unknown),
            ("a.docx", b"PK\x03\x04", FileFormat::Docx),
            ("a.tar", &tar, FileFormat::Tar),
            ("a.json", b"[{}]", FileFormat::Json),
            ("a.json", b"{\"a\":1}\n{\"a\":2}\n", FileFormat::Jsonl),
            ("a.txt", b"{\"a\":1}\n{\"a\":2}\n", FileFormat::Jsonl),
            ("a.xml", b"<?xml version='1.0'?><rss>", FileFormat::Feed),
            (
                "a.xml",
                b"<?xml version='1.0'?><!DOCTYPE html><html>",
                FileFormat::Html,
            ),
            ("a.html", "خبر بلا وسم".as_bytes(), FileFormat::Html),
            ("a.pdf", b"%PDF-1.7", FileFormat::Pdf),
            ("a.csv", "عنوان,نص".as_bytes(), FileFormat::Csv),
        ];
        for (name, head, format) in cases {
            assert_eq!(format_of(name, head), *format, "{name} {head:?}");
        }
    }

    #[test]
    fn names_lead_back_to_formats() {
        for format in FileFormat::ALL {
            assert_eq!(FileFormat::from_name(format.name()), Some(format));
        }
    }
}
