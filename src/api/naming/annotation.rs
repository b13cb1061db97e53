//! Names, dates and quotes: pages leave as frames for the annotator, layers come back.
//!
//! Where the annotator is part of the program, requests have the pages annotated
//! themselves; in the browser it is a module of its own, and whoever asks sees to
//! it that the layers are there.

use crate::api::{AnnotationReply, Error, Explorer};
use crate::entities::annotator::{LayerReader, Layers, read_layers, write_layers, write_page};
use crate::entities::{EntityLayer, PageAnnotations};
use crate::index::{Bytes, Index};

/// Layers that are not read yet.
#[derive(Debug, Default)]
pub(in crate::api) struct Incoming {
    /// Those that come frame by frame, and the state of the pages that they are of.
    frames: Option<(u64, LayerReader)>,
    /// Those that an index file brought, until they are asked for.
    kept: Option<Bytes>,
}

impl Explorer {
    /// An explorer of an index that was made elsewhere; its ledger is empty.
    #[must_use]
    pub fn of_index(index: Index) -> Self {
        let mut explorer = Self::default();
        explorer.index = index;
        explorer
    }

    /// Which pages there are to annotate, and whether it was done.
    pub fn annotation(&mut self) -> AnnotationReply {
        self.read_kept();
        let index = &self.index;
        AnnotationReply {
            state: format!("{:016x}", state_of(index)),
            pages: index.pages().len(),
            words: index.token_count(),
            ready: self.layers.is_some(),
            trained: self.layers.as_ref().is_some_and(|layers| layers.trained),
        }
    }

    /// Frames of the pages in this [state](AnnotationReply::state) from number `from` on, for the
    /// annotator: whole pages, until there are at least so many bytes. Empty behind the last page.
    ///
    /// # Errors
    /// [`Error::StaleAnnotations`] when the pages are others by now.
    pub fn pages_to_annotate(&self, state: &str, from: u32, bytes: u32) -> Result<Vec<u8>, Error> {
        self.whole("names, dates and quotes")?;
        let mut frames = Vec::new();
        if !is_state(state, state_of(&self.index)) {
            return Err(Error::StaleAnnotations);
        }
        for page in self.index.pages().iter().skip(from as usize) {
            write_page(&self.index, page, &mut frames);
            if frames.len() >= bytes as usize {
                break;
            }
        }
        Ok(frames)
    }

    /// Takes the next frame of the layers that an annotator made of the pages in
    /// this [state](AnnotationReply::state); the last one puts them in the place of earlier ones.
    ///
    /// # Errors
    /// [`Error::StaleAnnotations`] when the pages are others by now,
    /// [`Error::BadAnnotations`] when the bytes are no such frame; what came before it is dropped.
    pub fn take_annotations(
        &mut self,
        state: &str,
        frame: &[u8],
    ) -> Result<AnnotationReply, Error> {
        let now = state_of(&self.index);
        if !is_state(state, now) {
            self.incoming.frames = None;
            return Err(Error::StaleAnnotations);
        }
        let pages = self.index.pages().len();
        let begun = self.incoming.frames.take();
        let begun = begun.filter(|(state, _)| *state == now);
        let mut reader = begun.map_or_else(|| LayerReader::new(pages), |(_, reader)| reader);
        if reader.read(frame).map_err(|_| Error::BadAnnotations)? {
            let layers = reader.finish();
            self.layers = Some(layers.map_err(|_| Error::BadAnnotations)?);
            self.incoming.kept = None;
        } else {
            self.incoming.frames = Some((now, reader));
        }
        Ok(self.annotation())
    }

    /// Keeps what an index file brought until it is asked for.
    pub(in crate::api) fn keep_layers(&mut self, layers: Option<Bytes>) {
        self.incoming.kept = layers;
    }

    /// What is known beside the words, for an index file.
    pub(in crate::api) fn layers_to_save(&self) -> Option<Vec<u8>> {
        match (&self.layers, &self.incoming.kept) {
            (Some(layers), _) => Some(write_layers(layers)),
            (None, Some(kept)) => Some(kept.to_vec()),
            (None, None) => None,
        }
    }

    /// Reads what an index file brought. What another version wrote is found anew.
    fn read_kept(&mut self) {
        if let Some(kept) = self.incoming.kept.take()
            && self.layers.is_none()
        {
            self.layers = read_layers(&kept, self.index.pages().len()).ok();
        }
    }

    /// Forgets the layers: the pages are not what they were.
    pub(in crate::api) fn forget_annotations(&mut self) {
        self.layers = None;
        self.incoming = Incoming::default();
    }

    /// The index, up to date, and the layers as far as they are there, the
    /// entities linked by proofs and decisions.
    pub(in crate::api) fn with_names_so_far(&mut self) -> Result<(&Index, Option<&Layers>), Error> {
        self.index.refresh();
        if self.index.is_in_parts() {
            self.take_layers()?;
        }
        self.read_kept();
        #[cfg(feature = "annotator")]
        self.annotate()?;
        self.link_found();
        Ok((&self.index, self.layers.as_ref()))
    }

    /// Links the entities, when they are there and not linked.
    pub(in crate::api) fn link_found(&mut self) {
        if let Some(layers) = &mut self.layers
            && !layers.entities.is_linked()
        {
            layers.entities.link(&self.decisions);
        }
    }

    /// The entities, when they are there and linked.
    pub(in crate::api) fn linked_entities(&self) -> Option<&EntityLayer> {
        let layer = &self.layers.as_ref()?.entities;
        Some(layer).filter(|layer| layer.is_linked())
    }

    /// Links by the decisions there are now what was linked by others.
    pub(in crate::api) fn link_anew(&mut self) {
        if let Some(layers) = &mut self.layers
            && layers.entities.is_linked()
        {
            layers.entities.link(&self.decisions);
        }
    }

    fn with_layers(&mut self) -> Result<(&Index, &Layers), Error> {
        let (index, layers) = self.with_names_so_far()?;
        layers
            .map(|layers| (index, layers))
            .ok_or(Error::NotAnnotated)
    }

    /// The index and the entities found in it, both up to date.
    pub(in crate::api) fn with_entities(&mut self) -> Result<(&Index, &EntityLayer), Error> {
        let (index, layers) = self.with_layers()?;
        Ok((index, &layers.entities))
    }

    /// The index, its entities, and the dates and quotes of each page, all up to date.
    pub(in crate::api) fn with_annotations(
        &mut self,
    ) -> Result<(&Index, &EntityLayer, &[PageAnnotations]), Error> {
        let (index, layers) = self.with_layers()?;
        Ok((index, &layers.entities, &layers.pages))
    }
}

#[cfg(feature = "annotator")]
impl Explorer {
    /// Gives the annotator its trained model; the pages are annotated anew with it.
    ///
    /// # Errors
    /// [`Error::Model`] when the bytes are no model, another version's, or
    /// damaged; lists and cues go on as before.
    pub fn load_model(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.annotator.get_or_insert_default().load_model(bytes)?;
        self.forget_annotations();
        Ok(())
    }

    /// Annotates the pages in this process, unless it was done.
    fn annotate(&mut self) -> Result<(), Error> {
        if self.layers.is_none() {
            let annotator = self.annotator.get_or_insert_default();
            let layers = crate::entities::annotate_index(annotator, &self.index);
            self.layers = Some(layers.map_err(|_| Error::BadAnnotations)?);
        }
        Ok(())
    }
}

fn is_state(text: &str, state: u64) -> bool {
    u64::from_str_radix(text, 16) == Ok(state)
}

/// Tells corpora apart by their pages and the order of these.
fn state_of(index: &Index) -> u64 {
    index.pages().iter().fold(0, |state: u64, page| {
        (state.rotate_left(23) ^ page.page.key()).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}
