import path from 'node:path';
import { PROJECT } from '../host/places';

/** Where `fetch.ts` puts the engine for the tests. */
export const ENGINE = path.join(PROJECT, 'out', 'engine', 'js', 'main.mjs');
