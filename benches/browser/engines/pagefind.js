/** Built ahead of time by `pagefind-build.mjs`; fetches what each query needs, ten fragments included. */
export default async function make({ site }) {
  const pagefind = await import(`${site}pagefind.js`);
  await pagefind.init('ar');
  return {
    modes: ['prefix', 'phrase'],
    load() {},
    async search(query, count, mode) {
      const { results } = await pagefind.search(mode === 'phrase' ? `"${query}"` : query);
      // A result is only a hash until its fragment is there; the id is in its address.
      const fragments = await Promise.all(results.slice(0, count).map((result) => result.data()));
      return fragments.map(({ url }) => decodeURIComponent(/doc\/(.+?)\.html/.exec(url)?.[1] ?? ''));
    },
  };
}
