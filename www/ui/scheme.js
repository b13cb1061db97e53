/** @file Light or dark, on the host as `data-scheme`: what the reader chose, else what the system asks for. */

/** @import { Theme } from './types.d.ts' */

/** @param {HTMLElement} host */
export function createScheme(host) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  /** @type {Theme} */
  let theme = 'auto';
  const apply = () => {
    host.dataset.scheme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  dark.addEventListener('change', apply);
  return {
    /** @param {Theme} chosen */
    set(chosen) {
      theme = chosen;
      apply();
    },
    dispose: () => dark.removeEventListener('change', apply),
  };
}
