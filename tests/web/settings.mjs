/** What `cargo xtask test` hands to these tests. */

/** @param {string} name @returns {string} */
function setting(name) {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run these tests with \`cargo xtask test\``);
}

/** Address of the served folder, with a final slash. */
export const PAGE = setting('PAGE');
/** Address of a site of another origin that embeds the explorer, with a final slash. */
export const HOST = setting('HOST');
/** Path of the one HTML file. */
export const SINGLE = setting('SINGLE');
/** Path of the one with the model of names inside. */
export const SINGLE_WITH_NAMES = setting('SINGLE_WITH_NAMES');
/** Paths of the browsers. */
export const CHROMIUM = setting('CHROMIUM');
export const FIREFOX = setting('FIREFOX');
