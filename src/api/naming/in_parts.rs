//! Names of a corpus in parts: what its shelves tell, as far as they are there.

use crate::api::{Error, Explorer};
use crate::entities::EntityLayer;
use crate::entities::name_parts::{
    EntityPart, NameHead, TABLE, read_entity, read_pages, read_table,
};
use crate::index::{Index, IndexFileError, PageId, Values};
use crate::parse::frame::FrameError;
use crate::search::columns::NONE;
use crate::sorting::Arrange;

impl Explorer {
    /// Reads a shelf of names. What is read of one that is not there counts for nothing: it is asked for, and the question refused.
    fn name_part<T>(
        &self,
        shelf: usize,
        read: impl FnOnce(&[u8]) -> Result<T, FrameError>,
    ) -> Result<T, Error> {
        if !self.index.has_name_shelves() {
            return Err(Error::InParts {
                what: "names, dates and quotes",
            });
        }
        let bytes = self.index.name_shelf(shelf).unwrap_or_default();
        read(&bytes).map_err(|_| {
            Error::Index(IndexFileError::Inconsistent {
                section: "names".to_owned(),
            })
        })
    }

    fn name_head(&self) -> Result<NameHead, Error> {
        self.name_part(0, NameHead::read)
    }

    /// The index and all its entities: with their mentions, or in parts with what is stated of them.
    pub(in crate::api) fn with_all_names(&mut self) -> Result<(&Index, &EntityLayer), Error> {
        if !self.index.is_in_parts() {
            return self.with_entities();
        }
        if self.names.is_none() {
            self.names = Some(self.name_part(TABLE, read_table)?);
        }
        let names = self.names.as_ref().ok_or(Error::NotAnnotated)?;
        Ok((&self.index, names))
    }

    /// What parts tell of one entity.
    pub(in crate::api) fn entity_part(&self, id: &str) -> Result<EntityPart, Error> {
        let pages = self.index.pages().len();
        let shelf = self.name_head()?.shelf_of(id);
        let found = shelf.map(|shelf| self.name_part(shelf, |bytes| read_entity(bytes, id, pages)));
        found
            .transpose()?
            .flatten()
            .ok_or_else(|| Error::UnknownEntity { id: id.to_owned() })
    }

    /// The mentions of a page of a corpus in parts.
    pub(in crate::api) fn names_of_page(&self, page: PageId) -> Result<EntityLayer, Error> {
        let pages = self.index.pages().len();
        let shelf = self.name_head()?.shelf_of_page(page.0);
        self.name_part(shelf, |bytes| read_pages(bytes, pages))
    }

    /// Which articles of a corpus in parts mention some entities: a column of these alone.
    pub(in crate::api) fn fresh_chosen_entities(&mut self, ids: &[String]) -> Result<(), Error> {
        // In the order in which articles first mention them.
        let mut mentioned: Vec<(u32, u32, &str)> = Vec::new();
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
            let mentions = of.flat_map(|of| part.layer.mentions_of(of));
            mentioned.extend(
                mentions.filter_map(|mention| {
                    Some((mention.article?, mention.first_token, id.as_str()))
                }),
            );
        }
        mentioned.arrange();
        let mut values = Values::default();
        let mut rest = mentioned.as_slice();
        for article in (0..).take(self.index.articles().len()) {
            let here = rest.partition_point(|&(of, ..)| of <= article);
            let (of_article, after) = rest.split_at(here);
            values.push(of_article.iter().map(|&(.., id)| id));
            rest = after;
        }
        self.caches.columns.entities = Some(values);
        Ok(())
    }
}
