import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHash, initialState, parseHash } from '../../../www/ui/state.js';

const INITIAL = initialState({ language: 'ar', theme: 'auto' });

test('a hash that tells a query and no view is a search', () => {
  for (const hash of ['#q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86', '#q=بوتين&lens=stem', 'v=1&q=بوتين']) {
    const { state, misread } = parseHash(hash, INITIAL);
    assert.equal(state.view, 'search', hash);
    assert.equal(state.query, 'بوتين');
    assert.deepEqual(misread, []);
  }
  assert.equal(parseHash('#lang=en', INITIAL).state.view, 'overview');
  assert.equal(parseHash('#q=', INITIAL).state.view, 'overview');
  assert.equal(parseHash('#q=view=', INITIAL).state.view, 'search');
});

test('every state comes back from its hash, the query of another view too', () => {
  const asked = { ...INITIAL, query: 'كوريا & «روسيا» +view=x', shown: 20, names: true, language: 'en' };
  for (const view of ['overview', 'search', 'quotes', 'timeline', 'files']) {
    const state = { ...asked, view };
    const read = parseHash(formatHash(state, INITIAL), INITIAL);
    assert.deepEqual(read, { state, misread: [] });
  }
});

test('what is not understood is told and changes nothing', () => {
  const { state, misread } = parseHash('#view=nowhere&n=ten&lens=stem&view=entity', INITIAL);
  assert.deepEqual(state, { ...INITIAL, lens: 'stem' });
  assert.deepEqual(misread, ['view=nowhere', 'n=ten', 'id=']);
});
