/**
 * One fresh Chromium for each measurement: nothing is cached, and the memory
 * and the processor time of its one renderer are the engine's.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // measureUserAgentSpecificMemory() answers at once, and no renderer stands by.
  '--enable-blink-features=ForceEagerMeasureMemory',
  '--disable-features=SpareRendererForSitePerProcess',
];

/** Chromium's name for a worker's thread, as Linux cuts it. */
const WORKER_THREAD = 'DedicatedWorker';

/**
 * @typedef {{ main: number | null, workers: number | null }} Cpu Milliseconds of processor time so far;
 *   null where the system does not tell (it must be Linux).
 * @typedef {Awaited<ReturnType<typeof open>>} Tab
 */

/**
 * @param {string} address
 * @param {number} limitMs A step that takes longer fails.
 */
export async function open(address, limitMs) {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error('run this with `cargo xtask bench`: CHROMIUM is not set');
  // Told to end, the bench ends: it does not go on with the next engine.
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS, handleSIGTERM: false });
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(limitMs);
  const crash = new Promise((_, reject) => {
    page.on('crash', () => reject(new Error('the page crashed, as when memory runs out')));
  });
  crash.catch(() => {});
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const session = await context.newCDPSession(page);
  await page.goto(address);
  const process_ = await rendererOf(browser, page);

  /** @template T @param {Promise<T>} step @returns {Promise<T>} */
  const within = (step) => {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
    });
    step.catch(() => {});
    return /** @type {Promise<T>} */ (Promise.race([step, crash, late])).finally(() => clearTimeout(timer));
  };

  return {
    page,
    version: browser.version(),
    errors,
    /** Calls a step of `page/page.js`. @param {string} name @param {unknown} [argument] @returns {Promise<any>} */
    step: (name, argument) =>
      within(
        page.evaluate(
          ([name, argument]) => /** @type {any} */ (globalThis).bench[name](argument),
          /** @type {[string, unknown]} */ ([name, argument]),
        ),
      ),
    /** Bytes that live on the main thread's JavaScript heap. */
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    },
    /** @returns {Cpu} */
    cpu: () => cpuOf(process_),
    async close() {
      // A browser that hangs with its page is left behind rather than waited for.
      const closing = browser.close().catch(() => {});
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    },
  };
}

/**
 * Of the renderers that Chromium keeps, the page's is the one where a worker runs when the page starts one.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number | null>} Number of the page's process; null where the system does not tell.
 */
async function rendererOf(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const worker = await page.evaluateHandle(() => {
    const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(null)'], { type: 'text/javascript' })));
    return new Promise((resolve) => {
      worker.onmessage = () => resolve({ worker });
    });
  });
  const found = processInfo.find(({ type, id }) => type === 'renderer' && workersOf(id).length > 0);
  await worker.evaluate(({ worker }) => worker.terminate());
  return found?.id ?? null;
}

/** Numbers of the worker threads of a process; none where the system does not tell. @param {number} id */
function workersOf(id) {
  try {
    const threads = readdirSync(`/proc/${id}/task`).map(Number);
    return threads.filter(
      (thread) => readFileSync(`/proc/${id}/task/${thread}/comm`, 'utf8').trim() === WORKER_THREAD,
    );
  } catch {
    return []; // Not Linux, or a process that Chromium has ended.
  }
}

/** @param {number | null} id @returns {Cpu} */
function cpuOf(id) {
  if (id === null) return { main: null, workers: null };
  try {
    const sum = workersOf(id).reduce((sum, thread) => sum + spent(id, thread), 0);
    return { main: spent(id, id), workers: sum };
  } catch {
    return { main: null, workers: null }; // Not Linux, or a process that Chromium has ended.
  }
}

/** Milliseconds of processor time of one thread. @param {number} id @param {number} thread */
function spent(id, thread) {
  return Number(readFileSync(`/proc/${id}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
