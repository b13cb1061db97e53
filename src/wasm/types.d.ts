/**
 * The contract of Kashshaf's engine: what crosses the border between the
 * WebAssembly modules (the core and the readers) and JavaScript. One typed object goes in, one comes out.
 *
 * Conventions
 * - Offsets named `…Utf16` are UTF-16 code units into the text they belong to;
 *   offsets named `…Byte` are UTF-8 bytes into the page as decoded.
 * - A field that has no value is `null`; no field is ever left out of a reply.
 * - Maps are arrays of `[key, value]` pairs, in the order they should be shown.
 * - An unknown key in a request is refused with the code `unknown-option`.
 */

/** How loosely words are compared, from strictest to loosest; each step joins whole classes of the one before. */
export type Lens = 'exact' | 'marks' | 'letters' | 'clitics' | 'stem' | 'similar';

/** Letters that can be told apart although the lenses from `letters` on fold them: ة from ه, ى from ي. */
export type ApartLetter = 'teh' | 'yeh';

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
  | 'published' | 'dateline' | 'outlet' | 'keywords' | 'byline'
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
  /**
   * Where it stands: `date-line` («تاريخ النشر: …»), or beside the text: `given-field` (of a record),
   * `json-ld`, `meta-tag`, `time-element` (of an HTML page) …
   */
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
  /** Who wrote it, where the file says so in a field of its own. */
  authors: string[];
  /** Where it was published: always an `http:` or `https:` address. */
  url: string | null;
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

/** A file that the core reads by itself: text in UTF-8, UTF-16, windows-1256 or ISO-8859-6. */
export interface FileOptions {
  name: string;
  /** Came with the explorer rather than from the reader; it gets no line in the ledger. */
  bundled?: boolean;
  /** Number of the file in the import, which no other file has; default the next that is free. */
  file?: number;
}

/** What became of one file. */
export interface FileReport {
  name: string;
  /** `duplicate`: its bytes, or its folded text, are there already. */
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

// --------------------------------------------------------------- the readers
//
// Plain text goes to `Explorer.addFile`. Everything else is read by `Reader`, a
// second module that is loaded when it is needed (`SniffReply.needsReaders`):
//
//   const reader = new Reader({});
//   reader.begin({ file: 7, name: file.name, size: file.size });
//   for (let want; (want = reader.want()) !== null; ) {
//     const { from, length } = want;
//     reader.give(new Uint8Array(await file.slice(from, from + length).arrayBuffer()));
//     for (let piece; (piece = reader.take()) !== undefined; ) explorer.addRecords(piece);
//   }
//   for (let piece; (piece = reader.take()) !== undefined; ) explorer.addRecords(piece);
//
// The pieces of one reader are one stream: they go to one explorer, in order.
// They are plain bytes, to be transferred from worker to worker. After
// `cancel()` the remaining pieces are passed on too: they close the file's
// lines in the ledger. When a reader falls (a panic ends its worker), the
// explorer is told with `abandonFile`, and a new reader begins a new stream
// with `addRecords` after an `abandonFile`, which drops a cut piece.

/** What a file is. Those after `gzip` are known by name and not read yet; `media` holds no text. */
export type FileFormat =
  | 'text' | 'markdown' | 'html' | 'json' | 'jsonl' | 'csv' | 'tsv' | 'zip' | 'tar' | 'gzip'
  | 'epub' | 'docx' | 'office' | 'xml' | 'feed' | 'warc' | 'pdf' | 'conllu' | 'media' | 'index' | 'unknown';

/** A field of a record; the names of columns and keys are guessed and can be chosen. */
export type RecordField = 'title' | 'body' | 'date' | 'outlet' | 'url' | 'keywords' | 'author' | 'id' | 'description';

/** `Explorer.sniff`: what a file is, by its name and its first bytes. */
export interface SniffReply {
  format: FileFormat;
  /** Whether it must go through `Reader`; text without a known name need not. */
  needsReaders: boolean;
  /** False for a format that costs a ledger line saying what it is. */
  isRead: boolean;
}

/** Settings of a `Reader`. */
export interface ReaderRequest {
  /** Limits that differ from the stated ones: name and value. */
  limits?: [string, number][];
}

/** One limit: `text-bytes`, `html-bytes`, `html-depth`, `record-bytes`, `json-depth`, `columns`, `archive-depth`, `members`, `expansion-ratio`, `expansion-free`, `unpacked-bytes`, `nested-zip-bytes`. */
export interface LimitReply {
  name: string;
  value: number;
  unit: 'bytes' | 'elements' | 'values' | 'columns' | 'archives' | 'members' | 'ratio';
}

/** Begins a file. */
export interface BeginRequest {
  /** A number that no other file of the import has, `addFile`'s included. */
  file?: number;
  /** Its name, or its path below what was chosen. */
  name: string;
  /** Its size in bytes. */
  size?: number;
  /** What it is, if that is known better than its bytes and name tell. */
  format?: FileFormat;
  /** Its encoding, by a name of the WHATWG Encoding Standard; in an archive it holds for every member. */
  encoding?: string;
  /** Field → its columns or keys; several are joined. The fields not named are guessed. */
  fields?: [RecordField, string[]][];
}

/** Bytes `from` to `from + length` of the file. They come out of order only for ZIP archives. */
export interface WantReply {
  from: number;
  length: number;
}

export interface ProgressReply {
  file: number;
  /** Path, inside the archive, of the member being read. */
  member: string | null;
  /** Bytes of the file that were handed over. */
  bytesDone: number;
  bytesTotal: number;
  /** Members met so far. */
  members: number;
}

/** Asks what a file holds; its first bytes go beside it. */
export interface InspectRequest {
  name: string;
  format?: FileFormat;
  encoding?: string;
  fields?: [RecordField, string[]][];
}

/** For the step in which a reader says which column is what. */
export interface InspectReply {
  format: FileFormat;
  encoding: string;
  /** 0..1 */
  encodingConfidence: number;
  /** Columns of a table or keys of records (`source.name` inside an object); empty for other formats. */
  columns: ColumnReply[];
  /** The beginning of it as a text, at most 600 characters. */
  beginning: string;
  /** The first records, at most 5: the first 200 characters of each value, column by column. */
  rows: string[][];
}

export interface ColumnReply {
  name: string;
  /** The field that it is taken for. */
  field: RecordField | null;
  /** Whether its name says so, or it was chosen; a text may also be guessed by its length. */
  named: boolean;
  /** In how many of `rows` it holds something. */
  filled: number;
}

/** Asks how much memory an import will take. */
export interface ForecastRequest {
  /** Format → bytes of the files to be added. */
  files?: [FileFormat, number][];
  /** Bytes of text that are in the corpus already (`totals.bytes` of an overview). */
  present?: number;
}

/** Bytes. */
export interface ForecastReply {
  textBytes: number;
  /** Text and index when all is done. */
  indexBytes: number;
  /** The most that is held on the way. */
  peakBytes: number;
  /** What one worker has room for. */
  roomBytes: number;
  verdict: 'fits' | 'tight' | 'too-large';
}

/** What a piece of a reader's stream added. */
export interface AddedReply {
  pages: number;
  articles: number;
  words: number;
  duplicates: number;
  merged: number;
  /** Records that could not be read. */
  bad: number;
  /** Numbers of the files that are done. */
  closed: number[];
}

/** Closes what is still open of a file whose reading cannot go on. */
export interface AbandonRequest {
  file?: number;
  name: string;
  bytes?: number;
  /** Passed over on purpose rather than broken. */
  skipped?: boolean;
  code: string;
  message: string;
}

// ------------------------------------------------------------- import ledger

/**
 * What became of a file or a member of an archive. `reading`: it is not done.
 * `read`: it gave one page with at most one article. `split`: several members,
 * pages or articles. `merged`: its text, letters folded, was there already and
 * got fields of this one. `duplicate`: its bytes or its folded text were there
 * already. `skipped`: passed over on purpose, or all of it was taken out again. `failed`: nothing could be read.
 */
export type LedgerStatus = 'reading' | 'read' | 'split' | 'merged' | 'duplicate' | 'skipped' | 'failed';

/**
 * Order of the ledger's lines: numbers from the largest, names in the order of
 * their letters, `status` from what was not read; equal lines as they came.
 */
export type LedgerSort = 'arrival' | 'name' | 'status' | 'bytes' | 'articles' | 'words';

/**
 * Takes pages out of the corpus, which is from then on as if it had never had them: those with these ids, and
 * those of a source. Texts that were passed over as copies of them do not come back; whatever was taken out can
 * be added again. The lines of their sources say `taken-out`.
 */
export interface RemoveRequest {
  /** Ids of pages; one that no page has is passed over. */
  ids?: string[];
  /** All pages of this file of the ledger, those of its members too. */
  file?: number;
  /** Only those of this member of the file, and of its own members. */
  member?: number;
}

export interface RemovedReply {
  /** Pages taken out. */
  pages: number;
  /** Ids of those among them that came with the explorer. */
  bundled: string[];
}

export interface LedgerRequest {
  /** Only lines of this status. */
  status?: LedgerStatus;
  /** Only the lines of this file. */
  file?: number;
  /** Only lines whose path contains this, letters folded. */
  filter?: string;
  /** Default `arrival`. */
  sort?: LedgerSort;
  /** 1..=1000, default 100. */
  limit?: number;
  offset?: number;
}

export interface LedgerReply {
  /** Over the whole ledger, whatever was asked for. */
  totals: LedgerTotalsReply;
  /** Lines that match the request. */
  matching: number;
  lines: LedgerLineReply[];
}

export interface LedgerTotalsReply {
  files: number;
  members: number;
  /** Bytes of the files. */
  bytes: number;
  /** Bytes of the members, unpacked. */
  memberBytes: number;
  /** Lines of each status; they add up to `files + members`. */
  byStatus: [LedgerStatus, number][];
  pages: number;
  articles: number;
  words: number;
  /** Texts that were there already. */
  duplicates: number;
  merged: number;
  bad: number;
}

export interface LedgerLineReply {
  file: number;
  /** 0 for the file itself; members are numbered depth first from 1. */
  member: number;
  /** Number of the archive that holds it; null for the file itself. */
  parent: number | null;
  /** Name of the file, or path inside its archive. */
  name: string;
  /** Names of the archives around it and its own, joined by `/`. */
  path: string;
  format: FileFormat;
  status: LedgerStatus;
  /**
   * Stable code, where there is something to say. With `read` or `split`: it
   * was read in part, or some records were not read, or its text stands
   * elsewhere too (`same-text-elsewhere`). `docs/import.md` lists them.
   */
  reason: string | null;
  /** English sentence that goes with it. */
  message: string | null;
  /** Size; of a member, unpacked. */
  bytes: number;
  encoding: string | null;
  /** Members inside it, at any depth. */
  members: number;
  pages: number;
  articles: number;
  words: number;
  /** Texts of it whose bytes were there already … */
  sameBytes: number;
  /** … and whose folded text was. */
  sameText: number;
  merged: number;
  /** Pages kept although their text stands elsewhere too, under another outlet, day, address or id. */
  alsoElsewhere: number;
  /** Id of the first page that it gave. */
  page: string | null;
  /** Id of the first page met that has the same text. */
  sameAs: string | null;
  /** Records that could not be read, their bytes, and the number of the first, from 1. */
  bad: number;
  badBytes: number;
  firstBad: number | null;
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
  /** Whether names were looked for: until then `people`, `places`, `organisations` and `examples` are empty. */
  annotated: boolean;
}

// ---------------------------------------------------------------------- search

/** The order of results; equal ones in page order, what states no date or outlet last. */
export type SearchSort = 'relevance' | 'newest' | 'oldest' | 'outlet';

export type ExportFormat = 'csv' | 'csv-plain' | 'jsonl' | 'ris' | 'bibtex';

/** For `search`, `facets` and `export`. */
/**
 * `names`: a word in Latin letters also as the names of the corpus that it may be; `aliases`: a name also in its other
 * spellings, once names have been looked for.
 */
export type Also = 'names' | 'aliases';

export interface SearchRequest {
  /**
   * Words (AND), «phrases» in any quotation marks, prefix*, similar~, -not, OR, groups, fields, `=exact`, `/regex/`,
   * `one ~5 other`, `[word="…"] []{0,5} [stem="…"] within s`: docs/query-language.md.
   */
  query: string;
  /** Default `clitics`. A word of the query may ask for its own: `=word`, `stem:word`. */
  lens?: Lens;
  /** Default none. */
  apart?: ApartLetter[];
  /** What words of the query are read as too; default nothing. */
  also?: Also[];
  /** Default `articles`. */
  scope?: Scope;
  /** Default `relevance`. */
  sort?: SearchSort;
  /**
   * What relevance is made of: `bags` (`docs/lenses.md`), or BM25 over the `words` alone, without similar documents. Default:
   * bags, unless the corpus is large and they are not ready yet: they are taken while nothing is asked. `bags` waits for them.
   */
  ranking?: 'bags' | 'words';
  /** Recent documents before others, by relevance; default false. */
  recent?: boolean;
  /** Documents of this outlet before others, by relevance. */
  preferOutlet?: string;
  /** Only documents of one of these outlets; `none`: that name none. */
  outlets?: string[];
  /** Only documents published in one of these years, months or days (`2023`, `2023-09`, `2023-09-15`); `none`: undated. */
  dates?: string[];
  /** Only documents with one of these keywords; `none`: without any. */
  keywords?: string[];
  /** Only documents that mention one of these entities, by id; known once `facets` has listed them. */
  entities?: string[];
  /** Documents in the reply, 1..=1000; default 10 (of an export 500). Of `facets`: values of one facet, default 12. */
  limit?: number;
  /** Documents to skip; default 0. */
  offset?: number;
  /** Of `export` alone, which needs it. */
  format?: ExportFormat;
  /** Of `facets` alone: which are counted; default all. Over a corpus in parts each fetches its own. */
  facets?: Facet[];
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
  kind: 'word' | 'phrase' | 'prefix' | 'fuzzy' | 'wildcard' | 'regex' | 'near' | 'pattern';
  excluded: boolean;
  /** Occurrences in the scope, whether or not the other clauses match. */
  hits: number;
  /** Word forms as written that this clause matched in the scope, most frequent first (at most 24). For a phrase: its words together. */
  forms: [string, number][];
  /** Beside each of `forms` why it matched: one reason for each word of the clause (`clause` is 0 here). */
  reasons: Reason[][];
  /** Number of distinct forms, also those not listed. */
  formCount: number;
}

/** By which step a form matched: the strictest lens that tells both alike, or the operator that it fulfils. */
export type Step = Lens | 'prefix' | 'fuzzy' | 'wildcard' | 'regex' | 'pattern' | 'name' | 'alias';

/** Why a form matched a word of the query. */
export interface Reason {
  /** Number of the clause in `clauses`, and of the word in it, from 0. */
  clause: number;
  word: number;
  /** As written. */
  form: string;
  count: number;
  step: Step;
  /**
   * What the step did. `letters`: `ة→ه`, of the query and of the form; `clitics`: `+ول` stands before the form, `−ال`
   * before the word of the query; `stem`: the stem they share; `name`, `alias`: the spelling it was read as; else empty.
   */
  detail: string;
  /** Step `similar`: how much alike the two are spelled, 0 to 1. */
  share: number | null;
}

/** docs/query-language.md tells what each means. */
export type NoticeCode =
  | 'unclosed-quote' | 'only-exclusions' | 'no-words' | 'too-long' | 'unclosed-group' | 'unopened-group' | 'too-deep'
  | 'missing-operand' | 'unknown-field' | 'bad-value' | 'bad-regex' | 'large-regex' | 'bad-pattern' | 'edge-gap';

/** Something about the query worth saying; the search ran all the same. */
export interface Notice {
  code: NoticeCode;
  /** The piece of the query it speaks of. */
  text: string;
  /** Where it starts in the query. */
  atUtf16: number;
}

export interface SearchReply {
  query: string;
  lens: Lens;
  scope: Scope;
  sort: SearchSort;
  /** What relevance was made of. */
  ranking: 'bags' | 'words';
  totals: Totals;
  clauses: Clause[];
  notices: Notice[];
  /** Arabic forms of the corpus that Latin words of the query may be the name of, best first. */
  names: NameOffer[];
  /** The lenses that `around` counts beside this one, strictest first. */
  lenses: Lens[];
  hits: DocumentHit[];
  /**
   * Where none of fewer than ten documents that match a list of words is a page's own article: those with some of the
   * words; null where there are none. Where nothing matches, `limit` and `offset` count these.
   */
  some: SomeReply | null;
}

/** What stands around a search: the same request is asked again with `around`, after `search` was answered. */
export interface AroundReply {
  /**
   * Totals of the same query by lens (this scope), strictest first. `similar`, which costs most, is there only when
   * the lens is `stem` or `similar`.
   */
  byLens: [Lens, Totals][];
  /** Totals of the same query in every scope (this lens). */
  byScope: [Scope, Totals][];
  /** Where nothing matches: searches that find something. */
  ways: Way[];
  /**
   * Where fewer than ten documents match or have some of the words, and the bags rank: others with words like those of
   * the query, best first, at most ten. They are in no total; their hits are the words that are like the query's.
   */
  similar: DocumentHit[];
}

/** Documents that hold some of the words of a list, best first, counted apart; each names those that it lacks. */
export interface SomeReply {
  totals: Totals;
  hits: DocumentHit[];
}

/** A search that finds something where another finds nothing. It has no filters. */
export interface Way {
  /**
   * `no-filters`: the same without filters; `spelling`: a word nearly spelled so; `lens`, `scope`, `lens-scope`: looser, wider, both;
   * `no-exclusions`, `phrase-words`, `fewer`, `alone`: parts of the query left out.
   */
  kind: 'no-filters' | 'spelling' | 'lens' | 'scope' | 'lens-scope' | 'no-exclusions' | 'phrase-words' | 'fewer' | 'alone';
  /** The word put in (`spelling`) or left out (`fewer`); else empty. */
  text: string;
  query: string;
  lens: Lens;
  scope: Scope;
  hits: number;
  documents: number;
}

export type Facet = 'outlet' | 'date' | 'keyword' | 'entity';

/** Exact counts over all documents of a search. */
export interface FacetsReply {
  /** Documents that match the query and the filters. */
  documents: number;
  /** Values of each facet, most documents first; months in order of time, or years where months are more than 24; none of `entity` before names have been looked for. */
  facets: [Facet, FacetRow[]][];
}

export interface FacetRow {
  /** Name of the outlet or keyword, month (`2023-09`) or year, id of the entity; `none` for documents that have none. */
  value: string;
  /** Name of an entity; null for other facets. */
  label: string | null;
  /** Documents that have it, among those that the other facets leave. */
  documents: number;
  chosen: boolean;
}

export interface SuggestRequest {
  query: string;
  /** Where the caret stands, in UTF-16 code units; default at the end. */
  at?: number;
  /** 1..=1000, default 8. */
  limit?: number;
}

export interface SuggestReply {
  suggestions: Suggestion[];
}

/** How the query may go on. */
export interface Suggestion {
  /** `word` of the corpus, `name` of an entity, `outlet`; `near`: a word nearly spelled as the one typed. */
  kind: 'word' | 'name' | 'outlet' | 'near';
  text: string;
  /** The query with it; for an outlet, without the word that was typed. */
  query: string;
  /** Where the caret goes. */
  atUtf16: number;
  /** Running words with its letters; mentions of a name; articles of an outlet. */
  count: number;
}

/** A piece of the file that an export makes. */
export interface ExportReply {
  /** To be joined with the pieces before it. */
  text: string;
  /** Offset of the next piece; null when this was the last. */
  next: number | null;
  /** Documents and hits in this piece. */
  documents: number;
  hits: number;
}

/** Asks what the score of one document is made of; all but `document` is that of the search. */
export interface ExplainRequest {
  query: string;
  lens?: Lens;
  apart?: ApartLetter[];
  also?: Also[];
  scope?: Scope;
  sort?: SearchSort;
  ranking?: 'bags' | 'words';
  recent?: boolean;
  preferOutlet?: string;
  outlets?: string[];
  dates?: string[];
  keywords?: string[];
  entities?: string[];
  /** Id of a document of the scope: an article, or a page in scope `pages`. */
  document: string;
}

export interface ExplainReply {
  document: string;
  /** Where the search has it: among `hits`, among those with `some` of the words, or by its bags alone. */
  found: 'all' | 'some' | 'similar' | 'none';
  /** How many documents are better; null for `similar` and `none`. */
  rank: number | null;
  /** Documents of the scope. */
  documents: number;
  /** The score that ordered the list: the sum of the weights of its parts. */
  score: number;
  /** In the order of `ExplainedPart.part`; those that add nothing are left out. */
  parts: ExplainedPart[];
}

export interface ExplainedPart {
  /**
   * `words`: BM25 over the clauses, in the lens; `exact`: words found as typed; `bag`: BM25 over bags of words; `title`: clauses
   * found in the title; `recent`, `outlet`: where asked for (docs/lenses.md).
   */
  part: 'words' | 'exact' | 'bag' | 'title' | 'recent' | 'outlet';
  /** The sum of the weights of its terms. */
  weight: number;
  /** Words of the document by the four highest bits of their number, and the mean of all; of bags their terms; else 0. */
  length: number;
  average: number;
  terms: ExplainedTerm[];
}

/**
 * `words`, `bag`: `weight` = idf · tf / (tf + 0.6 · (0.1 + 0.9 · length / average)); `exact`: idf / 10; `title`: idf / 2; `recent`,
 * `outlet`: up to half the best score that words and exact words give.
 */
export interface ExplainedTerm {
  /** The clause as typed; of bags the term; the day; the outlet. */
  text: string;
  /** Occurrences in the document; words that are only similar count as the square of their share. Of days and outlets 0, as `df` and `idf`. */
  tf: number;
  /** Documents that have it. */
  df: number;
  /** Inverse document frequency; of bags, times its occurrences in the query. */
  idf: number;
  weight: number;
}

/** An Arabic form, or several, for words of a query in Latin letters. */
export interface NameOffer {
  /** The words as typed, parted by spaces. */
  word: string;
  /** Forms of the corpus, parted by spaces. */
  form: string;
  /** How surely this form, no other and not none, is meant: 0 to 1. */
  share: number;
  /** The query with the words replaced. */
  query: string;
  /** What that query finds in the same lens and scope. */
  hits: number;
  documents: number;
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
  /** Where it was published: always an `http:` or `https:` address. */
  url: string | null;
  /** Higher is better; `docs/lenses.md` tells of what it is made. */
  score: number;
  /** Occurrences in this document. */
  occurrences: number;
  /** Of `some`: the clauses that it lacks, by number in `clauses`; of a group that it has nothing of, the first. */
  missing: number[];
  /** Which forms matched here and why, most frequent first; at most 12, and at most five more than the query has words. */
  reasons: Reason[];
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
  apart?: ApartLetter[];
  also?: Also[];
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
  /** How its first mention was found: `lexicon` (a listed name) or `cue` (a word such as «الرئيس» stood before it)
   * or `model` (the trained recogniser). */
  evidence: 'lexicon' | 'cue' | 'model';
}

/** Which pages there are to annotate, and whether it was done. */
export interface AnnotationReply {
  /** Names the pages and their order: layers made of others are refused. */
  state: string;
  /** Pages of the corpus. */
  pages: number;
  /** Words of its pages. */
  words: number;
  /** Whether names, dates and quotes of these pages are there to be asked for. */
  ready: boolean;
  /** Whether the trained model found them, beside lists and cues. */
  trained: boolean;
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
  /** Documents in the reply, 1..=1000; all when it is not said. */
  documents?: number;
}

/** A title that stands for a person: «الرئيس الروسي». */
export interface EntityDescription {
  /** As it is written most often, without what is joined to it. */
  text: string;
  /** How often it stands for the person, beside the name or alone. */
  mentions: number;
  /** How often alone: the article says elsewhere whose title it is. */
  alone: number;
}

export interface EntityReply {
  entity: EntityRow;
  scope: Scope;
  /** Spelling as written → mentions, most frequent first. */
  spellings: [string, number][];
  /** Its spellings in the whole corpus, letters folded, most frequent first, and what joins them. */
  names: AliasName[];
  /** Other entities that may be this one, most sure first; at most 20. */
  offers: AliasOffer[];
  /** Which outlet writes it how in the scope, most mentions first; at most 60. */
  outlets: OutletSpellings[];
  /** Cue words that stood before it → times. */
  cues: [string, number][];
  /** Titles that stand for a person in the articles that name it, most frequent first. */
  descriptions: EntityDescription[];
  /** Entities mentioned in the same sentences → number of shared sentences. */
  companions: [EntityRow, number][];
  documents: EntityDocument[];
  /** The sentences behind the numbers; mentions of this entity are hits, others carry their entity. */
  sentences: EntitySentence[];
  /** Number of all sentences. */
  sentenceCount: number;
}

/** Why spellings are, or may be, one entity; `docs/aliases.md` tells what each rule joins. */
export type AliasRule = 'reader' | 'letters' | 'table' | 'listed' | 'spacing' | 'word-order' | 'article' | 'head' | 'sound' | 'script' | 'longer' | 'last-name';

export interface AliasName {
  /** As it is written most often. */
  name: string;
  /** `ar` in Arabic letters, `en` where it is the listed English name, `und-Latn` in Latin letters of any other language. */
  language: 'ar' | 'en' | 'und-Latn';
  /** In the whole corpus; bare last names are not counted. */
  mentions: number;
  /** What joins it to `beside`; null for the spelling that the others are joined to. */
  rule: AliasRule | null;
  /** 0..1, how sure that is. */
  confidence: number | null;
  beside: string | null;
}

export interface AliasGroup {
  entity: EntityRow;
  names: AliasName[];
}

/** Two entities that may be one. */
export interface AliasOffer {
  entities: EntityRow[];
  /** The spellings that were compared, one of each. */
  names: string[];
  rule: AliasRule;
  /** 0..1. */
  confidence: number;
}

export interface OutletSpellings {
  /** Null: articles that name no outlet. */
  outlet: string | null;
  /** Spelling as written → mentions. */
  spellings: [string, number][];
}

export interface AliasesRequest {
  type?: EntityType;
  /** Where entities are counted. Default `articles`. */
  scope?: Scope;
  /** Keep the entities with a spelling that contains this, letters folded. */
  filter?: string;
  /** Of offers and of groups, each 1..=1000, default 50. */
  limit?: number;
  offset?: number;
}

export interface AliasesReply {
  scope: Scope;
  /** Most sure first. */
  offers: AliasOffer[];
  offerCount: number;
  /** Entities with several spellings, most mentioned first. */
  groups: AliasGroup[];
  groupCount: number;
  /** Oldest first. */
  decisions: DecisionRow[];
  /** Decisions that no spelling of this corpus answers to. */
  idle: number;
}

/**
 * `same`: all names are one entity. `apart`: the first is another than each of the others. `rename`: the entity
 * of the one name is shown as `to`. `retype`: the names are of the type `to`. `undo` takes one back, `clear` all.
 */
export interface DecideRequest {
  action: 'same' | 'apart' | 'rename' | 'retype' | 'undo' | 'clear';
  /** Type of the names. Default `person`. */
  type?: EntityType;
  /** Spellings as they were shown. */
  names?: string[];
  to?: string;
  /** For `undo`: its number from 0 in the list of decisions. Default the last. */
  number?: number;
}

export interface DecisionRow {
  action: 'same' | 'apart' | 'rename' | 'retype';
  type: EntityType;
  names: string[];
  /** The new name or type; empty where there is none. */
  to: string;
}

export interface DecisionsReply {
  decisions: DecisionRow[];
  /** Decisions that no spelling of this corpus answers to. */
  idle: number;
}

export interface NetworkRequest {
  scope?: Scope;
  /** What two mentions must share. Default `sentence`. */
  unit?: 'sentence' | 'paragraph' | 'article';
  /** Only this entity and those it meets, most meetings first. */
  focus?: string;
  type?: EntityType;
  /** Only pairs that meet in at least so many documents. Default 1. */
  least?: number;
  /** Entities, 2..=1000, default 40. */
  limit?: number;
  /** Of a file. Default `graphml`. */
  form?: 'graphml' | 'gexf';
}

export interface NetworkReply {
  scope: Scope;
  unit: 'sentence' | 'paragraph' | 'article';
  focus: string | null;
  /** Those in most documents first; with a focus, it and those it meets most. */
  nodes: EntityRow[];
  /** Numbers of two nodes, and in how many documents they meet; heaviest first. */
  edges: [number, number, number][];
  /** Entities that the other fields of the request allow. */
  entityCount: number;
  edgeCount: number;
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

// ------------------------------------------------------------ dates, quotes

/** Where an annotation stands. */
export interface PlaceReply {
  /** Id of its article; of its page when it stands in none. */
  document: string;
  page: string;
  pageId: string;
  heading: string;
  outlets: string[];
  published: PublishedDate | null;
  /** From 1. */
  line: number;
  /** UTF-8 bytes of the page's text, end exclusive. */
  startByte: number;
  endByte: number;
}

export interface DatesRequest {
  /** Only articles that mention this entity, and dates in the sentences that do. */
  entity?: string;
  /** Over a corpus in parts: fetch the dates that texts mention too, some of its largest files; default false. */
  mentioned?: boolean;
  /** Default `articles`. */
  scope?: Scope;
  /** Only this page or article. */
  id?: string;
  /** What a bucket holds; default `auto`. */
  unit?: 'auto' | 'day' | 'month' | 'year';
  /** Rows with a value (`yes`), without (`no`), or both. */
  resolved?: 'all' | 'yes' | 'no';
  /** Only rows that touch these days, both included: `2023-09-15`. */
  from?: string;
  to?: string;
  /** Rows in the reply, 1..=1000; default 100. */
  limit?: number;
  /** Rows to skip; default 0. */
  offset?: number;
}

export interface DatesReply {
  scope: Scope;
  /** False over a corpus in parts before they were asked for: nothing is known of the dates that texts mention, only when articles were published. */
  annotated: boolean;
  unit: 'day' | 'month' | 'year';
  /** Articles by the day they were published, in order of time. */
  published: TimeBucket[];
  /** Dates mentioned in the texts, date lines aside, in order of time. */
  mentioned: TimeBucket[];
  /** Mentioned dates with a value longer than the unit: in no bucket. */
  longer: number;
  datedArticles: number;
  undatedArticles: number;
  /** Mentioned dates with a value and without one. */
  resolved: number;
  unresolved: number;
  /** Rows that match the request. */
  matching: number;
  rows: DateRow[];
}

export interface TimeBucket {
  /** `2023-09-15`, `2023-09` or `2023`. */
  key: string;
  /** First and last day. */
  from: string;
  to: string;
  /** Articles or dates. */
  count: number;
  /** Pages that they stand on. */
  pages: number;
}

/** A date mentioned; `docs/dates.md` tells what its rules and flags mean. */
export interface DateRow {
  place: PlaceReply;
  /** As written. */
  words: string;
  /** ISO 8601 day, week, month, year or interval; null without a day to count from. */
  value: string | null;
  kind: 'day' | 'week' | 'month' | 'year' | 'years' | 'months' | 'days' | null;
  /** First and last day of the value. */
  from: string | null;
  to: string | null;
  anchor: 'explicit' | 'published' | null;
  /** Code of the rule that gave the value. */
  rule: string;
  /** Day its article was published; null when it states none. */
  seenFrom: string | null;
  flags: string[];
  /** What the article's own full dates suggest where there is no value. */
  suggestion: string | null;
  /** The line around it; the date is the hit. */
  segments: Segment[];
}

/** What is to be known of the marks; `docs/quotes.md`. */
export type QuoteFlag = 'unclosed' | 'unopened' | 'misdirected' | 'nested' | 'across-lines';

export type QuoteKind = 'direct' | 'fragment' | 'headline' | 'reported' | 'scare';

export interface QuotesRequest {
  /** Only those that mention this entity and are not its own. */
  about?: string;
  /** Id of an entity. */
  speaker?: string;
  /** Name of an outlet, as the pages name it. */
  outlet?: string;
  /** `speech` is all but `scare`; default `all`. */
  kind?: 'all' | 'speech' | QuoteKind;
  /** Only those that hold this, letters folded. */
  filter?: string;
  /** Default `articles`; headlines listed by pages count in `pages`. */
  scope?: Scope;
  /** Rows in the reply, 1..=1000; default 50. */
  limit?: number;
  /** Rows to skip; default 0. */
  offset?: number;
}

export interface QuotesReply {
  scope: Scope;
  /** Quotes of each kind that match the other fields of the request. */
  totals: [QuoteKind, number][];
  /** Speakers of what matches, most quotes first, the speaker of the request aside; at most 100. */
  speakers: SpeakerRow[];
  /** Speech that is credited to no name. */
  unattributed: number;
  /** Outlet → quotes in its articles. */
  outlets: [string, number][];
  /** Rows that match the request. */
  matching: number;
  rows: QuoteRow[];
}

export interface SpeakerRow {
  id: string;
  name: string;
  type: EntityType;
  quotes: number;
}

/** Who speaks or hands on. */
export interface SpeakerReply {
  /** Entity id → name; several when they speak together, none when no name answers to the words. */
  entities: [string, string][];
  /** As written. */
  words: string | null;
  /** Code of the rule that found the speaker; `docs/quotes.md` lists them. */
  rule: string;
}

export interface QuoteRow {
  place: PlaceReply;
  kind: QuoteKind;
  /** Code of the rule that decided the kind. */
  rule: string;
  /** Without marks. */
  words: string;
  speaker: SpeakerReply;
  /** The cue word as written, without a conjunction. */
  cue: string | null;
  /** Entity id and name. */
  addressee: [string, string] | null;
  /** Who hands it on, the outermost first. */
  relay: SpeakerReply[];
  flags: QuoteFlag[];
  /** The line around it, the quote is the hit; in a conflict the quote, the shared words are hits. */
  segments: Segment[];
}

export interface ConflictsRequest {
  /** Default `articles`. */
  scope?: Scope;
  /** Rows in the reply, 1..=1000; default 50. */
  limit?: number;
  /** Rows to skip; default 0. */
  offset?: number;
}

export interface ConflictsReply {
  scope: Scope;
  matching: number;
  rows: ConflictRow[];
}

/** The same words, letters folded, credited to different speakers. */
export interface ConflictRow {
  quotes: QuoteRow[];
}
