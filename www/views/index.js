/** @file The views by name: each asks the engine and returns what it drew. */

import { drawAbout } from './about.js';
import { drawEntities } from './entities.js';
import { drawEntity } from './entity.js';
import { drawFiles } from './files.js';
import { drawNetwork } from './network.js';
import { drawOverview } from './overview.js';
import { drawQuotes } from './quotes.js';
import { drawReader } from './reader.js';
import { drawSearch } from './search.js';
import { drawSpellings } from './spellings.js';
import { drawTimeline } from './timeline.js';

/** @import { Context, DrawnView, ViewName } from '../ui/types.d.ts' */

/** @type {Record<ViewName, (context: Context, signal: AbortSignal) => Promise<DrawnView>>} */
export const VIEWS = {
  overview: drawOverview,
  search: drawSearch,
  reader: drawReader,
  entities: drawEntities,
  entity: drawEntity,
  spellings: drawSpellings,
  network: drawNetwork,
  quotes: drawQuotes,
  timeline: drawTimeline,
  files: drawFiles,
  about: drawAbout,
};
