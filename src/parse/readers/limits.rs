//! What the readers take, stated before it is hit.

/// Limits of reading; every one can be told to the reader before it drops a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file or member that is one text: plain text, Markdown.
    pub text_bytes: u64,
    /// Bytes of an HTML page.
    pub html_bytes: u64,
    /// Elements inside one another in an HTML page; deeper ones are read as if
    /// they stood at this depth.
    pub html_depth: u64,
    /// Bytes of one record: a line of JSON lines, an element of a JSON list, a row of a table.
    pub record_bytes: u64,
    /// Values inside one another in JSON; this one cannot be set.
    pub json_depth: u64,
    /// Columns of a table.
    pub columns: u64,
    /// Archives inside one another.
    pub archive_depth: u64,
    /// Members of one file, at any depth.
    pub members: u64,
    /// Unpacked bytes for each packed byte of a file, once `expansion_free` bytes came out of it.
    pub expansion_ratio: u64,
    /// Unpacked bytes before the ratio counts.
    pub expansion_free: u64,
    /// Unpacked bytes of one file in all.
    pub unpacked_bytes: u64,
    /// Bytes of a ZIP archive inside another archive: it is held in memory.
    pub nested_zip_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 1 << 30,
            html_bytes: 64 << 20,
            html_depth: 512,
            record_bytes: 64 << 20,
            json_depth: 128,
            columns: 4_096,
            archive_depth: 4,
            members: 2_000_000,
            expansion_ratio: 300,
            expansion_free: 16 << 20,
            unpacked_bytes: 64 << 30,
            nested_zip_bytes: 256 << 20,
        }
    }
}

impl Limits {
    /// Every limit: its name, its value, its unit.
    #[must_use]
    pub fn rows(&self) -> [(&'static str, u64, &'static str); 12] {
        [
            ("text-bytes", self.text_bytes, "bytes"),
            ("html-bytes", self.html_bytes, "bytes"),
            ("html-depth", self.html_depth, "elements"),
            ("record-bytes", self.record_bytes, "bytes"),
            ("json-depth", self.json_depth, "values"),
            ("columns", self.columns, "columns"),
            ("archive-depth", self.archive_depth, "archives"),
            ("members", self.members, "members"),
            ("expansion-ratio", self.expansion_ratio, "ratio"),
            ("expansion-free", self.expansion_free, "bytes"),
            ("unpacked-bytes", self.unpacked_bytes, "bytes"),
            ("nested-zip-bytes", self.nested_zip_bytes, "bytes"),
        ]
    }

    /// Sets a limit by name; says whether there is one of that name that can be set.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let limit = match name {
            "text-bytes" => &mut self.text_bytes,
            "html-bytes" => &mut self.html_bytes,
            "html-depth" => &mut self.html_depth,
            "record-bytes" => &mut self.record_bytes,
            "columns" => &mut self.columns,
            "archive-depth" => &mut self.archive_depth,
            "members" => &mut self.members,
            "expansion-ratio" => &mut self.expansion_ratio,
            "expansion-free" => &mut self.expansion_free,
            "unpacked-bytes" => &mut self.unpacked_bytes,
            "nested-zip-bytes" => &mut self.nested_zip_bytes,
            _ => return false,
        };
        *limit = value;
        true
    }
}
