//! A host of the files of an index in parts, and a page that asks it.

use kashshaf::analysis::Lens;
use kashshaf::api::{Error, Explorer, SearchRequest};
use kashshaf::index::{Index, IndexParts, Scope, unpacked};
use kashshaf::parse::Page;
use std::collections::{BTreeMap, BTreeSet};

/// The files of an index, and which of them were fetched.
pub(crate) struct Host {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) directory: Vec<u8>,
    pub(crate) fetched: BTreeSet<String>,
}

impl Host {
    pub(crate) fn of(parts: IndexParts) -> Self {
        Self {
            files: parts.parts.into_iter().collect(),
            directory: parts.directory,
            fetched: BTreeSet::new(),
        }
    }

    pub(crate) fn explorer(&self) -> Explorer {
        let mut explorer = Explorer::default();
        let opened = explorer.open_parts(self.directory.clone());
        opened.expect("as written");
        explorer
    }

    /// Asks until nothing is missing, as a page does.
    pub(crate) fn ask<T>(
        &mut self,
        explorer: &mut Explorer,
        question: impl Fn(&mut Explorer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        for _ in 0..40 {
            match question(explorer) {
                Err(Error::PartsMissing { names }) => {
                    assert!(!names.is_empty());
                    for name in names {
                        let stored = self.files.get(&name).expect("a part that was written");
                        let bytes = unpacked(&name, stored).expect("deflated");
                        explorer.take_part(&name, &bytes).expect("as written");
                        assert!(self.fetched.insert(name.clone()), "{name} asked for twice");
                    }
                }
                answer => return answer,
            }
        }
        panic!("asks for ever");
    }

    /// Bytes that were fetched as they are stored, by folder.
    pub(crate) fn bytes(&self) -> BTreeMap<&str, usize> {
        let mut bytes = BTreeMap::new();
        for name in &self.fetched {
            let folder = name.split('/').next().expect("a folder");
            *bytes.entry(folder).or_default() += self.files[name].len();
        }
        bytes
    }
}

pub(crate) fn index_of(pages: Vec<Page>) -> Index {
    let mut index = Index::default();
    for page in pages {
        let _ = index.add(page, false);
    }
    index.refresh();
    index
}

pub(crate) fn request(query: &str, lens: Lens, scope: Scope) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        lens: Some(lens.name().to_owned()),
        scope: Some(scope.name().to_owned()),
        ranking: Some("words".to_owned()),
        ..Default::default()
    }
}

impl Host {
    /// Puts other bytes into a part, and their checksum wherever it is named.
    pub(crate) fn replace(&mut self, name: &str, bytes: &[u8]) {
        let was = self.files.remove(name).expect("a part");
        let (old, new) = (hash_in(name), twox_hash::XxHash64::oneshot(0, bytes));
        if new == old {
            self.files.insert(name.to_owned(), was);
            return;
        }
        let folder = name.split('/').next().expect("a folder");
        let stored = if matches!(folder, "pages" | "columns" | "names") {
            miniz_oxide::deflate::compress_to_vec_zlib(bytes, 1)
        } else {
            bytes.to_vec()
        };
        self.files
            .insert(format!("{folder}/{new:016x}.bin"), stored);
        let renamed = |bytes: &[u8]| {
            let mut renamed = bytes.to_vec();
            let is_old = |eight: &[u8]| eight == old.to_le_bytes();
            // Two shelves may hold the same.
            while let Some(at) = renamed.windows(8).rposition(is_old) {
                renamed[at..at + 8].copy_from_slice(&new.to_le_bytes());
            }
            (renamed != bytes).then_some(renamed)
        };
        if let Some(directory) = renamed(&self.directory) {
            self.directory = directory;
            return;
        }
        let mut naming = self.files.iter();
        let naming = naming.find_map(|(name, stored)| {
            let bytes = unpacked(name, stored).expect("stored as it is named");
            Some((name.clone(), renamed(&bytes)?))
        });
        let (name, bytes) = naming.expect("something that names it");
        self.replace(&name, &bytes);
    }
}

fn hash_in(name: &str) -> u64 {
    let digits = name.split(['/', '.']).nth(1).expect("a checksum");
    u64::from_str_radix(digits, 16).expect("hex digits")
}
