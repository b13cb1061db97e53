//! The core as JavaScript sees it.

use super::convert::{encode, json};
use super::decode::decode;
use crate::api;
use crate::index::is_index_file;
use wasm_bindgen::prelude::*;

/// A corpus that grows file by file and answers requests. One lives in each
/// worker; a panic inside it is fatal to the worker.
#[wasm_bindgen]
#[derive(Default)]
pub struct Explorer {
    inner: api::Explorer,
}

#[wasm_bindgen]
impl Explorer {
    /// An explorer without any file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The bundled page rules, in the format of a reader's own.
    #[wasm_bindgen(js_name = bundledRules)]
    pub fn bundled_rules() -> String {
        crate::parse::anatomy::bundled_text().to_owned()
    }

    /// Splits pages by the bundled rules and these from now on; returns how
    /// many rules were read.
    #[wasm_bindgen(js_name = setRules)]
    pub fn set_rules(&mut self, text: &str) -> Result<u32, JsValue> {
        let count = self.inner.set_rules(text)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Reads, splits and indexes one file, or opens an index that was saved.
    #[wasm_bindgen(js_name = addFile, unchecked_return_type = "FileReport")]
    pub fn add_file(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "FileOptions")] options: &JsValue,
        bytes: Vec<u8>,
    ) -> Result<JsValue, JsValue> {
        let options: api::FileOptions = decode(options)?;
        if is_index_file(&bytes) {
            return encode(&self.inner.open_index(&options, bytes));
        }
        encode(&self.inner.add_file(&options, &bytes))
    }

    /// Takes the first or the next bytes of an index file that is on its way; what can be checked and read by now is.
    #[wasm_bindgen(js_name = takeArriving)]
    pub fn take_arriving(&mut self, bytes: Vec<u8>, are_first: bool) {
        self.inner.take_arriving(bytes, are_first);
    }

    /// Opens the index file of which all bytes were taken, as `addFile` does.
    #[wasm_bindgen(js_name = addArrived, unchecked_return_type = "FileReport")]
    pub fn add_arrived(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "FileOptions")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        encode(&self.inner.open_arrived(&decode(options)?))
    }

    /// The corpus as an index file, which `addFile` opens.
    #[wasm_bindgen(js_name = saveIndex)]
    pub fn save_index(&mut self) -> Result<Vec<u8>, JsValue> {
        Ok(self.inner.save_index()?)
    }

    /// Opens a corpus in parts by the bytes of its directory.
    #[wasm_bindgen(js_name = openParts)]
    pub fn open_parts(&mut self, directory: Vec<u8>) -> Result<(), JsValue> {
        Ok(self.inner.open_parts(directory)?)
    }

    /// Takes a part that a question lacked: it was refused with `parts-missing`.
    #[wasm_bindgen(js_name = takePart)]
    pub fn take_part(&mut self, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
        Ok(self.inner.take_part(name, bytes)?)
    }

    /// Takes the next piece of the stream that a `Reader` wrote.
    #[wasm_bindgen(js_name = addRecords, unchecked_return_type = "AddedReply")]
    pub fn add_records(&mut self, piece: &[u8]) -> Result<JsValue, JsValue> {
        encode(&self.inner.add_records(piece)?)
    }

    /// Indexes a part of that stream for another explorer with the same rules, which takes it with `addShare`;
    /// undefined for a part that it must take as it is.
    #[wasm_bindgen(js_name = shareOf)]
    pub fn share_of(&self, stream: &[u8]) -> Option<Vec<u8>> {
        self.inner.share_of(stream)
    }

    /// Takes the next part of the stream, indexed by another explorer; null where it must be given as it is.
    #[wasm_bindgen(js_name = addShare, unchecked_return_type = "AddedReply | null")]
    pub fn add_share(&mut self, share: Vec<u8>) -> Result<JsValue, JsValue> {
        encode(&self.inner.add_share(share)?)
    }

    /// Closes what is still open of a file whose reading cannot go on.
    #[wasm_bindgen(js_name = abandonFile)]
    pub fn abandon_file(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "AbandonRequest")] request: &JsValue,
    ) -> Result<(), JsValue> {
        Ok(self.inner.abandon_file(&decode(request)?)?)
    }

    /// Takes pages out of the corpus. JSON text of a `RemovedReply`.
    #[wasm_bindgen(js_name = removePages)]
    pub fn remove_pages(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RemoveRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.remove(&decode(request)?))
    }

    /// JSON text of a `LedgerReply`.
    pub fn ledger(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "LedgerRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.ledger(&decode(request)?))
    }

    /// The whole import ledger as the text of a file.
    #[wasm_bindgen(js_name = ledgerFile)]
    pub fn ledger_file(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "'json' | 'csv'")] form: &str,
    ) -> Result<String, JsValue> {
        Ok(self.inner.ledger_file(form)?)
    }

    /// What a file is, by its name and its first bytes (4,096 are enough).
    #[wasm_bindgen(unchecked_return_type = "SniffReply")]
    pub fn sniff(name: &str, head: &[u8]) -> Result<JsValue, JsValue> {
        encode(&api::sniff(name, head))
    }

    /// Brings the index up to date with the files added.
    pub fn refresh(&mut self) {
        self.inner.refresh();
    }

    /// Which pages there are to annotate, and whether it was done. JSON text of an `AnnotationReply`.
    pub fn annotation(&mut self) -> Result<String, JsValue> {
        json(Ok(self.inner.annotation()))
    }

    /// Frames of the pages in this state from number `from` on, for `Annotator.read`: whole pages, at least so
    /// many bytes; empty behind the last page. Each frame begins with its length, 4 bytes, little-endian.
    #[wasm_bindgen(js_name = pagesToAnnotate)]
    pub fn pages_to_annotate(
        &self,
        state: &str,
        from: u32,
        bytes: u32,
    ) -> Result<Vec<u8>, JsValue> {
        Ok(self.inner.pages_to_annotate(state, from, bytes)?)
    }

    /// Takes the next frame that `Annotator.take` gave for the pages in this state. JSON text of an `AnnotationReply`.
    #[wasm_bindgen(js_name = takeAnnotations)]
    pub fn take_annotations(&mut self, state: &str, frame: &[u8]) -> Result<String, JsValue> {
        json(self.inner.take_annotations(state, frame))
    }

    /// JSON text of an `OverviewReply`.
    pub fn overview(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OverviewRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.overview(&decode(request)?))
    }

    /// JSON text of a `SearchReply`.
    pub fn search(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SearchRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.search(&decode(request)?))
    }

    /// JSON text of an `AroundReply`.
    pub fn around(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SearchRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.around(&decode(request)?))
    }

    /// JSON text of an `ExplainReply`.
    pub fn explain(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ExplainRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.explain(&decode(request)?))
    }

    /// JSON text of a `FacetsReply`.
    pub fn facets(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SearchRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.facets(&decode(request)?))
    }

    /// JSON text of a `SuggestReply`.
    pub fn suggest(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SuggestRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.suggest(&decode(request)?))
    }

    /// JSON text of an `ExportReply`.
    pub fn export(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SearchRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.export(&decode(request)?))
    }

    /// Does some of the work that searches need; says whether all is done.
    pub fn prepare(&mut self) -> bool {
        self.inner.prepare()
    }

    /// JSON text of a `PageReply`.
    pub fn page(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "PageRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.page(&decode(request)?))
    }

    /// JSON text of an `EntitiesReply`.
    pub fn entities(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "EntitiesRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.entities(&decode(request)?))
    }

    /// JSON text of an `EntityReply`.
    pub fn entity(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "EntityRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.entity(&decode(request)?))
    }

    /// JSON text of an `AliasesReply`.
    pub fn aliases(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "AliasesRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.aliases(&decode(request)?))
    }

    /// Decides about spellings. JSON text of a `DecisionsReply`.
    pub fn decide(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "DecideRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.decide(&decode(request)?))
    }

    /// The decisions about spellings as the text of a file.
    #[wasm_bindgen(js_name = decisionsFile)]
    pub fn decisions_file(&self) -> String {
        self.inner.decisions_file()
    }

    /// Takes the decisions of a file in place of those there are. JSON text of a `DecisionsReply`.
    #[wasm_bindgen(js_name = loadDecisions)]
    pub fn load_decisions(&mut self, text: &str) -> Result<String, JsValue> {
        json(self.inner.load_decisions(text))
    }

    /// JSON text of a `NetworkReply`.
    pub fn network(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "NetworkRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.network(&decode(request)?))
    }

    /// A network as the text of a GraphML or GEXF file.
    #[wasm_bindgen(js_name = networkFile)]
    pub fn network_file(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "NetworkRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        Ok(self.inner.network_file(&decode(request)?)?)
    }

    /// JSON text of a `DatesReply`.
    pub fn dates(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "DatesRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.dates(&decode(request)?))
    }

    /// JSON text of a `QuotesReply`.
    pub fn quotes(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "QuotesRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.quotes(&decode(request)?))
    }

    /// JSON text of a `ConflictsReply`.
    pub fn conflicts(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ConflictsRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        json(self.inner.conflicts(&decode(request)?))
    }
}
