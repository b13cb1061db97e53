//! The readers as JavaScript sees them: a module of its own, loaded when a file
//! is dropped that the core alone cannot read.

use super::convert::encode;
use super::decode::decode;
use crate::api;
use wasm_bindgen::prelude::*;

/// Reads files and archives of every format. One lives in each worker; a panic
/// inside it is fatal to the worker.
#[wasm_bindgen]
pub struct Reader {
    inner: api::Reader,
}

#[wasm_bindgen]
impl Reader {
    /// A reader.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ReaderRequest")] request: &JsValue,
    ) -> Result<Self, JsValue> {
        let inner = api::Reader::new(&decode(request)?)?;
        Ok(Self { inner })
    }

    /// Every limit, to be stated before it is hit.
    #[wasm_bindgen(unchecked_return_type = "LimitReply[]")]
    pub fn limits(&self) -> Result<JsValue, JsValue> {
        encode(&self.inner.limits())
    }

    /// Begins a file; one that was not read to its end is closed as cancelled.
    pub fn begin(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "BeginRequest")] request: &JsValue,
    ) -> Result<(), JsValue> {
        Ok(self.inner.begin(&decode(request)?)?)
    }

    /// Begins a file only to look at the member of that number.
    pub fn peek(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "BeginRequest")] request: &JsValue,
        member: u32,
    ) -> Result<(), JsValue> {
        Ok(self.inner.peek(&decode(request)?, member)?)
    }

    /// What the member holds, once that is known: nothing more is wanted then.
    #[wasm_bindgen(unchecked_return_type = "InspectReply | null")]
    pub fn peeked(&mut self) -> Result<JsValue, JsValue> {
        encode(&self.inner.peeked())
    }

    /// The bytes of the file that are wanted next; null when it is done.
    #[wasm_bindgen(unchecked_return_type = "WantReply | null")]
    pub fn want(&self) -> Result<JsValue, JsValue> {
        encode(&self.inner.want())
    }

    /// Takes the bytes that were wanted; fewer say that the file ends there.
    pub fn give(&mut self, bytes: &[u8]) {
        self.inner.give(bytes);
    }

    /// Gives up the file being read; what was found in it stays.
    pub fn cancel(&mut self) {
        self.inner.cancel();
    }

    /// The next piece of the stream for `Explorer.addRecords`, to be passed on
    /// in order; undefined when there is none.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        self.inner.take()
    }

    /// How far the file being read is; null between files.
    #[wasm_bindgen(unchecked_return_type = "ProgressReply | null")]
    pub fn progress(&self) -> Result<JsValue, JsValue> {
        encode(&self.inner.progress())
    }

    /// What a file holds, by its first bytes (65,536 are enough).
    #[wasm_bindgen(unchecked_return_type = "InspectReply")]
    pub fn inspect(
        #[wasm_bindgen(unchecked_param_type = "InspectRequest")] request: &JsValue,
        head: &[u8],
    ) -> Result<JsValue, JsValue> {
        encode(&api::Reader::inspect(&decode(request)?, head)?)
    }

    /// How much memory an import will take.
    #[wasm_bindgen(unchecked_return_type = "ForecastReply")]
    pub fn forecast(
        #[wasm_bindgen(unchecked_param_type = "ForecastRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        encode(&api::Reader::forecast(&decode(request)?)?)
    }
}
