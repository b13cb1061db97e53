import { openFirefox } from './browsers.mjs';
import { doors } from './doors.mjs';
import { formats } from './formats.mjs';
import { imports } from './imports.mjs';
import { keeping } from './keeping.mjs';
import { moves } from './moves.mjs';
import { parts } from './parts.mjs';
import { reading } from './reading.mjs';
import { removing } from './removing.mjs';
import { results } from './results.mjs';
import { inBrowser } from './session.mjs';
import { FIREFOX } from './settings.mjs';

inBrowser(() => openFirefox(FIREFOX), [doors, moves, results, imports, reading, formats, keeping, removing, parts]);
