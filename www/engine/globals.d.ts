import type { FileReport } from '../../src/wasm/types.d.ts';
import type { Engine } from './client.js';

declare global {
  /** The engine as the classic worker sees it: glue generated in front of `worker.js`. */
  const wasm_bindgen: {
    initSync(source: { module: WebAssembly.Module }): unknown;
    Explorer: new () => Explorer;
  };

  /** What `start.js` leaves to `main.js`. */
  var kashshafStart: {
    /** What this browser lacks; no engine was started when it lacks something. */
    missing: string[];
    /** The engine that was started first, to whoever asks for its corpus first; else a new one. */
    open(list: URL | null): Engine;
  };

  interface Explorer {
    addFile(options: { name: string; bundled?: boolean }, bytes: Uint8Array): FileReport;
    refresh(): void;
    overview(request: unknown): string;
    search(request: unknown): string;
    page(request: unknown): string;
    entities(request: unknown): string;
    entity(request: unknown): string;
    free(): void;
  }

  interface DataTransferItem {
    /** Chromium only, and the only way into folders dropped on a page opened from disk. */
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}
