/**
 * Files on their way into the core: each by the way that fits it, each with
 * its line in the ledger whatever becomes of it. The same way is gone when
 * files are added and when a new worker is given again what the last one held.
 *
 * @import { BeginRequest, FileReport, SniffReply } from '../../src/wasm/types.js'
 * @import { FileEntry, Item, ItemReply } from './protocol.js'
 * @import { Shares } from './shares.js'
 */

import { ExplorerError, errorText, unreadable } from './errors.js';
import { joined, wholeOf } from './file-entry.js';
import { LinkLost } from './link.js';
import { BATCH_BYTES, HEAD_BYTES, WHOLE_BYTES } from './protocol.js';
import { ReaderFell, ReadingRoom } from './reading-room.js';
import { Sending } from './sending.js';

/** How a file is to be read, where that is known better than its bytes tell. @typedef {Pick<BeginRequest, 'format' | 'encoding' | 'fields'>} ReadAs */

/**
 * A file and all that is needed to read it again.
 * @typedef {object} Source
 * @property {number | null} file Its number in the ledger; null for a page that came with the explorer.
 * @property {FileEntry} entry
 * @property {ReadAs} readAs
 * @property {Refusal | null} refusal Why it is not read, when that is known.
 */

/** @typedef {{ code: string, message: string, skipped: boolean }} Refusal */

/**
 * A source whose first bytes were looked at; `coming` are its bytes where they are on their way.
 * @typedef {{ source: Source, sniffed: SniffReply } & Look} Prepared
 */
/** @typedef {{ head: ArrayBuffer, whole: ArrayBuffer | null, coming?: AsyncIterable<ArrayBuffer> }} Look */

/**
 * Where items go: the engine's worker, or the one that is being loaded.
 * @typedef {object} Sink
 * @property {(files: [string, ArrayBuffer][]) => Promise<SniffReply[]>} sniff
 * @property {(items: Item[], refresh: boolean) => Promise<ItemReply[]>} add Throws `LinkLost` when the
 *   worker falls; what it held is then being given to the next one.
 */

/**
 * What is told on the way.
 * @typedef {object} Tellings
 * @property {(source: Source, reply: ItemReply) => void} settled The source is in, or its line says why not. Called once for each.
 * @property {(source: Source, bytesDone: number, member: string | null) => void} [progress]
 */

export class Feeder {
  #room;
  /** Whose an item is. @type {WeakMap<Item, Source>} */
  #owners = new WeakMap();
  /** Workers that index beside the one that holds the corpus; null for none. @type {Shares | null} */
  shares = null;

  /** @param {ReadingRoom} room */
  constructor(room) {
    this.#room = room;
  }

  /**
   * Looks at the first bytes of files; never rejects for a file's sake: one that cannot be read is refused.
   * @param {readonly Source[]} sources
   * @param {Sink} sink
   * @returns {Promise<Prepared[]>}
   */
  async prepare(sources, sink) {
    const looks = await Promise.all(sources.map(look));
    // Pages that came with the explorer are plain text, and an index tells that it is one: nothing waits for the worker.
    const told = sources.map(({ file }, at) => (file === null ? PLAIN : beginsAsIndex(looks[at].head) ? INDEX : null));
    const sniffed = told.includes(null)
      ? await sink.sniff(looks.map(({ head }, at) => [sources[at].entry.name, head]))
      : /** @type {SniffReply[]} */ (told);
    // Whatever else comes is read whole.
    await Promise.all(looks.map((look, at) => (sniffed[at].format === 'index' ? null : gather(sources[at], look))));
    return sources.map((source, at) => ({ source, sniffed: sniffed[at], ...looks[at] }));
  }

  /**
   * Has the core take an index as its bytes come: it reads what is there while the rest is on its way.
   * @param {Source} source
   * @param {AsyncIterable<ArrayBuffer>} coming
   * @param {Sink} sink
   * @returns {Promise<Item>} What ends it.
   */
  async #sendOn(source, coming, sink) {
    /** @type {Promise<unknown>[]} */
    const sent = [];
    let isLost = false;
    try {
      for await (const bytes of coming) {
        /** @type {Item} */
        const item = { kind: 'arriving', bytes, areFirst: sent.length === 0 };
        this.#owners.set(item, source);
        const added = sink.add([item], false);
        added.catch(() => (isLost = true));
        sent.push(added);
        if (isLost) break;
      }
    } catch (error) {
      refuseUnread(source, error);
    }
    // The first that was not taken is what the worker fell over.
    for (const added of sent) await added;
    return source.refusal === null ? { kind: 'arrived', file: source.file, name: source.entry.name } : abandonment(source);
  }

  /**
   * Brings prepared files into the core. A worker that falls costs the file it
   * fell over; the others are read again.
   * @param {readonly Prepared[]} batch
   * @param {Sink} sink
   * @param {boolean} refresh Bring the index up to date with the last of them.
   * @param {Tellings} tellings
   * @param {AbortSignal} [signal]
   */
  async feed(batch, sink, refresh, tellings, signal) {
    let rest = [...batch];
    /** After a fall nobody can be blamed for: one by one, until the guilty one shows. */
    let oneByOne = false;
    const settled = (/** @type {Source} */ source, /** @type {ItemReply} */ reply) => {
      rest = rest.filter((prepared) => prepared.source !== source);
      tellings.settled(source, reply);
    };
    while (rest.length > 0 && !signal?.aborted) {
      const now = oneByOne ? rest.slice(0, 1) : rest;
      try {
        await this.#pass(now, sink, refresh || oneByOne, { ...tellings, settled }, signal);
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        // Who is to blame shows where each piece comes by itself.
        this.shares?.close();
        this.shares = null;
        const culprit = error.item && this.#owners.get(error.item);
        if (culprit) refuse(culprit, crashed(error, 'reading this file'));
        else if (error.inRefresh && now.length === 1) refuse(now[0].source, crashed(error, 'indexing this file'));
        // While the index was refreshed: whichever was added since is to blame.
        else if (error.inRefresh) oneByOne = true;
        rest = await this.prepare(rest.map(({ source }) => source), sink);
      }
    }
  }

  /**
   * @param {readonly Prepared[]} batch
   * @param {Sink} sink
   * @param {boolean} refresh
   * @param {Tellings} tellings
   * @param {AbortSignal} [signal]
   */
  async #pass(batch, sink, refresh, tellings, signal) {
    for (const run of runsOf(batch)) {
      if (signal?.aborted) return;
      const isLast = run.at(-1) === batch.at(-1);
      if (wayOf(run[0]) === 'direct') await this.#direct(run, sink, refresh && isLast, tellings);
      else await this.#throughReaders(run, sink, refresh && isLast, tellings, signal);
    }
  }

  /** @param {Prepared[]} run @param {Sink} sink @param {boolean} refresh @param {Tellings} tellings */
  async #direct(run, sink, refresh, tellings) {
    /** @type {Item[]} */
    const items = [];
    for (const prepared of run) {
      const { source, coming, whole } = prepared;
      if (whole === null && coming === undefined && source.refusal === null) await readWhole(prepared);
      // A page that came with the explorer has no line: its report says what became of it.
      if (isUnlisted(source)) continue;
      const item = coming === undefined ? itemOf(prepared) : await this.#sendOn(source, coming, sink);
      this.#owners.set(item, source);
      items.push(item);
    }
    const replies = items.length > 0 || refresh ? await sink.add(items, refresh) : [];
    let next = 0;
    for (const { source } of run) tellings.settled(source, isUnlisted(source) ? failedReport(source) : replies[next++]);
  }

  /** @param {number} file @param {ArrayBuffer} bytes @param {Map<number | null, Source>} byFile @returns {Item & { kind: 'piece' }} */
  #piece(file, bytes, byFile) {
    /** @type {Item & { kind: 'piece' }} */
    const item = { kind: 'piece', file, bytes };
    const source = byFile.get(file);
    if (source) this.#owners.set(item, source);
    return item;
  }

  /**
   * @param {Prepared[]} run
   * @param {Sink} sink
   * @param {boolean} refresh
   * @param {Tellings} tellings
   * @param {AbortSignal} [signal]
   */
  async #throughReaders(run, sink, refresh, tellings, signal) {
    let rest = run;
    const byFile = new Map(run.map((prepared) => [prepared.source.file, prepared.source]));
    /** @param {Source} source @param {Refusal} refusal */
    const abandon = async (source, refusal) => {
      refuse(source, refusal);
      const [reply] = await sink.add([abandonment(source)], refresh);
      done(source, reply);
    };
    const done = (/** @type {Source} */ source, /** @type {ItemReply} */ reply) => {
      rest = rest.filter((prepared) => prepared.source !== source);
      tellings.settled(source, reply);
    };
    while (rest.length > 0) {
      /** @type {{ source: Source, refusal: Refusal }[]} */
      const unread = [];
      const sending = new Sending(sink, this.shares);
      const files = rest.map(({ source, whole }) => ({
        request: { file: /** @type {number} */ (source.file), name: source.entry.name, size: whole?.byteLength ?? source.entry.size ?? 0, ...source.readAs },
        bytes: whole,
        entry: source.entry,
      }));
      const last = rest[rest.length - 1].source;
      /** The one that is at work. */
      let [current] = rest;
      try {
        const portions = this.#room.read(files, ({ file, error }) => {
          const source = byFile.get(file);
          if (source) unread.push({ source, refusal: refusalOf(unreadable(source.entry.name, error)) });
        }, signal);
        for await (const { pieces, closed, file, bytesDone, member } of portions) {
          const source = byFile.get(file);
          if (source) current = rest.find((prepared) => prepared.source === source) ?? current;
          const items = pieces.map(({ file, bytes }) => this.#piece(file, bytes, byFile));
          const ends = closed.includes(/** @type {number} */ (last.file));
          const isBroken = closed.some((number) => unread.some(({ source }) => source.file === number));
          await sending.send(items, ends, refresh && ends && unread.length === 0, async (replies) => {
            for (const number of closed) {
              const whose = byFile.get(number);
              if (!whose) continue;
              const given = unread.find(({ source }) => source === whose);
              if (given) await abandon(whose, given.refusal);
              else done(whose, replies.findLast((_, at) => pieces[at]?.file === number) ?? null);
            }
            if (source) tellings.progress?.(source, bytesDone, member);
          });
          // Word of a file that was cut comes before what follows it.
          if (isBroken) await sending.end();
        }
        await sending.end();
        return;
      } catch (error) {
        if (error instanceof LinkLost) throw error;
        // What was read before is in first.
        await sending.end();
        if (signal?.aborted) {
          if (rest.includes(current)) await abandon(current.source, CANCELLED);
          return;
        }
        const culprit = error instanceof ReaderFell ? (byFile.get(error.file) ?? current.source) : null;
        if (culprit !== null) {
          await abandon(culprit, crashed(/** @type {Error} */ (error), 'reading this file', 'reader-crashed'));
          for (const prepared of rest) await reread(prepared);
        } else {
          // The readers cannot be had at all: each of these files says so.
          const refusal = refusalOf(error instanceof ExplorerError ? error : new ExplorerError('internal', errorText(error)));
          for (const { source } of [...rest]) await abandon(source, refusal);
        }
      }
    }
  }
}

/** @type {SniffReply} */
const PLAIN = { format: 'text', needsReaders: false, isRead: true };
/** @type {SniffReply} */
const INDEX = { format: 'index', needsReaders: false, isRead: true };

/** What an index file begins with: docs/index-format.md. */
const MAGIC = new TextEncoder().encode('KSHF\r\n\x1A\n');

/** @param {ArrayBuffer} head */
function beginsAsIndex(head) {
  const first = new Uint8Array(head, 0, Math.min(head.byteLength, MAGIC.length));
  return MAGIC.every((byte, at) => first[at] === byte);
}

/** Whether nothing of it reaches the core, not even its name. @param {Source} source */
const isUnlisted = ({ file, refusal }) => file === null && refusal !== null;

/** @type {Refusal} */
const CANCELLED = {
  code: 'cancelled',
  message: 'Reading was stopped here; what was found before is kept.',
  skipped: true,
};

/**
 * @param {Source} source
 * @param {Refusal} refusal
 */
export function refuse(source, refusal) {
  source.refusal ??= refusal;
}

/** @param {ExplorerError} error @param {boolean} [skipped] @returns {Refusal} */
export function refusalOf({ code, message }, skipped = false) {
  return { code, message, skipped };
}

/**
 * @param {Error} lost
 * @param {string} doing
 * @param {string} [code]
 * @returns {Refusal}
 */
export function crashed(lost, doing, code = 'engine-crashed') {
  return { code, message: `The engine stopped while ${doing} and was started again: ${lost.message}`, skipped: false };
}

/**
 * A small file is read whole at once; of a large one only its head.
 * @param {Source} source
 * @returns {Promise<Look>}
 */
async function look(source) {
  const { entry } = source;
  if (source.refusal !== null) return { head: new ArrayBuffer(0), whole: null };
  try {
    if (entry.stream !== undefined) return await lookAt(entry.stream()[Symbol.asyncIterator]());
    if (entry.size !== null && entry.size > BATCH_BYTES) return { head: await entry.slice(0, HEAD_BYTES), whole: null };
    const whole = await wholeOf(entry);
    return { head: whole.slice(0, HEAD_BYTES), whole };
  } catch (error) {
    refuseUnread(source, error);
    return { head: new ArrayBuffer(0), whole: null };
  }
}

/** @param {AsyncIterator<ArrayBuffer>} stream @returns {Promise<Look>} */
async function lookAt(stream) {
  /** @type {ArrayBuffer[]} */
  const first = [];
  for (let bytes = 0, next; bytes < HEAD_BYTES && !(next = await stream.next()).done; bytes += next.value.byteLength) first.push(next.value);
  const coming = (async function* () {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => stream };
  })();
  return { head: await new Blob(first).slice(0, HEAD_BYTES).arrayBuffer(), whole: null, coming };
}

/** Waits for what is on its way. @param {Source} source @param {Look} look */
async function gather(source, look) {
  if (look.coming === undefined) return;
  try {
    look.whole = await joined(look.coming);
  } catch (error) {
    refuseUnread(source, error);
  }
  delete look.coming;
}

/** @param {Source} source @param {unknown} error */
function refuseUnread(source, error) {
  refuse(source, refusalOf(error instanceof ExplorerError ? error : unreadable(source.entry.name, error)));
}

/** What was given away with a worker that fell. @param {Prepared} prepared */
async function reread(prepared) {
  Object.assign(prepared, await look(prepared.source));
}

/** @param {Prepared} prepared */
async function readWhole(prepared) {
  const { entry } = prepared.source;
  try {
    prepared.whole = await wholeOf(entry);
  } catch (error) {
    refuseUnread(prepared.source, error);
  }
}

/**
 * The report of a page that came with the explorer and never reached the core.
 * @param {Source} source
 * @returns {FileReport}
 */
function failedReport({ entry, refusal }) {
  const { code, message } = /** @type {Refusal} */ (refusal);
  return {
    name: entry.name,
    status: 'failed',
    id: null,
    bytes: entry.size ?? 0,
    encoding: null,
    articles: 0,
    words: 0,
    warning: null,
    error: { name: 'ExplorerError', code, message, details: [] },
  };
}

/**
 * The core reads small plain text by itself; where the encoding was chosen, or
 * the text is long, and for every other format, the readers do.
 * @param {Prepared} prepared
 * @returns {'direct' | 'readers'}
 */
function wayOf({ source, sniffed, whole }) {
  if (source.refusal !== null || source.file === null) return 'direct';
  const { format, encoding, fields } = source.readAs;
  // An index is opened whole.
  if (sniffed.format === 'index') return 'direct';
  if (sniffed.needsReaders || format || encoding || fields) return 'readers';
  return whole === null && (source.entry.size ?? 0) > WHOLE_BYTES ? 'readers' : 'direct';
}

/** Neighbours that go one way; a large file that goes directly goes alone. @param {readonly Prepared[]} batch */
function runsOf(batch) {
  /** @type {Prepared[][]} */
  const runs = [];
  for (const prepared of batch) {
    const last = runs.at(-1);
    if (last && wayOf(last[0]) === wayOf(prepared)) last.push(prepared);
    else runs.push([prepared]);
  }
  return runs;
}

/** @param {Prepared} prepared @returns {Item} */
function itemOf({ source, whole }) {
  if (source.refusal !== null) return abandonment(source);
  return { kind: 'file', file: source.file, name: source.entry.name, bytes: whole ?? new ArrayBuffer(0) };
}

/** @param {Source} source @returns {Item} */
function abandonment({ file, entry, refusal }) {
  const { code, message, skipped } = /** @type {Refusal} */ (refusal);
  return { kind: 'abandon', request: { file: file ?? 0, name: entry.name, bytes: entry.size ?? 0, code, message, skipped } };
}
