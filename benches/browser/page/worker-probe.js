/**
 * Stands behind the worker's script as it is shipped, and reads its clock
 * before and after every call into the core.
 */
(() => {
  const { initSync, Explorer } = wasm_bindgen;
  let memory = null;
  const nothing = () => ({ search: [], around: [] });
  let spent = nothing();

  wasm_bindgen.initSync = (source) => {
    const exports = initSync(source);
    memory = exports.memory;
    return exports;
  };

  for (const method of ['addFile', 'refresh', 'search', 'around']) {
    const call = Explorer.prototype[method];
    Explorer.prototype[method] = function (...given) {
      const before = performance.now();
      try {
        return call.apply(this, given);
      } finally {
        const took = performance.now() - before;
        if (Array.isArray(spent[method])) spent[method].push(took);
        else spent[method] = (spent[method] ?? 0) + took;
      }
    };
  }

  const channel = new BroadcastChannel('kashshaf-bench');
  channel.onmessage = () => {
    channel.postMessage({ spent, wasmBytes: memory?.buffer.byteLength ?? 0 });
    spent = nothing();
  };
})();
