import { openChromium } from './browsers.mjs';
import { doors } from './doors.mjs';
import { CHROMIUM } from './settings.mjs';

doors(() => openChromium(CHROMIUM));
