/** Types the shell shares: the engine as the views need it, the state a link carries, the context a view works in. */
import type { Kept } from '../engine/shelf.js';
import type {
  AliasesReply, AliasesRequest, AroundReply, DecideRequest, DecisionsReply, NetworkReply, NetworkRequest, ConflictsReply, ConflictsRequest, DatesReply, DatesRequest, QuoteKind, QuotesReply, QuotesRequest,
  EntitiesReply, EntitiesRequest, EntityReply, ExplainReply, ExplainRequest, EntityRequest, EntityType, FileReport, ForecastReply, LedgerReply,
  LedgerRequest, LedgerSort, LedgerStatus, Lens, LimitReply, OverviewReply, OverviewRequest, PageReply, PageRequest, Scope,
  RemoveRequest, ExportReply, FacetsReply, SearchReply, SearchRequest, SearchSort, SuggestReply, SuggestRequest,
} from '../../src/wasm/types.d.ts';
import type { Imported } from '../engine/client.js';
import type { ReadAs } from '../engine/feeder.js';
import type { Asker, Question } from '../engine/importer.js';
import type { FileEntry } from '../engine/protocol.js';
import type { Texts } from '../i18n/index.js';

export type Language = 'ar' | 'en';
export type Theme = 'auto' | 'light' | 'dark';
export type Digits = 'latin' | 'arabic';
export type ViewName = 'overview' | 'search' | 'reader' | 'entities' | 'entity' | 'spellings' | 'network' | 'quotes' | 'timeline' | 'files' | 'about';

/** Files and bytes of an import, so far and in all; the totals grow until all files are counted. */
export interface ImportProgress {
  done: number;
  total: number;
  bytesDone: number;
  bytesTotal: number;
  isCounted: boolean;
  /** Name of the file in hand, and of the member of an archive. */
  current: string | null;
  member: string | null;
  /** Only questions are left. */
  isWaiting: boolean;
}

interface Cancellable { signal?: AbortSignal }

/** What the shell asks of an engine; `engine/client.js` has it, and so may a stand-in in a test. */
export interface ExplorerEngine extends EventTarget {
  readonly ready: Promise<void>;
  /** What became of the bundled pages. */
  readonly reports: FileReport[];
  /** Why names are found without the trained model; null while it works or was not asked for. */
  readonly modelError: unknown;
  /** Whether the corpus is read in parts, which cannot answer everything; known once it is `ready`. */
  readonly isInParts: boolean;
  /** Address of the same corpus as one index, where it is read in parts and there is one. */
  readonly whole: URL | null;
  overview(request?: OverviewRequest, options?: Cancellable & { names?: 'wanted' | 'as-they-are' }): Promise<OverviewReply>;
  search(request: SearchRequest, options?: Cancellable): Promise<SearchReply>;
  around(request: SearchRequest, options?: Cancellable): Promise<AroundReply>;
  explain(request: ExplainRequest, options?: Cancellable): Promise<ExplainReply>;
  facets(request: SearchRequest, options?: Cancellable): Promise<FacetsReply>;
  suggest(request: SuggestRequest, options?: Cancellable): Promise<SuggestReply>;
  exported(request: SearchRequest, options?: Cancellable): AsyncGenerator<ExportReply>;
  page(request: PageRequest, options?: Cancellable): Promise<PageReply>;
  entities(request: EntitiesRequest, options?: Cancellable): Promise<EntitiesReply>;
  entity(request: EntityRequest, options?: Cancellable): Promise<EntityReply>;
  dates(request?: DatesRequest, options?: Cancellable): Promise<DatesReply>;
  quotes(request?: QuotesRequest, options?: Cancellable): Promise<QuotesReply>;
  conflicts(request?: ConflictsRequest, options?: Cancellable): Promise<ConflictsReply>;
  aliases(request?: AliasesRequest, options?: Cancellable): Promise<AliasesReply>;
  decide(request: DecideRequest): Promise<DecisionsReply>;
  decisionsFile(): Promise<string>;
  loadDecisions(text: string): Promise<DecisionsReply>;
  network(request?: NetworkRequest, options?: Cancellable): Promise<NetworkReply>;
  networkFile(request?: NetworkRequest, options?: Cancellable): Promise<string>;
  addFiles(entries: AsyncIterable<FileEntry>, options?: Cancellable & Asker & { onProgress?: (progress: ImportProgress) => void }): Promise<Imported>;
  ledger(request?: LedgerRequest, options?: Cancellable): Promise<LedgerReply>;
  ledgerFile(form: 'csv' | 'json'): Promise<string>;
  saveIndex(): Promise<ArrayBuffer>;
  limits(): Promise<{ name: string; value: number; unit: LimitReply['unit'] }[]>;
  look(file: number, member?: number): Promise<Question>;
  /** Page rules of the reader's own that are in force. */
  readonly rules: string;
  setRules(rules: string): Promise<number>;
  bundledRules(): Promise<string>;
  readAgain(file: number, readAs: ReadAs): Promise<Imported>;
  removePages(request: RemoveRequest): Promise<Imported>;
  bringBack(): Promise<Imported>;
  readonly takenOut: { pages: number; bundled: string[] };
}

export interface AppOptions {
  engine: ExplorerEngine;
  language: Language;
  /** Keep the state in the page's URL hash; otherwise in memory. */
  permalink: boolean;
  theme: Theme;
  /** No adding of files. */
  readonly: boolean;
}

/** Everything a reader does; `ui/state.js` writes it to the hash and reads it back. */
export interface State {
  view: ViewName;
  query: string;
  lens: Lens;
  scope: Scope;
  /** Letters told apart although the lens folds them, joined by a dot; empty for none. */
  apart: string;
  /** Spellings that words are read in too, joined by a dot; `none` for none. */
  also: string;
  /** Order of the results. */
  order: SearchSort;
  /** Recent documents before others, by relevance. */
  recent: boolean;
  /** Values chosen of each facet, one a line. */
  inOutlets: string;
  inDates: string;
  inKeywords: string;
  inEntities: string;
  /** Results shown in the search view. */
  shown: number;
  /** Page, article or entity id of the reader and the entity page. */
  id: string;
  /** The current hit in the reader, from 1; 0 for none chosen. */
  hit: number;
  /** Byte of the page the reader starts looking at; -1 for none. */
  at: number;
  /** Page extras (furniture) in the reader. */
  extras: 'show' | 'hide';
  /** Mark the names of entities in the reader. */
  names: boolean;
  /** The entity whose mentions the reader sets apart. */
  name: string;
  type: EntityType;
  filter: string;
  /** Which list of the quotes. */
  tab: 'quotes' | 'conflicts';
  kind: 'speech' | QuoteKind;
  /** Entity id; empty for every speaker. */
  speaker: string;
  /** Name of an outlet; empty for every one. */
  outlet: string;
  /** Entity id: only quotes of others that mention it; empty for all. */
  about: string;
  /** Type of names in the workbench and the network. */
  of: 'all' | EntityType;
  /** What two names of the network must share. */
  within: 'sentence' | 'paragraph' | 'article';
  /** How the network is shown. */
  as: 'picture' | 'table';
  /** Names in the network. */
  many: number;
  /** Fewest documents in which two names meet. */
  least: number;
  /** What a bucket of the timeline holds. */
  unit: 'auto' | 'day' | 'month' | 'year';
  /** Dates of the timeline's table: all, with a value, without. */
  resolved: 'all' | 'yes' | 'no';
  /** First and last day that the table's dates touch, `2023-09-15`; empty for no bound. */
  from: string;
  to: string;
  ledgerStatus: LedgerStatus | 'all';
  ledgerSort: LedgerSort;
  /** Page of the ledger, from 1. */
  ledgerPage: number;
  /** Fingerprint, or its beginning, of the corpus that a link was made on. */
  corpus: string;
  /** Page rules of the reader's own, where they are short enough for an address. */
  rules: string;
  language: Language;
  theme: Theme;
  digits: Digits;
  /** Single-key shortcuts. */
  keys: boolean;
}

export interface NavigateOptions {
  /** Replace the current history entry rather than add one. */
  replace?: boolean;
  /** Only the address changes: nothing is drawn again. */
  quiet?: boolean;
}

/** What a view is handed. */
export interface Context {
  engine: ExplorerEngine;
  options: AppOptions;
  texts: Texts;
  state: State;
  /** Aborted when the reader goes elsewhere. */
  signal: AbortSignal;
  intake: Intake;
  /** The overview in the state's scope, asked once per corpus. */
  /** As it is now; names may not have been looked for. */
  overview(): Promise<OverviewReply>;
  /** The same once names were looked for. */
  namedOverview(): Promise<OverviewReply>;
  navigate(patch: Partial<State>, options?: NavigateOptions): void;
  /** The address of the current state with a patch. */
  link(patch: Partial<State>): string;
  /** The whole address of the current state, the corpus's fingerprint in it. */
  permalink(): Promise<string>;
  announce(text: string): void;
  /** Where a dialog goes. */
  frame(): HTMLElement;
}

/** A view, drawn. */
export interface DrawnView {
  node: Node;
  /** Title of the page and text for the announcer. */
  title: string;
  /** Called once the node is in the page; `arrived` when the reader came here, not when the view was drawn anew in place. */
  shown?: (arrived: boolean) => void;
  /** Keys of this view: return true when the key was used. */
  key?: (name: string) => boolean;
  /** Called before another view takes its place. */
  dispose?: () => void;
}

/** Null passes the files over. */
export interface PendingQuestion {
  question: Question;
  answer(readAs: ReadAs | null): void;
}

/** Page rules being put in force, how many are, or why they are not. */
export type RulesOutcome = 'working' | { count: number } | { error: unknown } | null;

/** What was done to the corpus. */
export type IntakeDeed = 'added' | 'taken-out' | 'brought-back';

/** Adding files and taking pages out, one after another. */
export interface Intake extends EventTarget {
  readonly progress: ImportProgress | null;
  /** Whether something is under way; without progress the index is made anew. */
  readonly isWorking: boolean;
  /** Imports that wait for the one under way. */
  readonly waiting: number;
  /** What the import under way asks of the reader; the first is shown. */
  readonly questions: readonly PendingQuestion[];
  /** Told when an import comes near the room there is; `answer` when it waits for a word. */
  readonly forecast: { reply: ForecastReply; answer: ((goOn: boolean) => void) | null } | null;
  /** A text that is half typed, and whether its form stands open. */
  readonly draft: {
    text: string; name: string; isOpen: boolean;
    /** Page rules that are half written; null when those in force are shown. */
    rules: string | null; rulesOpen: boolean;
    /** What came of using them last, and what shows it in the panel that stands now. */
    rulesOutcome: RulesOutcome; showRules: (() => void) | null;
    /** Whether the corpus is being saved or kept, whether it is kept as far as this page did it, what to say of the last time, and what shows it in the panel that stands now. */
    isKeeping: boolean; isKept: boolean | null; keptSaid: ((texts: Texts) => Node) | null; showKept: (() => void) | null;
  };
  addFiles(files: FileList): void;
  /** `textName` goes to text that comes without a name. */
  addDrop(transfer: DataTransfer, textName: string): void;
  addText(text: string, name: string): void;
  addKept(kept: Kept): void;
  /** Reads a file of the ledger again in another way. */
  readAgain(file: number, readAs: ReadAs): void;
  takeOut(request: RemoveRequest): void;
  /** Brings back what was taken out last. */
  bringBack(): void;
  /** Stops the import under way and those that wait; what was read stays. */
  cancel(): void;
}
