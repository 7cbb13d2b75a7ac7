/**
 * Replays typing against the completion engine and against what other extensions do:
 *
 *   npm run bench:completion -- [--traces DIR] [--ttft MS] [--per-token MS] [--accuracy P] [--json FILE]
 *
 * Without `--ttft` and `--per-token` at 60/6, 250/20 and 800/60 ms. Without `--traces` on 16 traces made from
 * the sources of installed packages (`--count`, `--seed` make others).
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cpuP95Ms } from './cpu';
import { figures, type PolicyFigures } from './metrics';
import { continueLike } from './policies/continue-like';
import { copilotLike } from './policies/copilot-like';
import { everyKeystroke } from './policies/every-keystroke';
import { llamaVscodeLike } from './policies/llama-vscode-like';
import type { PolicyFactory } from './policies/policy';
import { instantOnly, switchyard, switchyardNoInstant } from './policies/switchyard';
import { printCpu, printEdges, printSetting } from './report';
import { oracle } from './sim/oracle';
import { acceptGaps, replay, type ReplayResult } from './sim/replay';
import { edgeCases } from './traces/edge';
import { generateTraces } from './traces/generate';
import { loadTraces, type Trace } from './traces/trace';

const POLICIES: Readonly<Record<string, PolicyFactory>> = {
  switchyard,
  'switchyard-no-instant': switchyardNoInstant,
  'instant-only': instantOnly,
  'llama.vscode-like': llamaVscodeLike,
  'copilot-like': copilotLike,
  'continue-like': continueLike,
  'every-keystroke': everyKeystroke,
};
const SETTINGS = [
  { ttft: 60, perToken: 6 },
  { ttft: 250, perToken: 20 },
  { ttft: 800, perToken: 60 },
];
/** Ollama on a laptop reads some 2,000 prompt tokens a second. */
const PER_FRESH_TOKEN_MS = 0.5;
const CPU_LINES = [1_000, 5_000, 20_000];

export interface SettingFigures {
  readonly ttft: number;
  readonly perToken: number;
  readonly policies: Readonly<Record<string, PolicyFigures>>;
}

const { values: args } = parseArgs({
  options: {
    traces: { type: 'string' },
    ttft: { type: 'string' },
    'per-token': { type: 'string' },
    accuracy: { type: 'string', default: '0.8' },
    json: { type: 'string' },
    count: { type: 'string', default: '16' },
    seed: { type: 'string', default: '1' },
    policies: { type: 'string' },
  },
});
const accuracy = Number(args.accuracy);
if (!(accuracy >= 0 && accuracy <= 1))
  throw new Error(`--accuracy ${args.accuracy}: a share from 0 to 1 is wanted`);

const traces = await chosenTraces();
console.log(`${traces.length} traces, accuracy ${accuracy} for each stretch of 12 characters\n`);
const settings: SettingFigures[] = [];
for (const setting of chosenSettings()) {
  settings.push(await run(setting));
  printSetting(settings.at(-1));
}
const cpu: Record<string, number> = {};
if (args.policies === undefined) {
  printEdges(await edges());
  for (const lines of CPU_LINES) cpu[String(lines)] = await cpuP95Ms(lines);
  printCpu(cpu);
}
if (args.json !== undefined) await writeFile(args.json, JSON.stringify({ settings, cpuP95Ms: cpu }, null, 2));

async function chosenTraces(): Promise<Trace[]> {
  const found =
    args.traces === undefined
      ? await generateTraces(path.resolve('node_modules'), Number(args.count), Number(args.seed))
      : await loadTraces(args.traces);
  if (found.length === 0) throw new Error(`no traces in ${args.traces ?? 'node_modules'}`);
  return found;
}

function chosenSettings(): { ttft: number; perToken: number }[] {
  if (args.ttft === undefined && args['per-token'] === undefined) return SETTINGS;
  return [{ ttft: Number(args.ttft ?? 250), perToken: Number(args['per-token'] ?? 20) }];
}

async function run(setting: { ttft: number; perToken: number }): Promise<SettingFigures> {
  const policies: Record<string, PolicyFigures> = {};
  const wanted = args.policies?.split(',');
  for (const [name, factory] of Object.entries(POLICIES)) {
    if (wanted !== undefined && !wanted.includes(name)) continue;
    const results: ReplayResult[] = [];
    const gaps: number[] = [];
    const server = { ...setting, perFreshToken: PER_FRESH_TOKEN_MS };
    for (const trace of traces) {
      results.push(await replay(trace, factory, server, accuracy));
      gaps.push(...(await acceptGaps(trace, factory, server, accuracy)));
    }
    policies[name] = figures(results, gaps);
  }
  policies['oracle'] = figures(traces.map((trace) => oracle(trace, accuracy)));
  return { ...setting, policies };
}

/** The rare cases, ours only, at the middle setting: nothing may flicker, hang or stay behind. */
async function edges(): Promise<Record<string, PolicyFigures>> {
  const found: Record<string, PolicyFigures> = {};
  for (const { name, trace, server } of edgeCases()) {
    const settings = { ttft: 250, perToken: 20, perFreshToken: PER_FRESH_TOKEN_MS, ...server };
    found[name] = figures([await replay(trace, switchyard, settings, accuracy)]);
  }
  return found;
}
