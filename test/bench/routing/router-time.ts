import type { RequestFeatures } from '../../../src/routing/request';
import { predictGain } from '../../../src/routing/gain/predict';
import { decide } from '../../../src/routing/decide';
import type { World } from '../../../src/routing/world';
import { NOTHING_LEARNED } from '../../../src/routing/gain/learned';
import type { Item } from './items';
import { percentile } from './metrics';

const PROMPT_LENGTH = 2000;
const PASSES = 40;

const LOCAL = { provider: 'ollama', id: 'local', place: 'local' } as const;
const CLOUD = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' } as const;

const WORLD: World = {
  policy: {
    ...{
      offline: false,
      cloudForbidden: false,
      trusted: true,
      target: 'balanced',
      thresholds: {},
      atCap: 'local',
    },
    // So that refactors are decided twice: as things are, and with the permission that the user is then asked for.
    ...{ completionsMayUseCloud: false, simpleRefactorsMayRunLocally: false },
    tracks: { complete: 'auto', explain: 'auto', refactor: 'auto', ask: 'auto' },
    models: { complete: LOCAL, explain: LOCAL, cloudRefactor: CLOUD, cloudAsk: CLOUD, cloudSmall: CLOUD },
  },
  budget: { spentToday: 0, spentThisMonth: 0, reserved: 0, level: 'none' },
  askedAboutCap: false,
  isSetUp: () => true,
  health: () => ({ kind: 'up' }),
  price: () => 0.01,
  predict: (features, task) => predictGain(features, task, NOTHING_LEARNED),
};

/** Prompts of exactly {@link PROMPT_LENGTH} characters, as flat strings, made of what the sets hold. */
function prompts(items: readonly Item[], count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    let text = '';
    for (let i = at; text.length < PROMPT_LENGTH; i++) text += `${items[i % items.length]?.prompt ?? ''}\n`;
    // Through a buffer, since joined strings would be flattened inside the first measurement.
    return Buffer.from(text.slice(0, PROMPT_LENGTH)).toString('utf8');
  });
}

/**
 * Time of a whole decision with its prediction, in ms: percentiles over 1,500 prompts, half of them to explain and half
 * to refactor, of the calmest of several passes after one to warm up. Other programs on the machine can only add to a pass.
 */
export function routerTime(items: readonly Item[]): { p50: number; p99: number } {
  const texts = prompts(items, 1500);
  const options = { maxOutputTokens: 600, deadline: { firstTokenMs: 1, idleMs: 1, totalMs: 1 } };
  const requests = texts.map((subjectText, index) => {
    const features: RequestFeatures = {
      ...{ languageId: 'python', instruction: 'Make this clearer', subjectText, promptTokens: 600 },
      ...{ codeLines: 60, files: 1, outsideNames: 3 },
    };
    return {
      task: index % 2 === 0 ? 'explain' : 'refactor',
      features,
      options: { local: options, cloud: options },
    } as const;
  });
  const passes = Array.from({ length: PASSES + 1 }, () =>
    requests.map((request) => {
      const start = performance.now();
      decide(request, WORLD);
      return performance.now() - start;
    }),
  ).slice(1);
  const calmest = (p: number): number => Math.min(...passes.map((times) => percentile(times, p)));
  return { p50: calmest(0.5), p99: calmest(0.99) };
}
