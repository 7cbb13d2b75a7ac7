import path from 'node:path';
import { assembleEngine } from '../../scripts/engine/assemble';
import { ownTarget } from '../../scripts/engine/targets';
import { realWeights } from './real-weights';
import { ENGINE } from './engine-program';

/** Puts the engine for this machine together and gets a real model, so that the tests after it need no network. */
try {
  const target = ownTarget();
  if (target === undefined) throw new Error(`there is none for ${process.platform} ${process.arch}.`);
  await assembleEngine(target, path.dirname(path.dirname(ENGINE)));
} catch (error) {
  console.log(`No engine: ${error instanceof Error ? error.message : String(error)}`);
}
const weights = await realWeights(console.log);
console.log(weights.kind === 'found' ? `Weights: ${weights.file}` : `No weights: ${weights.why}.`);
