//! The search for names: at once, or in steps between other requests.

use super::{Error, Explorer, RecogniseReply};
use crate::entities::tagger::Model;
use crate::entities::{EntityLayer, IndexRun, Recogniser};
use crate::index::Index;

impl Explorer {
    /// An explorer of an index that was made elsewhere; its ledger is empty.
    #[must_use]
    pub fn of_index(index: Index) -> Self {
        let mut explorer = Self::default();
        explorer.index = index;
        explorer
    }

    /// Gives the recogniser its trained model; entities are found anew with it.
    ///
    /// # Errors
    /// [`Error::Model`] when the bytes are no model, another version's, or
    /// damaged; lists and cues go on as before.
    pub fn load_model(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let model = Model::read(bytes)?;
        self.recogniser
            .get_or_insert_with(Recogniser::default)
            .set_model(model);
        self.entities = None;
        self.recognition = None;
        self.annotations = None;
        Ok(())
    }

    /// Does some of the work that requests about entities need: whole pages,
    /// until at least so many tokens are read. Requests do the rest themselves;
    /// calling it before them keeps each turn short.
    pub fn recognise_some(&mut self, tokens: u32) -> RecogniseReply {
        self.index.refresh();
        let recogniser = self.recogniser.get_or_insert_with(Recogniser::default);
        let index = &self.index;
        let trained = recogniser.is_trained();
        if self.entities.is_some() {
            return RecogniseReply {
                done: 0,
                total: 0,
                ready: true,
                trained,
            };
        }
        let run = self
            .recognition
            .get_or_insert_with(|| IndexRun::new(recogniser, index));
        let ready = run.step(recogniser, index, u64::from(tokens));
        let (done, total) = run.progress();
        if ready {
            self.entities = self.recognition.take().map(|run| run.finish(recogniser));
        }
        RecogniseReply {
            done,
            total,
            ready,
            trained,
        }
    }

    /// The index and the entities found in it, linked by proofs and decisions, all up to date.
    pub(super) fn with_entities(&mut self) -> (&Index, &EntityLayer) {
        while !self.recognise_some(u32::MAX).ready {}
        let layer = self.entities.get_or_insert_default();
        if !layer.is_linked() {
            layer.link(&self.decisions);
        }
        (&self.index, layer)
    }
}
