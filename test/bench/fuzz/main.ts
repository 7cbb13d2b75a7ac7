/**
 * Mutated inputs for everything that reads what a model, a server or a file wrote: no crash, no hang, no wrong path.
 *
 *   npm run fuzz -- [--iterations 100000] [--seed 1] [--target edit-reader]
 *
 * A failure prints its input and the seed that makes it again. Ends with status 1 when anything failed.
 */
import { parseArgs } from 'node:util';
import { mutate, seededRandom } from './mutate';
import type { FuzzTarget } from './target';
import { TARGETS } from './targets';

/** Inputs are at most 20,000 characters; what takes this long on one has no bound. Generous for busy machines, in ms. */
const HANG_MS = 5_000;
const FAILURES_SHOWN = 3;

const { values } = parseArgs({
  options: {
    iterations: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
  },
});
const iterations = Number(values.iterations);
const seed = Number(values.seed);

async function fuzz(target: FuzzTarget): Promise<number> {
  const begun = performance.now();
  let failures = 0;
  let slowest = 0;
  for (let i = 0; i < iterations && failures < FAILURES_SHOWN; i++) {
    const random = seededRandom(seed + i);
    const input =
      i < target.seeds.length ? (target.seeds[i] ?? '') : mutate(target.seeds, target.words, random);
    const started = performance.now();
    try {
      await target.run(input, random);
      const took = performance.now() - started;
      slowest = Math.max(slowest, took);
      if (took > HANG_MS) throw new Error(`took ${took.toFixed(0)} ms`);
    } catch (error) {
      failures += 1;
      console.error(
        `${target.name}, --seed ${seed + i} --iterations 1: ${String(error)}\n  input ${JSON.stringify(input)}`,
      );
    }
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    `${target.name}: ${iterations} inputs, ${failures} failed, ${seconds} s, slowest ${slowest.toFixed(1)} ms`,
  );
  return failures;
}

const chosen = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
if (chosen.length === 0)
  throw new Error(`no such target; there are ${TARGETS.map(({ name }) => name).join(', ')}`);
let failed = 0;
for (const target of chosen) failed += await fuzz(target);
process.exitCode = failed > 0 ? 1 : 0;
