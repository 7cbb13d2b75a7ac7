import { findChromium } from './browser';
import { vscodeFromNpm } from './vscode-from-npm';

/** Fills the cache with what the other tests start, so that they need no network. */
await vscodeFromNpm(console.log);
await findChromium(console.log);
