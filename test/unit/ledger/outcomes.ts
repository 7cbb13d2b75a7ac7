import type { ModelRef } from '../../../src/models/model';
import { NO_USAGE, type Usage } from '../../../src/models/usage';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { RunDecision } from '../../../src/routing/decision';
import type { Attempt, Outcome } from '../../../src/routing/outcome';
import { totalInputTokens, type PriceCall } from '../../../src/ledger/pricing';

/** 23 November 2026, noon in Berlin. */
export const NOON = Date.UTC(2026, 10, 23, 11);

export const LOCAL: ModelRef = { provider: 'ollama', id: 'qwen2.5-coder:7b', place: 'local' };
export const HAIKU: ModelRef = { provider: 'claude', id: 'claude-haiku-5-5', place: 'cloud' };
export const SONNET: ModelRef = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' };
export const UNPRICED: ModelRef = { provider: 'ollama', id: 'somebody:cloud', place: 'cloud' };

/** USD a token: input, output, five-minute cache write, one-hour cache write, cache read. */
const PRICES: Record<string, readonly [number, number, number, number, number]> = {
  'claude-haiku-5-5': [0.1e-6, 0.5e-6, 0.125e-6, 0.2e-6, 0.01e-6],
  'claude-sonnet-5-5': [2e-6, 10e-6, 2.5e-6, 4e-6, 0.1e-6],
};

export const price: PriceCall = (model, _at, usage) => {
  const rates = PRICES[model.id];
  if (rates === undefined) return undefined;
  const [input, output, write5m, write1h, read] = rates;
  const out = usage.outputTokens * output;
  return {
    usd:
      usage.inputTokens * input +
      usage.cacheWrite5mTokens * write5m +
      usage.cacheWrite1hTokens * write1h +
      usage.cacheReadTokens * read +
      out,
    usdWithoutCache: totalInputTokens(usage) * input + out,
  };
};

export const tokens = (inputTokens: number, outputTokens: number, more: Partial<Usage> = {}): Usage => ({
  ...NO_USAGE,
  inputTokens,
  outputTokens,
  ...more,
});

export const attempt = (model: ModelRef, usage: Usage, more: Partial<Attempt> = {}): Attempt => ({
  role: 'first',
  track: model.place,
  model,
  startedAt: NOON,
  usage,
  timings: { firstTokenMs: 200, totalMs: 1_000 },
  end: { kind: 'answered', finish: 'stop' },
  evidence: [],
  ...more,
});

export const decision = (more: Partial<RunDecision> = {}): RunDecision => ({
  kind: 'run',
  track: 'local',
  model: LOCAL,
  threshold: 0.5,
  complexity: { level: 'simple', because: [] },
  reasons: [{ code: 'task', text: 'explanations run locally' }],
  estimate: { inputTokens: 2_000, outputTokens: 500, usd: 0, ms: 2_000 },
  baseline: SONNET,
  ...more,
});

let nextId = 0;

export const outcome = (more: Partial<Outcome> = {}): Outcome => {
  nextId += 1;
  const at = more.at ?? NOON;
  return {
    requestId: `r${nextId}`,
    task: 'explain',
    languageId: 'typescript',
    at,
    endedAt: at + 1_500,
    decision: decision(),
    attempts: [attempt(LOCAL, tokens(2_000, 500))],
    result: { kind: 'answered', track: 'local' },
    privacy: NOTHING_TO_REPORT,
    ...more,
  };
};

/** A request that Claude answered: 2,000 tokens in, 500 out, 0.009 USD. */
export const onCloud = (more: Partial<Outcome> = {}): Outcome =>
  outcome({
    task: 'refactor',
    decision: decision({
      track: 'cloud',
      model: SONNET,
      estimate: { inputTokens: 1_000, outputTokens: 500, usd: 0.007, ms: 1_000 },
    }),
    attempts: [attempt(SONNET, tokens(2_000, 500))],
    result: { kind: 'answered', track: 'cloud' },
    ...more,
  });

/** A completion as shown: priced against the small cloud model. */
export const completion = (more: Partial<Outcome> = {}): Outcome =>
  outcome({
    task: 'complete',
    decision: decision({ baseline: HAIKU }),
    attempts: [attempt(LOCAL, tokens(1_500, 40))],
    ...more,
  });
