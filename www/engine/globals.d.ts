import type {
  AbandonRequest, AddedReply, BeginRequest, FileOptions, FileReport, ForecastReply, ForecastRequest, InspectReply,
  InspectRequest, LimitReply, ProgressReply, ReaderRequest, SniffReply, WantReply,
} from '../../src/wasm/types.d.ts';
import type { Pack } from '../carried/pack.js';
import type { Engine } from './client.js';

declare global {
  /** The core as the engine's worker sees it: glue generated in front of `worker.js`. */
  const wasm_bindgen: {
    initSync(source: { module: WebAssembly.Module }): { memory?: WebAssembly.Memory } | undefined;
    Explorer: { new (): Explorer; sniff(name: string, head: Uint8Array): SniffReply; bundledRules(): string };
  };

  /** The readers as the reading worker sees them: glue generated in front of `reader-worker.js`. */
  const kashshaf_readers: {
    initSync(source: { module: WebAssembly.Module }): unknown;
    Reader: {
      new (request: ReaderRequest): Reader;
      inspect(request: InspectRequest, head: Uint8Array): InspectReply;
      forecast(request: ForecastRequest): ForecastReply;
    };
  };

  /** The annotator as its worker sees it: glue generated in front of `annotator-worker.js`. */
  const kashshaf_annotator: {
    initSync(source: { module: WebAssembly.Module }): unknown;
    Annotator: { new (): Annotator; passes(): number };
  };

  /** What the one HTML file carries: `carried/open.js` leaves it to `start.js`. */
  var kashshafPack: Pack | undefined;

  /** What `start.js` leaves to `main.js`. */
  var kashshafStart: {
    /** What this browser lacks; no engine was started when it lacks something. */
    missing: string[];
    /** The engine that was started first, to whoever asks for its corpus first; else a new one. */
    open(list: URL | null): Engine;
  };

  interface Explorer {
    addFile(options: FileOptions, bytes: Uint8Array): FileReport;
    takeArriving(bytes: Uint8Array, areFirst: boolean): void;
    addArrived(options: FileOptions): FileReport;
    addRecords(piece: Uint8Array): AddedReply;
    shareOf(stream: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
    addShare(share: Uint8Array): AddedReply | null | undefined;
    abandonFile(request: AbandonRequest): void;
    ledger(request: unknown): string;
    ledgerFile(form: 'json' | 'csv'): string;
    saveIndex(): Uint8Array<ArrayBuffer>;
    removePages(request: unknown): string;
    openParts(directory: Uint8Array): void;
    takePart(name: string, bytes: Uint8Array): void;
    refresh(): void;
    setRules(text: string): number;
    annotation(): string;
    pagesToAnnotate(state: string, from: number, bytes: number): Uint8Array<ArrayBuffer>;
    takeAnnotations(state: string, frame: Uint8Array): string;
    overview(request: unknown): string;
    facets(request: unknown): string;
    suggest(request: unknown): string;
    export(request: unknown): string;
    prepare(): boolean;
    search(request: unknown): string;
    page(request: unknown): string;
    entities(request: unknown): string;
    entity(request: unknown): string;
    aliases(request: unknown): string;
    decide(request: unknown): string;
    decisionsFile(): string;
    loadDecisions(text: string): string;
    network(request: unknown): string;
    networkFile(request: unknown): string;
    dates(request: unknown): string;
    around(request: unknown): string;
    explain(request: unknown): string;
    quotes(request: unknown): string;
    conflicts(request: unknown): string;
    free(): void;
  }

  interface Reader {
    limits(): LimitReply[];
    begin(request: BeginRequest): void;
    peek(request: BeginRequest, member: number): void;
    peeked(): InspectReply | null;
    want(): WantReply | null;
    give(bytes: Uint8Array): void;
    take(): Uint8Array | undefined;
    progress(): ProgressReply | null;
    free(): void;
  }

  interface Annotator {
    loadModel(bytes: Uint8Array): void;
    begin(): void;
    read(frames: Uint8Array): number;
    turn(): boolean;
    take(): Uint8Array<ArrayBuffer> | undefined;
  }

  interface DataTransferItem {
    /** Chromium only, and the only way into folders dropped on a page opened from disk. */
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}
