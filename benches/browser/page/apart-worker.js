/** Behind the glue of a core built with its bench: reading, tokenising and indexing, each alone. */
(() => {
  let files = [];
  let bench = null;

  const steps = {
    start({ module }) {
      wasm_bindgen.initSync({ module });
      return {};
    },
    take(message) {
      files = message.files;
      return { files: files.length };
    },
    read() {
      bench?.free();
      bench = new wasm_bindgen.Bench();
      // What cannot be read is counted by the measurement of the whole.
      for (const { name, bytes } of files) bench.read(name, new Uint8Array(bytes));
      return { textBytes: bench.textBytes() };
    },
    tokenise: () => ({ forms: bench.tokenise() }),
    build: () => ({ forms: bench.build() }),
  };

  onmessage = ({ data }) => {
    try {
      const start = performance.now();
      const result = steps[data.step](data);
      postMessage({ ...result, milliseconds: performance.now() - start });
    } catch (error) {
      postMessage({ error: String(error) });
    }
  };
})();
