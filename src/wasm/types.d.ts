/**
 * The contract of Kashshaf's engine: what crosses the border between the
 * WebAssembly core and JavaScript. One typed object goes in, one comes out.
 *
 * Conventions
 * - Offsets named `…Utf16` are UTF-16 code units into the text they belong to;
 *   offsets named `…Byte` are UTF-8 bytes into the page as decoded.
 * - A field that has no value is `null`; no field is ever left out of a reply.
 * - Maps are arrays of `[key, value]` pairs, in the order they should be shown.
 * - An unknown key in a request is refused with the code `unknown-option`.
 */

/** How loosely words are compared, from strictest to loosest; each step joins whole classes of the one before. */
export type Lens = 'exact' | 'marks' | 'letters' | 'clitics';

/**
 * Where to look. `main`: the page's own article. `articles`: main and embedded
 * articles, each a document of its own. `pages`: all the text of a page,
 * furniture included, each page one document.
 */
export type Scope = 'main' | 'articles' | 'pages';

/** `main`: the page's own article; `embedded`: one that the page carries after a «read also» marker; `none`: a page without an article. */
export type Role = 'main' | 'embedded' | 'none';

/** What a stretch of a page is. */
export type PartKind =
  | 'title' | 'body'
  | 'published' | 'dateline' | 'outlet' | 'keywords'
  | 'headline'
  | 'read-also' | 'related' | 'share' | 'boilerplate' | 'unclassified'
  | 'blank';

/** The family a part belongs to; `headlines` and `furniture` stand outside every article. */
export type PartGroup = 'article' | 'metadata' | 'headlines' | 'furniture' | 'blank';

/** A date an article states, and where it was found. */
export interface PublishedDate {
  /** ISO 8601 calendar day, `2023-09-18`. */
  iso: string;
  /** The words as written. */
  raw: string;
  /** Which kind of line states it: `date-line` («تاريخ النشر: …») … */
  origin: string;
}

/** What words stand in. */
export type WordGroup = 'main' | 'embedded' | 'metadata' | 'headlines' | 'furniture';

/** One article of a page. */
export interface ArticleInfo {
  /** Document id: first 16 hex digits of the SHA-256 of the source bytes, `.`, ordinal in the page from 1. */
  id: string;
  /** File name of its page. */
  page: string;
  pageId: string;
  role: Role;
  title: string | null;
  published: PublishedDate | null;
  /** Place named in a dateline such as «البلاد (موسكو)». */
  datelinePlace: string | null;
  outlets: string[];
  keywords: string[];
  /** A keyword line whose entries cannot be told apart, as written. */
  keywordsRaw: string | null;
  /** Words (tokens) of title and body. */
  words: number;
}

/** One page (one source file). */
export interface PageInfo {
  /** First 16 hex digits of the SHA-256 of the source bytes. */
  id: string;
  name: string;
  /** Title of its main article, else the first words of its text. */
  heading: string;
  bytes: number;
  encoding: string;
  /** A stable code, e.g. `invalid-utf8-replaced`; null when all is well. */
  warning: string | null;
  words: number;
  /** Words by what they stand in, largest first. */
  wordsByGroup: [WordGroup, number][];
  articles: ArticleInfo[];
  /** Headlines of other articles that the page lists. */
  headlines: string[];
  /** Part of the bundled corpus rather than added by the reader. */
  bundled: boolean;
}

/** A piece of text; `hit` says it matched the query, `entity` names the entity it mentions. */
export interface Segment {
  text: string;
  hit: boolean;
  entity: string | null;
}

// ---------------------------------------------------------------- adding files

/** What became of one file. */
export interface FileReport {
  name: string;
  status: 'read' | 'duplicate' | 'failed';
  /** Page id, when it was read or is a duplicate of a page already there. */
  id: string | null;
  bytes: number;
  /** Detected encoding, e.g. `utf-8`, `windows-1256`; null when nothing could be read. */
  encoding: string | null;
  /** Articles found. */
  articles: number;
  words: number;
  /** A stable code for something the reader should know although the file was read. */
  warning: string | null;
  error: ExplorerErrorData | null;
}

// -------------------------------------------------------------------- overview

export interface OverviewRequest {
  /** Default `articles`. */
  scope?: Scope;
  /** Pages in the reply, 1..=1000; default 50. */
  limit?: number;
  /** Pages to skip; default 0. */
  offset?: number;
}

export interface OverviewReply {
  /** SHA-256 of the sorted full digests of the pages: the same texts give the same fingerprint in any order. */
  fingerprint: string;
  versions: { engine: string; parser: number; tokenizer: number };
  /** The pages asked for; `totals.pages` counts all. */
  pages: PageInfo[];
  totals: {
    pages: number;
    mainArticles: number;
    embeddedArticles: number;
    pagesWithoutArticle: number;
    /** Running words of all pages. */
    words: number;
    /** Distinct word forms as written. */
    forms: number;
    bytes: number;
  };
  wordsByGroup: [WordGroup, number][];
  /** Articles that state a date and those that do not. */
  dated: number;
  undated: number;
  earliest: string | null;
  latest: string | null;
  /** Outlet → number of articles that name it. */
  outlets: [string, number][];
  /** Most mentioned entities in the scope, a few of each type. */
  people: EntityRow[];
  places: EntityRow[];
  organisations: EntityRow[];
  /** Queries made from this corpus, to try. */
  examples: string[];
}

// ---------------------------------------------------------------------- search

export interface SearchRequest {
  /** Words (AND), «phrases» in any quotation marks, prefix*, -not. */
  query: string;
  /** Default `clitics`. */
  lens?: Lens;
  /** Default `articles`. */
  scope?: Scope;
  /** Documents in the reply, 1..=1000; default 10. */
  limit?: number;
  /** Documents to skip; default 0. */
  offset?: number;
}

export interface Totals {
  /** Matching occurrences; a phrase is one. */
  hits: number;
  documents: number;
}

/** One clause of the query as the engine understood it. */
export interface Clause {
  /** As typed, without its operator. */
  text: string;
  kind: 'word' | 'phrase' | 'prefix';
  excluded: boolean;
  /** Occurrences in the scope, whether or not the other clauses match. */
  hits: number;
  /** Word forms as written that this clause matched in the scope, most frequent first (at most 24). For a phrase: its words together. */
  forms: [string, number][];
  /** Number of distinct forms, also those not listed. */
  formCount: number;
}

/** Something about the query worth saying; the search ran all the same. */
export interface Notice {
  /** `unclosed-quote` | `only-exclusions` | `no-words` | `too-long` */
  code: string;
  /** The piece of the query it speaks of. */
  text: string;
  /** Where it starts in the query. */
  atUtf16: number;
}

export interface SearchReply {
  query: string;
  lens: Lens;
  scope: Scope;
  totals: Totals;
  clauses: Clause[];
  notices: Notice[];
  /** Totals of the same query in every lens (this scope), strictest first. */
  byLens: [Lens, Totals][];
  /** Totals of the same query in every scope (this lens). */
  byScope: [Scope, Totals][];
  hits: DocumentHit[];
}

export interface DocumentHit {
  /** Article id, or page id in scope `pages`. */
  document: string;
  /** File name of the page. */
  page: string;
  pageId: string;
  /** Article id; null in scope `pages`. */
  article: string | null;
  role: Role;
  /** Title of the article (of the page's main article in scope `pages`), else null. */
  title: string | null;
  /** The title, else the first words of the text with an ellipsis. */
  heading: string;
  /** The title with its hits; empty when there is no title. */
  titleSegments: Segment[];
  published: PublishedDate | null;
  outlets: string[];
  /** BM25, higher is better. */
  score: number;
  /** Occurrences in this document. */
  occurrences: number;
  /** The best passage, cut from the text as written; an ellipsis is the shell's business. */
  snippet: Segment[];
  /** True when the snippet does not start / end at the start / end of its paragraph. */
  snippetCutBefore: boolean;
  snippetCutAfter: boolean;
}

// --------------------------------------------------------------------- reading

export interface PageRequest {
  /** A page id or an article id. */
  id: string;
  /** Highlight this query's hits … */
  query?: string;
  /** … in this lens (default `clitics`) and scope (default `articles`). */
  lens?: Lens;
  scope?: Scope;
  /** Mark the mentions of entities; default false. */
  entities?: boolean;
  /** Start at this byte of the page (a multiple-page text is read in pieces); default 0. */
  fromByte?: number;
}

/** A page to go to. */
export interface PageLink {
  id: string;
  heading: string;
}

export interface PageReply {
  page: PageInfo;
  /** Its neighbours in the corpus; null at either end. */
  previous: PageLink | null;
  next: PageLink | null;
  /** The article asked for, or null when a page was asked for. */
  article: string | null;
  /** Every part in page order; together they are the page's text from `fromByte` on. */
  parts: PartView[];
  /** Where the next piece starts; null when the text is complete. */
  nextByte: number | null;
  totals: Totals;
  notices: Notice[];
}

export interface PartView {
  kind: PartKind;
  group: PartGroup;
  /** Id of the article it belongs to; null for what stands outside every article. */
  article: string | null;
  startByte: number;
  endByte: number;
  /** 1-based line the part starts on. */
  line: number;
  segments: Segment[];
  /** Stable code of the rule that decided, e.g. `cue-source`, `list-item`, `glued-headlines`. */
  reason: string;
  /** 0..1, how sure the rule is. */
  confidence: number;
}

// -------------------------------------------------------------------- entities

export type EntityType = 'person' | 'place' | 'organisation';

export interface EntityRow {
  /** Stable within a corpus; goes into links. */
  id: string;
  type: EntityType;
  name: string;
  english: string | null;
  mentions: number;
  documents: number;
  /** How it was found: `lexicon` (a listed name) or `cue` (a word such as «الرئيس» stood before it). */
  evidence: 'lexicon' | 'cue';
}

export interface EntitiesRequest {
  type?: EntityType;
  /** Default `articles`. */
  scope?: Scope;
  /** Keep the entities whose name or a spelling contains this, letters folded. */
  filter?: string;
  /** 1..=1000, default 100. */
  limit?: number;
  offset?: number;
}

export interface EntitiesReply {
  scope: Scope;
  /** Entities of each type in the scope (after the filter). */
  totals: [EntityType, number][];
  rows: EntityRow[];
}

export interface EntityRequest {
  id: string;
  scope?: Scope;
  /** Sentences in the reply, 1..=1000, default 50. */
  limit?: number;
  offset?: number;
}

export interface EntityReply {
  entity: EntityRow;
  scope: Scope;
  /** Spelling as written → mentions, most frequent first. */
  spellings: [string, number][];
  /** Cue words that stood before it → times. */
  cues: [string, number][];
  /** Entities mentioned in the same sentences → number of shared sentences. */
  companions: [EntityRow, number][];
  documents: EntityDocument[];
  /** The sentences behind the numbers; mentions of this entity are hits, others carry their entity. */
  sentences: EntitySentence[];
  /** Number of all sentences. */
  sentenceCount: number;
}

export interface EntityDocument {
  document: string;
  page: string;
  pageId: string;
  title: string | null;
  /** The title, else the first words of the text with an ellipsis. */
  heading: string;
  mentions: number;
}

export interface EntitySentence {
  document: string;
  page: string;
  pageId: string;
  title: string | null;
  /** The title, else the first words of the text with an ellipsis. */
  heading: string;
  /** Byte in the page where the sentence starts. */
  startByte: number;
  segments: Segment[];
}

// ---------------------------------------------------------------------- errors

/** Plain data of an error; the client rebuilds an `ExplorerError` from it. */
export interface ExplorerErrorData {
  name: 'ExplorerError';
  /** Stable kebab-case code, e.g. `empty-file`, `binary-file`, `unknown-option`, `unknown-document`. */
  code: string;
  /** English sentence: what was found, what is allowed, what to do. */
  message: string;
  /** Observed and allowed values by name. */
  details: [string, string][];
}
