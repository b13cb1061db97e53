/**
 * The embed: an ES module that defines `<kashshaf-explorer>` and finds its own
 * files beside itself, whatever page and origin it is loaded from.
 */

import { Engine } from '../engine/client.js';
import { remoteSource } from '../engine/source.js';
import { defineExplorer } from './explorer-element.js';

performance.mark('kashshaf:start');

const base = new URL('./', import.meta.url);
defineExplorer((list) => Engine.open(remoteSource(base, list)), new URL('corpus/index.json', base).href);
