import { Charset } from 'flexsearch';
import { makeFlexSearch } from './flexsearch.js';

/** Every prefix is indexed; its encoder for other scripts than Latin. */
export default () => makeFlexSearch({ encoder: Charset.Normalize, tokenize: 'forward' });
