//! Page heads that are read when they are first looked at.

use super::page_head::PageHead;
use crate::index::file::file_heads::FileHeads;
use crate::index::store::digest_key;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// What is known of a page: here, in a file, or nothing while its part is not there.
#[derive(Clone, Debug, Default)]
pub struct LateHead {
    here: Option<Box<PageHead>>,
    in_file: Option<(Arc<FileHeads>, u32)>,
}

impl LateHead {
    /// That of a page of a file.
    pub(in crate::index) fn in_file(heads: &Arc<FileHeads>, page: u32) -> Self {
        Self {
            here: None,
            in_file: Some((Arc::clone(heads), page)),
        }
    }

    /// The number that the page's id is the hex digits of; nothing is read for it.
    #[must_use]
    pub fn key(&self) -> u64 {
        match (&self.here, &self.in_file) {
            (None, Some((heads, page))) => heads.key(*page),
            _ => digest_key(&self.digest),
        }
    }
}

impl From<PageHead> for LateHead {
    fn from(head: PageHead) -> Self {
        Self {
            here: Some(Box::new(head)),
            in_file: None,
        }
    }
}

impl Deref for LateHead {
    type Target = PageHead;

    #[inline(never)] // asked in a hundred places
    fn deref(&self) -> &PageHead {
        match &self.here {
            Some(head) => head,
            None => read(self.in_file.as_ref()),
        }
    }
}

impl DerefMut for LateHead {
    fn deref_mut(&mut self) -> &mut PageHead {
        let in_file = self.in_file.take();
        let read = || Box::new(read(in_file.as_ref()).clone());
        self.here.get_or_insert_with(read)
    }
}

fn read(in_file: Option<&(Arc<FileHeads>, u32)>) -> &PageHead {
    static UNKNOWN: OnceLock<PageHead> = OnceLock::new();
    let head = in_file.and_then(|(heads, page)| heads.head(*page));
    head.unwrap_or_else(|| UNKNOWN.get_or_init(PageHead::unknown))
}
