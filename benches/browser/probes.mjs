/**
 * Arabic variants: a query, what it tests, and what a reader would call a
 * match. The expressions are matched with the texts as written.
 */

/** A whole word. @param {string} pattern */
const word = (pattern) => new RegExp(`(?<![\\p{L}\\p{M}])(?:${pattern})(?![\\p{L}\\p{M}])`, 'u');

const PRESIDENT = word('[وبفك]?الرئيس|و?للرئيس');
const MISSILE = /صواريخ|صاروخ(?!ي)/u;
const NORTH_KOREA = /كوريا الشمالي[ةه]|کوریا الشمالیة/u;

/** @typedef {{ query: string, tests: string, mode?: 'prefix' | 'fuzzy' | 'phrase', match: RegExp }} Probe */

/** @type {Probe[]} */
export const PROBES = [
  { query: 'الروسى', tests: 'final ى for ي', match: word('الروس[يى]') },
  { query: 'كوريا الشماليه', tests: 'ه for ة', match: NORTH_KOREA },
  { query: 'كوريا الشماليّة', tests: 'shadda in the query', match: NORTH_KOREA },
  { query: 'کوریا', tests: 'Persian letters', match: word('[وبفل]?كوريا|کوریا') },
  { query: 'جونج', tests: 'ج for غ in a name', match: word('جون[جغ]') },
  { query: 'ترمب', tests: 'ترمب and ترامب', match: word('[ولب]?ترا?مب') },
  { query: 'الرئيس', tests: 'finds والرئيس, للرئيس', match: PRESIDENT },
  { query: 'والرئيس', tests: 'proclitic و in the query', match: PRESIDENT },
  { query: 'للرئيس', tests: 'proclitic لل in the query', match: PRESIDENT },
  { query: 'بالرئيس', tests: 'proclitic ب in the query', match: PRESIDENT },
  { query: 'رئيس', tests: 'without the article', match: word('[وبفك]?(?:ال)?رئيس|و?للرئيس') },
  { query: 'صاروخ', tests: 'broken plural صواريخ', match: MISSILE },
  { query: 'صواريخ', tests: 'its singular صاروخ', match: MISSILE },
  { query: 'اوكرانيا', tests: 'bare alef for أ', match: word('[وبفل]?[أا]وكرانيا') },
  { query: 'استخدمت', tests: 'the text has a damma', match: /استُ?خدمت/u },
  { query: 'روســـيا', tests: 'tatweel in the query', match: word('[وبفل]?روسيا') },
  { query: 'آلاف', tests: 'alef with madda', match: word('[وبفلك]?آلاف') },
  { query: 'ايضا', tests: 'the text has أيضاً', match: /[أا]يضا/u },
  { query: '٢٠٢٣', tests: 'Arabic-Indic digits', match: /2023|٢٠٢٣/u },
  { query: 'Putin', tests: 'Latin script', match: /بوتين/u },
  { query: 'بوت', tests: 'prefix', mode: 'prefix', match: /(?<!\p{L})بوت/u },
  { query: 'بيونغيانج', tests: 'typing error', mode: 'fuzzy', match: /بيونغ ?يانغ/u },
  { query: 'فوستوتشني', tests: 'transliteration', mode: 'fuzzy', match: /فوستوت?شني/u },
  { query: 'قاعدة فوستوشني الفضائية', tests: 'phrase', mode: 'phrase', match: /قاعدة فوستوشني الفضائية/u },
];
