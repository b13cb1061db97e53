//! What `--help` says.

pub(crate) const GENERAL: &str = "\
kashshaf: an Arabic-first corpus explorer

usage: kashshaf parse [READING] FILE…
       kashshaf annotate [--decisions FILE] [READING] FILE…
       kashshaf network [OPTION]… [READING] FILE…
       kashshaf index -o INDEX [--names | --part I/N] [READING] FILE…
       kashshaf merge -o INDEX [--names] SEGMENT…
       kashshaf search --corpus PATH… | --index INDEX [--lens LENS] [--scope SCOPE] [--limit N] [READING] QUERY
       kashshaf run --corpus DOCS.jsonl | --index INDEX --queries QUERIES.tsv [--limit N] [READING]
       kashshaf tag [--model FILE] < TOKENS
       kashshaf match-names --names FILE [--limit N] [--all] < QUERIES
       kashshaf COMMAND --help

parse   split pages into articles and everything else; one JSON object an article
annotate  mark names, dates and quotes; one JSON object a page
index   read files and write their index, which the page and the other commands open
merge   make segments of an index one
network  tell who is mentioned with whom; a GraphML or GEXF file
search  find words, phrases and prefixes in pages; one JSON object
run     rank records for many queries; a TREC run file
tag     tag tokens as people, places and organisations; CoNLL columns
match-names
        find the Arabic names that names in Latin letters stand for

READING, for all that take files: --format, --encoding, --field, --rules, --ledger. Files may be text, Markdown,
HTML, JSON, JSON lines, CSV, TSV, and ZIP, TAR and gzip archives of these.

Data goes to standard output, messages to standard error.
Exit status: 0 done (also when nothing was found), 1 some input failed, 2 wrong use.
";

pub(crate) const NETWORK: &str = "\
usage: kashshaf network [--unit UNIT] [--scope SCOPE] [--type TYPE] [--focus ID] [--least N] [--nodes N]
                        [--form graphml|gexf] [--decisions FILE] [READING] FILE…

Finds names, joins their spellings, and prints who is mentioned with whom; weights count
documents. Files and folders are read as one corpus.

  --unit UNIT       what two must share: sentence (default), paragraph, article
  --scope SCOPE     main, articles (default), pages
  --type TYPE       only person, place or organisation
  --focus ID        only this entity and those it meets, such as person:فلاديمير-بوتين
  --least N         only pairs that meet in at least N documents
  --nodes N         entities, those in most documents first; 2 to 1000, default 1000
  --form FORM       graphml (default) or gexf
  --decisions FILE  decisions about spellings, saved by the name workbench
";

pub(crate) const PARSE: &str = "\
usage: kashshaf parse [--format NAME] [--encoding NAME] [--field F=COLUMN]… [--ledger FILE]
                      [--rules FILE] FILE…

Splits each page and prints one JSON object an article, one on each line; a page
without an article prints one object with the role none. A file may hold many
pages: the records of a table or a JSON file, the members of an archive.

  --format NAME     what the files are: text, markdown, html, json, jsonl, csv, tsv, zip, tar, gzip
  --encoding NAME   utf-8, utf-16le, utf-16be, windows-1256, iso-8859-6, …
  --field F=COLUMN  where a record has its title, body, date, outlet, url, keywords, author,
                    id or description; several columns are parted by commas
  --rules FILE      page rules of your own beside the bundled ones; docs/anatomy.md tells the format
  --ledger FILE     write what became of every file and member: CSV if FILE ends in .csv, else JSON
Formats, encodings and fields are told from the files themselves where they are not given.

  page              file name
  article           article id: 16 hex digits of the page's SHA-256, a dot, a number; or null
  role              main, embedded or none
  title             or null
  published         ISO date, or null: only what the page states about this article
  published_origin  which kind of line states it, or null
  dateline_place    place named before the text, or null
  outlets           as the page names them
  keywords          those that can be told apart
  keywords_raw      those that cannot, as written, or null
  authors, url      only where the file states them
  spans             [[first, last], …] 1-based lines of the body
and on the first object of a page
  headlines         titles of other articles that the page lists
  encoding          as detected
  parts             [{kind, article, start, end, line, reason, confidence}, …]: every byte of
                    the text (as UTF-8), in order; together they are the page
";

pub(crate) const ANNOTATE: &str = "\
usage: kashshaf annotate [--decisions FILE] FILE…

Marks names, dates and quotes; files and folders are read as one corpus. Spellings
of one name are joined, by rules and by the decisions that the name workbench
saved to FILE. Prints one JSON object a page, one on each line:

  page      file name
  mentions  [{line, start, end, type, canonical}, …]: PER, LOC or ORG, the entity's name
  dates     [{line, start, end, value, anchor}, …]: ISO 8601 day, week, month, year or
            interval; anchor is explicit, published, or null with the value null where the
            article states no day to count from
  quotes    [{line, start, end, kind, speaker, cue, relay}, …]: direct, fragment, headline,
            reported, or scare (marks that are no speech); speaker is a name, a list of names
            or null; relay lists who hands it on, the outermost first

Lines count from 1, offsets in code points within the line, end exclusive. Spans leave
out what is joined before a name or a date, and the marks of a quote; a quote over
several lines has an object for each.
";

pub(crate) const INDEX: &str = "\
usage: kashshaf index -o INDEX [--names | --part I/N] [READING] FILE…

Reads files, and folders with all that is in them, and writes their index: one
file that holds the texts too, that the page opens when it is dropped there, and
that kashshaf search --index INDEX asks without reading the texts again.

  -o, --output INDEX  where the index goes. A folder (one that is there, or ends
                      with /) gets it twice: as the file corpus.kashshaf, and in parts of some
                      20 kB that a page fetches when a question needs them, from any static host;
                      its index.json is what the page is given as src
  --names             finds names, dates and quotes too, with the built-in model, and keeps
                      them in the file: whoever opens it need not find them again
  --part I/N          only the I-th of N shares of the files, as a segment: run N of
                      these anywhere, then kashshaf merge. Copies are found on merging,
                      so that N does not change the result
  --format, --encoding, --field, --rules, --ledger: as kashshaf parse --help says

Prints {format, kind, file, bytes, text_bytes, sections, pages, articles, words, forms, fingerprint, parts};
sections are [[name, bytes], …], which docs/index-format.md tells of.
";

pub(crate) const MERGE: &str = "\
usage: kashshaf merge -o INDEX [--names] [--without ID,…]… [--ledger FILE] SEGMENT…

Makes the segments that kashshaf index --part wrote one index: the same file, byte
for byte, as one run over all files writes, in whatever order the segments come.
Whole indexes can be merged too; a text that stands in several counts once.

  -o, --output INDEX  where the index goes; a folder gets it in parts too, as with
                      kashshaf index
  --without ID,…      leaves out the pages with these ids (16 hex digits), which is also the way to
                      take pages out of one index; texts that were passed over as their copies
                      do not take their places, and the ledger says taken-out
  --names             as with kashshaf index, over the whole
  --ledger FILE       as kashshaf parse --help says

Prints {format, kind, file, bytes, text_bytes, sections, pages, articles, words, forms, fingerprint, parts};
sections are [[name, bytes], …], which docs/index-format.md tells of.
";

pub(crate) const SEARCH: &str = "\
usage: kashshaf search --corpus PATH… | --index INDEX [--lens LENS] [--scope SCOPE] [--limit N]
                       [--sort ORDER] [--outlet NAME]… [--date DATE]… [--keyword WORD]…
                       [--export FORMAT] QUERY

Searches files and folders; the query is the last argument:
  بوتين كيم          both words (AND); بوتين | كيم  either
  «الرئيس الروسي»    a phrase, in any quotation marks
  بوت*  ب?ت*ن        words that begin so, wildcards; /…/  an expression
  -ترامب             documents without it
  =الروسى            as written; stem:كتاب  in the lens of that name
  بوتين ~5 كيم       near each other
  outlet:… date:2023-09 role:main title:…, [word=\"…\"] []{0,5} [lemma=\"…\"] within s: docs/query-language.md

  --corpus PATH…  files, or folders read with all that is in them
  --index INDEX   instead: an index that kashshaf index or the page wrote
  --lens LENS     exact, marks, letters, clitics (default), stem or similar: how loosely words are compared
  --why           adds forms: [{word, form, count, step, detail, share}] to each hit: what matched and why; and
                  parts: [{part, weight, length, average, terms: [{text, tf, df, idf, weight}]}]: what adds up to the score
  --also names    reads Latin words as the Arabic names of the corpus that they may be too
  --apart teh,yeh tell ة from ه, ى from ي, although the lens folds them
  --scope SCOPE   main, articles (default) or pages
  --limit N       documents printed, 1 to 1000000, best first (default 10); totals count all
  --sort ORDER    relevance (default), newest, oldest or outlet
  --outlet NAME, --keyword WORD
                  only documents that have it; several: one of them; none: those without any
  --date DATE     only documents published in this year, month or day: 2023, 2023-09, 2023-09-15
  --export FORMAT all documents, not only N: csv (for spreadsheets) or csv-plain and jsonl with
                  a record for each hit, ris or bibtex with one for each document
  --format, --encoding, --field, --rules, --ledger: as kashshaf parse --help says

Prints {format, query, lens, scope, totals: {hits, documents}, hits: […]}; each hit is
{document, page, article, score, snippet: [{text, hit}], matches: [{line, start, end, form}],
lines from 1, offsets in code points within the line, end exclusive. Where no document has all
of several words, some: {totals, hits} has those with some of them, each with what is missing.
";

pub(crate) const RUN: &str = "\
usage: kashshaf run --corpus DOCS.jsonl | --index INDEX --queries QUERIES.tsv [--limit N]

Ranks records for each query and prints a TREC run file: qid Q0 docid rank score tag.

  --corpus    one JSON object a line: {\"id\", \"title\", \"body\"}; a title may be left out.
              Other lists of records are read too; files that are none go by their names
  --index     instead: an index that kashshaf index wrote of such records
  --queries   one query a line: qid TAB text
  --limit N   documents for each query, 1 to 1000000 (default 10)
  --format, --encoding, --field, --rules, --ledger: as kashshaf parse --help says

A document need not hold every word of the query.
";

pub(crate) const TAG: &str = "\
usage: kashshaf tag [--model FILE] < TOKENS

Reads one token a line, with a blank line between sentences, and prints each
token, a tab and its tag: B-PER, I-PER, B-LOC, I-LOC, B-ORG, I-ORG or O.
Further columns of the input are passed over. All sentences of one run vote
together, so a file tagged whole is tagged better than its sentences one by one.

  --model FILE   another model than the one built into the program
";

pub(crate) const MATCH_NAMES: &str = "\
usage: kashshaf match-names --names FILE [--limit N] [--all] < QUERIES

Finds, for each name in Latin letters, the Arabic names of a list that may be
written so: Putin and Poutine find بوتين.

  --names FILE    Arabic names, one a line
  --limit N       names printed for each query, 1 to 1000000 (default 10)
  --all           also names that are too unsure to be answers

Reads queries, one a line, and prints query TAB name TAB share, best first. The
share, 0 to 1, says how surely this name of the list, no other and not none, is
meant. A query without an answer prints nothing.
";
