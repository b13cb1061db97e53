import { openFirefox } from './browsers.mjs';
import { doors } from './doors.mjs';
import { FIREFOX } from './settings.mjs';

doors(() => openFirefox(FIREFOX));
