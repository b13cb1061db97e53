import { annotations, annotator } from './annotations.mjs';
import { openChromium } from './browsers.mjs';
import { doors } from './doors.mjs';
import { embeds } from './embeds.mjs';
import { formats } from './formats.mjs';
import { folders } from './folders.mjs';
import { imports } from './imports.mjs';
import { keeping } from './keeping.mjs';
import { looks } from './looks.mjs';
import { moves } from './moves.mjs';
import { names } from './names.mjs';
import { parts } from './parts.mjs';
import { reading } from './reading.mjs';
import { removing } from './removing.mjs';
import { results } from './results.mjs';
import { inBrowser } from './session.mjs';
import { CHROMIUM } from './settings.mjs';

// Dropped folders, pages without scripts and the look are asked of Chromium alone.
inBrowser(() => openChromium(CHROMIUM), [doors, moves, results, imports, reading, formats, keeping, removing, parts, embeds, folders, annotations, annotator, names, looks]);
