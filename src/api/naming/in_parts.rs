//! Names of a corpus in parts: what its shelves tell, as far as they are there.

use crate::api::{Error, Explorer};
use crate::entities::EntityLayer;
use crate::entities::annotator::read_layers;
use crate::entities::name_parts::{
    EntityPart, LAYERS, NameHead, TABLE, read_entity, read_pages, read_table,
};
use crate::index::{Bytes, Index, IndexFileError, PageId, Values};
use crate::parse::frame::FrameError;
use crate::search::columns::NONE;

impl Explorer {
    /// What a shelf of names holds. Of one that is not there it is nothing, which counts for nothing: it is asked for, and the
    /// question refused.
    #[inline(never)]
    fn name_shelf(&self, shelf: usize) -> Result<Bytes, Error> {
        if !self.index.has_name_shelves() {
            return Err(Error::InParts {
                what: "names, dates and quotes",
            });
        }
        Ok(self.index.name_shelf(shelf).unwrap_or_default())
    }

    fn name_head(&self) -> Result<NameHead, Error> {
        NameHead::read(&self.name_shelf(0)?).map_err(inconsistent)
    }

    /// The index and all its entities: with their mentions, or in parts with what is stated of them.
    pub(in crate::api) fn with_all_names(&mut self) -> Result<(&Index, &EntityLayer), Error> {
        if !self.index.is_in_parts() {
            return self.with_entities();
        }
        if self.names.is_none() {
            let table = read_table(&self.name_shelf(TABLE)?);
            self.names = Some(table.map_err(inconsistent)?);
        }
        let names = self.names.as_ref().ok_or(Error::NotAnnotated)?;
        Ok((&self.index, names))
    }

    /// Takes the layers of a whole corpus in parts, unless they are there.
    pub(in crate::api) fn take_layers(&mut self) -> Result<(), Error> {
        if self.layers.is_none() {
            let pages = self.index.pages().len();
            let layers = read_layers(&self.name_shelf(LAYERS)?, pages);
            self.layers = Some(layers.map_err(inconsistent)?);
        }
        Ok(())
    }

    /// What parts tell of one entity.
    pub(in crate::api) fn entity_part(&self, id: &str) -> Result<EntityPart, Error> {
        let pages = self.index.pages().len();
        let mut found = None;
        if let Some(shelf) = self.name_head()?.shelf_of(id) {
            let read = read_entity(&self.name_shelf(shelf)?, id, pages);
            found = read.map_err(inconsistent)?;
        }
        found.ok_or_else(|| Error::UnknownEntity { id: id.to_owned() })
    }

    /// The mentions of a page of a corpus in parts.
    pub(in crate::api) fn names_of_page(&self, page: PageId) -> Result<EntityLayer, Error> {
        let pages = self.index.pages().len();
        let shelf = self.name_head()?.shelf_of_page(page.0);
        read_pages(&self.name_shelf(shelf)?, pages).map_err(inconsistent)
    }

    /// Which articles of a corpus in parts mention some entities: a column of these alone.
    pub(in crate::api) fn fresh_chosen_entities(&mut self, ids: &[String]) -> Result<(), Error> {
        let mut mentioned: Vec<Vec<&str>> = vec![Vec::new(); self.index.articles().len()];
        for id in ids {
            if id == NONE {
                self.whole("documents without a name")?;
            }
            let part = match self.entity_part(id) {
                // Nothing mentions it, as in a whole index.
                Err(Error::UnknownEntity { .. }) => continue,
                part => part?,
            };
            let of = part.layer.find(id).into_iter();
            for mention in of.flat_map(|of| part.layer.mentions_of(of)) {
                let article = mention.article.unwrap_or(u32::MAX);
                if let Some(of_article) = mentioned.get_mut(article as usize) {
                    of_article.push(id);
                }
            }
        }
        let mut values = Values::default();
        for of_article in mentioned {
            values.push(of_article.into_iter());
        }
        self.caches.columns.entities = Some(values);
        Ok(())
    }
}

#[inline(never)]
fn inconsistent(_: FrameError) -> Error {
    Error::Index(IndexFileError::Inconsistent {
        section: "names".to_owned(),
    })
}
