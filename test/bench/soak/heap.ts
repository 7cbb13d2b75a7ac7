import type { Ledger } from '../../../src/ledger';

const SAMPLES = 4;
/** Long enough for a round of reading or rolling up to end. In ms. */
const BETWEEN_MS = 150;

/** Bytes on the heap while no request runs: the least of a few looks, since the books work on in the background. */
export async function heapAtRest(ledger: Ledger): Promise<number> {
  await ledger.flush();
  let least = Infinity;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await ledger.refresh();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    // Twice: what finalizers let go of is only free after the second.
    globalThis.gc?.();
    globalThis.gc?.();
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}
