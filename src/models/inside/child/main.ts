import { constants, setPriority } from 'node:os';
import { Order, type FailureWord, type Report } from '../protocol';
import { Engine, Unanswerable } from './engine';
import { Frames, FRAME_MS } from './frames';
import type { Counts } from './generate';

/** The engine's own process: takes orders, loads weights once, answers one question at a time, ends with its window. */

const OUT_OF_MEMORY = /memory|failed to allocate|too large for the available|unable to allocate/i;
const MISSING = /ENOENT|no such file|not found|does not exist/i;

// What the user does in the editor comes first: on two busy cores its worst delays halve, for a third of the speed.
// Before anything else, for threads are born with the priority of the one that makes them.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A sandbox may forbid it; then all are equal.
}

const running = new Map<number, AbortController>();
let engine: Promise<Engine> | undefined;
let last: Promise<void> = Promise.resolve();

function report(message: Report): void {
  // The window is gone: so shall we be.
  if (process.connected) process.send?.(message);
}

process.on('message', (message) => {
  const order = Order.safeParse(message);
  if (!order.success) return;
  switch (order.data.type) {
    case 'load':
      load(order.data);
      return;
    case 'ask':
      ask(order.data);
      return;
    case 'cancel':
      running.get(order.data.call)?.abort();
      return;
  }
});
process.on('disconnect', () => process.exit(0));

function load({ load: spec }: Extract<Order, { type: 'load' }>): void {
  const started = performance.now();
  engine ??= Engine.load(spec);
  engine.then(
    () => report({ type: 'loaded', loadMs: performance.now() - started }),
    (error: unknown) => {
      const failure = wordFor(error);
      report({ type: 'not-loaded', failure, message: WORDS[failure] });
    },
  );
}

/** Questions stand in line: two at once would share the cores and both be slow. */
function ask(order: Extract<Order, { type: 'ask' }>): void {
  const stop = new AbortController();
  running.set(order.call, stop);
  last = last.then(() => answer(order, stop.signal)).finally(() => running.delete(order.call));
}

async function answer(
  { call, question, sampling }: Extract<Order, { type: 'ask' }>,
  signal: AbortSignal,
): Promise<void> {
  const counts: Counts = { promptTokens: 0, outputTokens: 0 };
  let ended = false;
  const frames = new Frames(
    ({ text, logprobs }) => {
      const sure = logprobs === undefined ? {} : { logprobs: [...logprobs] };
      report({ type: 'text', call, text, ...counts, ...sure });
    },
    sampling.tokenByToken === true ? 0 : FRAME_MS,
  );
  try {
    if (engine === undefined) throw new Unanswerable('invalid-request', 'Nothing is loaded.');
    const loaded = await engine;
    if (!signal.aborted) {
      for await (const piece of loaded.answer(question, sampling, signal, counts)) {
        if (piece.type === 'reading') report({ type: 'reading', call });
        else if (piece.type === 'text') frames.take(piece);
        else {
          ended = true;
          frames.flush();
          report({ ...piece, call, ...counts });
        }
      }
    }
    frames.flush();
    if (!ended) report({ type: 'cancelled', call, ...counts });
  } catch (error) {
    frames.flush();
    const failure = wordFor(error);
    report({ type: 'failed', call, failure, message: WORDS[failure], ...counts });
  }
}

/** The library's own words may hold paths and parts of the prompt; they are matched, never passed on. */
const WORDS: Readonly<Record<FailureWord, string>> = {
  'out-of-memory': 'There is not enough memory for this model.',
  'context-too-long': 'The prompt is longer than the context of the engine inside.',
  'no-infill': 'This model cannot fill in the middle.',
  'model-missing': 'The file with the weights is gone.',
  'invalid-request': 'The engine inside did not understand the request.',
  server: 'The engine inside failed.',
};

function wordFor(error: unknown): FailureWord {
  if (error instanceof Unanswerable) return error.failure;
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  process.stderr.write(`${text}\n`);
  if (OUT_OF_MEMORY.test(text)) return 'out-of-memory';
  return MISSING.test(text) ? 'model-missing' : 'server';
}
