import type { PolicyFigures } from './metrics';

type Column = readonly [heading: string, cell: (figures: PolicyFigures) => string];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const COLUMNS: readonly Column[] = [
  ['useful', (f) => percent(f.useful)],
  ['wrong', (f) => percent(f.wrong)],
  ['ghost p50', (f) => `${f.ghostP50Ms.toFixed(0)} ms`],
  ['p95', (f) => `${f.ghostP95Ms.toFixed(0)} ms`],
  ['req/100', (f) => f.requestsPer100.toFixed(1)],
  ['aborted', (f) => percent(f.abortedShare)],
  ['stale', (f) => percent(f.staleUnaborted)],
  ['tok/char', (f) => f.tokensPerUsefulChar.toFixed(2)],
  ['fresh tok', (f) => f.freshPromptTokens.toFixed(0)],
  ['flicker', (f) => String(f.flicker)],
  ['after accept', (f) => (f.acceptGapMs === undefined ? '-' : `${f.acceptGapMs.toFixed(0)} ms`)],
  ['instant right', (f) => (f.instantPrecision === undefined ? '-' : percent(f.instantPrecision))],
];
const NAME_WIDTH = 24;

function table(rows: Readonly<Record<string, PolicyFigures>>): void {
  const widths = COLUMNS.map(([heading, cell]) =>
    Math.max(heading.length, ...Object.values(rows).map((f) => cell(f).length)),
  );
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell, i) => cell.padStart((widths[i] ?? 0) + 2)).join('');
  console.log(
    line(
      '',
      COLUMNS.map(([heading]) => heading),
    ),
  );
  for (const [name, f] of Object.entries(rows))
    console.log(
      line(
        name,
        COLUMNS.map(([, cell]) => cell(f)),
      ),
    );
}

export interface Setting {
  readonly ttft: number;
  readonly perToken: number;
  readonly policies: Readonly<Record<string, PolicyFigures>>;
}

/** One table for a latency setting, and how much of the way to the oracle is gone. */
export function printSetting(setting: Setting | undefined): void {
  if (setting === undefined) return;
  console.log(`first token ${setting.ttft} ms, ${setting.perToken} ms a token`);
  table(setting.policies);
  const { 'llama.vscode-like': llama, oracle, switchyard } = setting.policies;
  if (llama !== undefined && oracle !== undefined && switchyard !== undefined) {
    const closed = (switchyard.useful - llama.useful) / (oracle.useful - llama.useful);
    const requests = switchyard.requestsPer100 / llama.requestsPer100;
    console.log(
      `closes ${percent(closed)} of the distance from llama.vscode-like to the oracle, with ${percent(requests)} of its requests`,
    );
  }
  console.log();
}

export function printEdges(rows: Readonly<Record<string, PolicyFigures>>): void {
  console.log('rare cases (switchyard, 250/20)');
  table(rows);
  console.log();
}

export function printCpu(cpu: Readonly<Record<string, number>>): void {
  const parts = Object.entries(cpu).map(([lines, ms]) => `${lines} lines ${ms.toFixed(3)} ms`);
  console.log(`CPU a key, p95: ${parts.join(', ')}`);
}
