import { readdir, readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import { assembleEngine } from '../../../scripts/engine/assemble';
import { ownTarget } from '../../../scripts/engine/targets';
import { forkEngine, type EngineChild } from '../../../src/models/inside/engine-child';
import { EngineProcess } from '../../../src/models/inside/engine-process';
import type { Question } from '../../../src/models/inside/protocol';
import { PROJECT } from '../../host/places';
import { realWeights } from '../../inside/real-weights';
import { plainLibrary } from './plain';

/**
 * The engine inside against the library by itself, in one run and taking turns, so that whatever else the machine does
 * strikes both. Figures are medians; what counts are the ratios, each the median of what neighbouring turns give.
 */
const ROUNDS = 15;
const TOKENS = 64;
const TICKS_MS = 10;

const target = ownTarget();
const weights = await realWeights(console.log);
if (target === undefined || weights.kind === 'missing') {
  console.log(
    `Nothing to measure: ${weights.kind === 'missing' ? weights.why : 'no engine for this platform'}.`,
  );
  process.exit(0);
}
const { file } = weights;
const folder = path.join(PROJECT, 'out', 'engine');
await assembleEngine(target, folder);

const question = (round: number): Question => ({
  kind: 'chat',
  system: 'You explain code briefly.',
  turns: [
    {
      role: 'user',
      text: `Explain version ${round}:\nexport const add = (a: number, b: number): number => a + b;\n`.repeat(
        4,
      ),
    },
  ],
});

let child: EngineChild | undefined;
const startChild = forkEngine(path.join(folder, 'js', 'main.mjs'));
const make = (): EngineProcess =>
  new EngineProcess({
    start: (events) => (child = startChild(events)),
    load: { file, contextTokens: 8192, continues: true },
  });

interface Figures {
  readonly firstMs: number;
  readonly perSecond: number;
  /** Processor time of the whole answer; unlike the others it does not depend on what else the machine does. */
  readonly cpuMs: number;
}

/** User and system time of a process so far (fields 14 and 15 of proc(5), in ticks of 10 ms). */
async function cpuOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

async function inside(engine: EngineProcess, round: number): Promise<Figures> {
  const started = performance.now();
  const cpuBefore = await cpuOf(child?.pid);
  let first: number | undefined;
  let tokens = 0;
  const sampling = { maxOutputTokens: TOKENS, stop: [], logprobs: false };
  for await (const report of engine.answer(question(round), sampling, new AbortController().signal)) {
    if (report.type === 'text') first ??= performance.now() - started;
    if (report.type === 'end') tokens = report.outputTokens;
  }
  const totalMs = performance.now() - started;
  return figures(first ?? 0, totalMs, tokens, (await cpuOf(child?.pid)) - cpuBefore);
}

const figures = (firstMs: number, totalMs: number, tokens: number, cpuMs: number): Figures => ({
  firstMs,
  cpuMs,
  perSecond: (tokens - 1) / ((totalMs - firstMs) / 1000),
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Delay of this process's event loop over some stretches of work, as p99 in ms beyond the tick itself. */
class LoopDelay {
  readonly #delay = monitorEventLoopDelay({ resolution: TICKS_MS });

  async during(work: Promise<unknown>): Promise<void> {
    this.#delay.enable();
    await work;
    this.#delay.disable();
  }

  get p99(): number {
    return Math.max(0, this.#delay.percentile(99) / 1e6 - TICKS_MS);
  }
}

async function residentMB(pid: number | undefined): Promise<{ all: number; shared: number } | undefined> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { all: kilobytes('VmRSS') / 1024, shared: kilobytes('RssFile') / 1024 };
}

const engine = make();
const startedAt = performance.now();
await engine.warm(new AbortController().signal);
const startMs = performance.now() - startedAt;
const coldAt = performance.now();
await inside(engine, -1);
const coldMs = performance.now() - coldAt;

const [idle, busy] = [new LoopDelay(), new LoopDelay()];
for (let round = 0; round < ROUNDS; round += 1) {
  await idle.during(new Promise((resolve) => setTimeout(resolve, 2000)));
  await busy.during(inside(engine, 100 + round));
}

// Between equals: the engine inside leaves the editor its due, and this process stands for the library from now on.
for (const thread of await readdir('/proc/self/task').catch(() => ['0']))
  setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
const plain = await plainLibrary(target, file);
await plain.answer(question(-1), TOKENS);

const both: { inside: Figures[]; plain: Figures[] } = { inside: [], plain: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  // Whoever comes second finds the machine warmer.
  if (round % 2 === 0) both.plain.push(await plain.answer(question(round), TOKENS));
  both.inside.push(await inside(engine, round));
  if (round % 2 === 1) both.plain.push(await plain.answer(question(round), TOKENS));
}
await plain.dispose();
const memory = await residentMB(child?.pid);
engine.stop();

/** One figure of both, and the median of its ratios turn by turn. */
function compare(figure: keyof Figures, digits: number, unit: string): string {
  const ratios = both.inside.map((one, turn) => one[figure] / (both.plain[turn]?.[figure] ?? NaN));
  const of = (all: readonly Figures[]): string => median(all.map((one) => one[figure])).toFixed(digits);
  return `inside ${of(both.inside)}${unit}, plain ${of(both.plain)}${unit}, ratio ${median(ratios).toFixed(2)}`;
}
const line = (what: string, value: string): void => console.log(`${what.padEnd(34)} ${value}`);
line('weights', path.basename(file));
line('start to loaded', `${startMs.toFixed(0)} ms; plain ${plain.startMs.toFixed(0)} ms`);
line('first answer of all, 64 tokens', `${coldMs.toFixed(0)} ms`);
line('time to first token', compare('firstMs', 0, ' ms'));
line('tokens per second', compare('perSecond', 1, ''));
if (both.inside.some(({ cpuMs }) => cpuMs > 0))
  line('processor time of an answer', compare('cpuMs', 0, ' ms'));
if (memory !== undefined)
  line(
    'memory of the process',
    `${memory.all.toFixed(0)} MB, of which ${memory.shared.toFixed(0)} MB mapped files`,
  );
line('event-loop delay p99, idle', `${idle.p99.toFixed(1)} ms`);
line('event-loop delay p99, generating', `${busy.p99.toFixed(1)} ms`);
