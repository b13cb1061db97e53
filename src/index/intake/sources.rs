//! The ledger and the origins of pages; of a file that was opened they are worked out when they are first asked for.

use crate::index::file::ledger::FileSources;
use crate::index::intake::Origin;
use crate::index::pages::origins::Origins;
use crate::index::store::number;
use crate::parse::ledger::Ledger;
use crate::parse::record::SourceKey;
use std::sync::OnceLock;

/// What is known of sources.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Sources {
    pub(in crate::index) ledger: Ledger,
    /// Beside each page where it comes from; of bundled pages nothing is known.
    pub(in crate::index) origins: Origins,
}

impl Sources {
    /// Makes all sources members of one file, as those of an archive are.
    pub(in crate::index) fn nest(&mut self, file: u32, name: &str, bytes: u64) {
        let members = self.ledger.nest(file, name, bytes);
        let nested = |origin: Origin| {
            let member = members.binary_search(&origin.key).map_or(0, |at| at + 1);
            let key = SourceKey {
                file,
                member: number(member),
            };
            Origin { key, ..origin }
        };
        let origins = self.origins.iter();
        self.origins = origins.map(|origin| origin.map(nested)).collect();
    }
}

/// The same, here or in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct LateSources {
    here: Sources,
    /// In place of these, as long as nothing is changed.
    in_file: Option<(FileSources, OnceLock<Sources>)>,
}

impl From<FileSources> for LateSources {
    fn from(file: FileSources) -> Self {
        Self {
            here: Sources::default(),
            in_file: Some((file, OnceLock::new())),
        }
    }
}

impl LateSources {
    pub(super) fn get(&self) -> &Sources {
        match &self.in_file {
            Some((file, read)) => read.get_or_init(|| file.read()),
            None => &self.here,
        }
    }

    pub(super) fn get_mut(&mut self) -> &mut Sources {
        if let Some((file, read)) = self.in_file.take() {
            self.here = read.into_inner().unwrap_or_else(|| file.read());
        }
        &mut self.here
    }

    /// The pages that come from somewhere have an origin here, though it may be as a file has it that is a member of another now.
    pub(super) fn origins_somewhere(&self) -> &Origins {
        match &self.in_file {
            Some((file, _)) => &file.origins,
            None => &self.here.origins,
        }
    }

    /// [`Sources::nest`], where nothing was asked for yet when that is.
    pub(super) fn nest(&mut self, file: u32, name: &str, bytes: u64) {
        match &mut self.in_file {
            Some((sources, read)) if read.get().is_none() && sources.nested.is_none() => {
                sources.nested = Some((file, name.to_owned(), bytes));
            }
            _ => self.get_mut().nest(file, name, bytes),
        }
    }
}
