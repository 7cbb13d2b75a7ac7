import path from 'node:path';

/** The project's folder: its `package.json` is the extension's manifest. */
export const PROJECT = path.resolve(import.meta.dirname, '..', '..');

export const SAMPLE_WORKSPACE = path.join(PROJECT, 'test', 'sample');
