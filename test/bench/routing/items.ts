import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { measure, type Asked } from '../../../src/routing/gain/features';

const Result = z.object({
  p: z.number(),
  n: z.number().optional(),
  agree: z.number().nullish(),
  agree08: z.number().nullish(),
  doctest_pass: z.number().nullish(),
  conf_logprob: z.number().nullish(),
  answer_chars: z.number().nullish(),
  cost_usd: z.number().nullish(),
  latency_ms: z.number().nullish(),
  latency_s_med: z.number().nullish(),
  in_tokens: z.number().nullish(),
  out_tokens: z.number().nullish(),
  out_tokens_est: z.number().nullish(),
});
export type Result = z.infer<typeof Result>;

const Line = z.object({
  id: z.string(),
  group: z.string().optional(),
  set: z.string().optional(),
  kind: z.string(),
  prompt: z.string(),
  models: z.record(z.string(), Result),
});

/** One item of a set, with how the pair's small (local) and large (cloud) model did on it. */
export interface Item {
  readonly id: string;
  readonly group: string;
  readonly set: string;
  readonly kind: string;
  readonly asked: Asked | undefined;
  readonly prompt: string;
  readonly numbers: Float64Array;
  readonly small: Result;
  readonly large: Result;
  /** Another model of the local class on the same item, where the set has one: a second opinion to be had at home. */
  readonly second: Result | undefined;
  readonly peers: Peers;
}

/** Mean correctness of the other models of each class on the item; absent where a class has too few others. */
export interface Peers {
  readonly small?: number;
  readonly large?: number;
}

export interface ItemSet {
  readonly name: string;
  readonly pair: { readonly small: string; readonly large: string; readonly second?: string };
  readonly items: readonly Item[];
}

/** The pairs the data's description names. */
const PAIRS: Readonly<Record<string, readonly [small: string, large: string]>> = {
  'cruxeval-output': ['deepseek-coder-6.7b-instruct', 'gpt-4-0613+cot'],
  'cruxeval-input': ['deepseek-coder-6.7b-instruct', 'gpt-4-0613+cot'],
  'lcb-codegen': ['DSCoder-6.7b-Ins', 'GPT-4-0613'],
  'lcb-testgen': ['DSCoder-6.7b-Ins', 'GPT-4-0613'],
  humaneval: ['codellama-34b-instruct', 'gpt-4'],
  'logprob-mmlu': ['llama3.1-8b', 'gpt-4o'],
  'logprob-gsm8k': ['llama3.1-8b', 'gpt-4o'],
  'routellm-gsm8k': ['mixtral-8x7b', 'gpt-4-1106'],
};

/** A second model of at most 7 B parameters, to ask for a second opinion; never one of the cloud's class. */
const SECOND: Readonly<Record<string, string>> = {
  'cruxeval-output': 'codellama-7b',
  'cruxeval-input': 'codellama-7b',
};

/** The data's kinds in the predictor's terms. */
const ASKED_BY_KIND: Readonly<Record<string, Asked>> = {
  'explain/predict-output': 'read-forward',
  'explain/predict-input': 'read-backward',
  complete: 'complete',
  generate: 'generate',
  test: 'test',
  math: 'reason',
  qa: 'choose',
};

type Line = z.infer<typeof Line>;

/**
 * The named pair where all lines have it; else, of the models that every line has, the one that is right least
 * often against the one that is right most often.
 */
function choosePair(name: string, lines: readonly Line[]): readonly [string, string] | undefined {
  const everywhere = Object.keys(lines[0]?.models ?? {}).filter((model) =>
    lines.every((line) => line.models[model] !== undefined),
  );
  const named = PAIRS[name];
  if (named?.every((model) => everywhere.includes(model))) return named;
  const mean = (model: string): number =>
    lines.reduce((sum, line) => sum + (line.models[model]?.p ?? 0), 0) / lines.length;
  const ranked = everywhere.map((model) => ({ model, mean: mean(model) })).sort((a, b) => a.mean - b.mean);
  const least = ranked.at(0);
  const most = ranked.at(-1);
  if (least === undefined || most === undefined || least.mean === most.mean) return undefined;
  return [least.model, most.model];
}

/** One other model alone has its own quirks; from two on, their mean says something about the item. */
const LEAST_PEERS = 2;

/** Sorts the models that every line has into the class of the small or the large one, whichever is right as often. */
function peerReader(lines: readonly Line[], small: string, large: string): (line: Line) => Peers {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const rate = (model: string): number => mean(lines.map((line) => line.models[model]?.p ?? 0));
  const others = Object.keys(lines[0]?.models ?? {}).filter(
    (model) => model !== small && model !== large && lines.every((line) => line.models[model] !== undefined),
  );
  const isSmall = (model: string): boolean =>
    Math.abs(rate(model) - rate(small)) < Math.abs(rate(model) - rate(large));
  const classes = { small: others.filter(isSmall), large: others.filter((model) => !isSmall(model)) };
  const meanOf = (models: readonly string[], line: Line): number | undefined =>
    models.length < LEAST_PEERS ? undefined : mean(models.map((model) => line.models[model]?.p ?? 0));
  return (line) => {
    const [ofSmall, ofLarge] = [meanOf(classes.small, line), meanOf(classes.large, line)];
    return {
      ...(ofSmall !== undefined && { small: ofSmall }),
      ...(ofLarge !== undefined && { large: ofLarge }),
    };
  };
}

function readSet(file: string): ItemSet | undefined {
  const name = path.basename(file, '.jsonl');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Line.parse(JSON.parse(line)));
  const pair = choosePair(name, lines);
  if (pair === undefined) return undefined;
  const [small, large] = pair;
  const second = SECOND[name];
  const peersOf = peerReader(lines, small, large);
  const items = lines.flatMap((line): Item[] => {
    const [s, l] = [line.models[small], line.models[large]];
    if (s === undefined || l === undefined) return [];
    const asked = ASKED_BY_KIND[line.kind];
    return [
      {
        ...{
          id: line.id,
          group: line.group ?? line.id,
          set: name,
          kind: line.kind,
          asked,
          prompt: line.prompt,
        },
        ...{ numbers: measure(line.prompt, asked), small: s, large: l },
        second: second === undefined ? undefined : line.models[second],
        peers: peersOf(line),
      },
    ];
  });
  return { name, pair: { small, large, ...(second !== undefined && { second }) }, items };
}

/** Reads every `*.jsonl` of a folder as a set. Sets without two models to tell apart are left out, and named. */
export function readSets(folder: string, warn: (message: string) => void): ItemSet[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => {
    const set = readSet(path.join(folder, file));
    if (set === undefined) warn(`${file}: no two models to compare; left out`);
    return set ?? [];
  });
}

/** The four code sets that are reported together as `code-mix`. */
export const CODE_MIX: readonly string[] = [
  'cruxeval-output',
  'cruxeval-input',
  'lcb-codegen',
  'lcb-testgen',
];

/** Sets whose licences let weights trained on them ship, with the licence as their source states it. */
export const SHIPPABLE: Readonly<Record<string, string>> = {
  'cruxeval-output': 'MIT (facebookresearch/cruxeval and its published results)',
  'cruxeval-input': 'MIT (facebookresearch/cruxeval and its published results)',
  humaneval: 'problems MIT (openai/human-eval); results jamesmurdza/humaneval-results, given as Apache-2.0',
  'routellm-gsm8k': 'Apache-2.0 (lm-sys/RouteLLM); GSM8K MIT',
};
