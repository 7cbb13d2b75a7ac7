import { combineEvidence } from '../../../src/routing/confidence/combine';
import { shouldEscalate } from '../../../src/routing/confidence/escalate';
import { decide } from '../../../src/routing/decide';
import type { Policy } from '../../../src/routing/policy';
import type { ModelRef } from '../../../src/models/model';
import type { RequestFeatures } from '../../../src/routing/request';
import type { Evidence } from '../../../src/routing/checks/check';
import type { World } from '../../../src/routing/world';
import { seeded } from '../routing/random';
import { Cloud, HAIKU, OPUS, SONNET, type Call } from './cloud';
import type { Cell } from './outcomes';
import type { Planned } from './plan';
import { wholeMs, type Speeds } from './speeds';

/** What became of one request. `right`: chance that the answer is; absent for completions, which nobody scored. */
export interface Done extends Call {
  readonly right?: number;
  readonly track: 'local' | 'cloud';
  readonly escalated: boolean;
}

/** Handles one request of which `cell` tells how the models do on it; absent for completions. */
export type Handle = (request: Planned, cell: Cell | undefined) => Done;

const LOCAL_SMALL = { provider: 'ollama', id: 'local-small', place: 'local' } as const;
const LOCAL = { provider: 'ollama', id: 'local', place: 'local' } as const;

const right = (cell: Cell | undefined, track: 'local' | 'cloud'): { right?: number } =>
  cell === undefined ? {} : { right: cell[track] };

function local(speeds: Speeds, request: Planned, cell: Cell | undefined): Done {
  const speed = speeds[request.task === 'complete' ? 'localSmall' : 'local'];
  return {
    ...{ usd: 0, firstMs: speed.firstTokenMs, wholeMs: wholeMs(speed, request.outputTokens) },
    ...{ track: 'local', escalated: false },
    ...right(cell, 'local'),
  };
}

/** Everything to one cloud model, without marks for its cache. */
function oneCloud(speeds: Speeds): Handle {
  const cloud = new Cloud(speeds, false);
  return (request, cell) => ({
    ...cloud.call(SONNET, request),
    track: 'cloud',
    escalated: false,
    ...right(cell, 'cloud'),
  });
}

/** The small cloud model for completions and explanations, a larger one for the rest, no caching. */
function tiered(speeds: Speeds, large: ModelRef): Handle {
  const cloud = new Cloud(speeds, false);
  return (request, cell) => {
    const model = request.task === 'complete' || request.task === 'explain' ? HAIKU : large;
    return { ...cloud.call(model, request), track: 'cloud', escalated: false, ...right(cell, 'cloud') };
  };
}

/**
 * Today's rule, from before the instant track and the engine that asks ahead: completions and explanations on the own
 * machine, each generated when asked for, the rest to the large model, no checks, no caching.
 */
function taskRule(speeds: Speeds): Handle {
  const cloud = new Cloud(speeds, false);
  return (request, cell) =>
    request.task === 'complete' || request.task === 'explain'
      ? local(speeds, request, cell)
      : { ...cloud.call(SONNET, request), track: 'cloud', escalated: false, ...right(cell, 'cloud') };
}

const alwaysLocal = (speeds: Speeds): Handle => {
  return (request, cell) => local(speeds, request, cell);
};

/** How the user has set Switchyard up. */
interface Setup {
  readonly target: Policy['target'];
  /** What the user answers when asked, at the first such edit, whether simple ones may run here; yes, where not given. */
  readonly refactorsHere?: boolean;
  /** Share of edits on this machine that fail their checks, right or wrong; no data tell. */
  readonly editsDoubted?: number;
  /** Share of completions answered at once; as measured, where not given. */
  readonly atOnce?: number;
}

function worldFor({ target, refactorsHere = true }: Setup, cell: Cell | undefined): World {
  return {
    policy: {
      ...{ offline: false, cloudForbidden: false, trusted: true, target, thresholds: {}, atCap: 'local' },
      ...{ completionsMayUseCloud: false, simpleRefactorsMayRunLocally: refactorsHere },
      tracks: { complete: 'auto', explain: 'auto', refactor: 'auto', ask: 'auto' },
      models: {
        complete: LOCAL_SMALL,
        explain: LOCAL,
        cloudRefactor: SONNET,
        cloudAsk: SONNET,
        cloudSmall: HAIKU,
      },
    },
    budget: { spentToday: 0, spentThisMonth: 0, reserved: 0, level: 'none' },
    askedAboutCap: false,
    isSetUp: () => true,
    health: () => ({ kind: 'up' }),
    price: () => undefined,
    predict: () => (cell?.gain === undefined ? undefined : { gain: cell.gain, reasons: [] }),
  };
}

const featuresOf = (request: Planned): RequestFeatures => ({
  ...{ languageId: 'python', instruction: '', subjectText: '', promptTokens: request.inputTokens },
  ...{
    // What a refactor changes is what its prompt does not share with others over the same file.
    codeLines: Math.round(
      (request.inputTokens - (request.task === 'refactor' ? request.sharedTokens : 0)) / 12,
    ),
    files: request.task === 'ask' ? 5 : 1,
    outsideNames: 0,
  },
});

const OPTIONS = { maxOutputTokens: 4096, deadline: { firstTokenMs: 1, idleMs: 1, totalMs: 1 } };

/** The evidence's ten samples: the answer, and up to nine more, short ones, one after the other. */
const SAMPLES = { count: 10, tokens: 40 } as const;

/** The second sample of an edit, which the editor asks for where parser and language services object to nothing. */
const SECOND_SAMPLE_TOKENS = 120;

/** What those two say of an edit they have nothing against. */
const NOTHING_AGAINST = [
  { check: 'parses', saw: '', score: 0.85 },
  { check: 'diagnostics', saw: '', score: 0.85 },
] as const;

/** And of one after which the language services see new errors. */
const AGAINST = [
  { check: 'parses', saw: '', score: 0.85 },
  { check: 'diagnostics', saw: '', score: 0.1 },
] as const;

const evidenceOf = (check: string | undefined, score: number | undefined): readonly Evidence[] =>
  check === undefined || score === undefined ? [] : [{ check, saw: '', score }];

/** What ships: the project's own decision, combination of evidence and thresholds; only the models are simulated. */
function switchyard(speeds: Speeds, setup: Setup): Handle {
  const atOnce = setup.atOnce ?? speeds.completionsAtOnce;
  const cloud = new Cloud(speeds, true);
  const random = seeded(5);
  const editRandom = seeded(7);
  return (request, cell) => {
    if (request.task === 'complete' && random() < atOnce)
      return { usd: 0, firstMs: 0, wholeMs: 0, track: 'local', escalated: false };
    const features = featuresOf(request);
    const decision = decide(
      { task: request.task, features, options: { local: OPTIONS, cloud: OPTIONS } },
      worldFor(setup, cell),
    );
    if (decision.kind !== 'run' || decision.model === undefined) throw new Error(`not run: ${decision.kind}`);
    if (decision.track === 'cloud') {
      return {
        ...cloud.call(decision.model, request),
        track: 'cloud',
        escalated: false,
        ...right(cell, 'cloud'),
      };
    }
    const first = local(speeds, request, cell);
    if (request.task === 'complete' || decision.rescue === undefined) return first;
    const ofEdit = editRandom() < (setup.editsDoubted ?? 0) ? AGAINST : NOTHING_AGAINST;
    const doubts = (score: number | undefined): boolean => {
      const evidence = request.task === 'refactor' ? ofEdit : evidenceOf(cell?.check, score);
      const { confidence } = combineEvidence(request.task, evidence);
      return shouldEscalate({
        ...(confidence !== undefined && { confidence }),
        threshold: decision.threshold,
      });
    };
    const checkMs =
      request.task === 'refactor'
        ? wholeMs(speeds.local, SECOND_SAMPLE_TOKENS)
        : wholeMs(speeds.local, SAMPLES.tokens) * samplesUntilSettled(cell?.score, doubts, random);
    const checkedMs = first.wholeMs + checkMs;
    // An explanation that stands was whole on the screen before its checks ended; an edit can be accepted after them.
    if (!doubts(cell?.score)) return request.task === 'explain' ? first : { ...first, wholeMs: checkedMs };
    const second = cloud.call(decision.rescue, request);
    return {
      ...{ usd: second.usd, firstMs: first.firstMs, wholeMs: checkedMs + second.wholeMs },
      ...{ track: 'cloud', escalated: true },
      ...right(cell, 'cloud'),
    };
  };
}

/**
 * Samples drawn after the answer until those that are left cannot change the verdict: an answer whose first samples all
 * differ is doubted long before the tenth. `score`: the share of the ten that agree; the others count as all different.
 */
export function samplesUntilSettled(
  score: number | undefined,
  doubts: (score: number) => boolean,
  random: () => number,
): number {
  if (score === undefined) return 0;
  const { count } = SAMPLES;
  const needed = Array.from({ length: count + 1 }, (_, same) => same).find((same) => !doubts(same / count));
  let [same, drawn] = [0, 0];
  let sameLeft = Math.round(score * count);
  while (drawn < count) {
    if (needed === undefined || same >= needed || Math.max(1, same) + count - drawn < needed) break;
    const agrees = random() * (count - drawn) < sameLeft;
    if (agrees) {
      same++;
      sameLeft--;
    }
    drawn++;
  }
  return Math.max(0, drawn - 1);
}

export const DAY_POLICIES = {
  'one-cloud': oneCloud,
  'tiered-cloud': (speeds: Speeds) => tiered(speeds, SONNET),
  'tiered-cloud-opus': (speeds: Speeds) => tiered(speeds, OPUS),
  'task-rule': taskRule,
  switchyard: (speeds: Speeds) => switchyard(speeds, { target: 'balanced' }),
  // The user answers no: edits of small predicted gain go to the cloud as all others do.
  'switchyard-edits-in-cloud': (speeds: Speeds) =>
    switchyard(speeds, { target: 'balanced', refactorsHere: false }),
  // Every third edit that ran here fails its checks and goes to the cloud after all.
  'switchyard-edits-doubted': (speeds: Speeds) =>
    switchyard(speeds, { target: 'balanced', editsDoubted: 1 / 3 }),
  // Without the instant track and without asking ahead: every completion is generated when it is asked for.
  'switchyard-generating': (speeds: Speeds) => switchyard(speeds, { target: 'balanced', atOnce: 0 }),
  'switchyard-thrifty': (speeds: Speeds) => switchyard(speeds, { target: 'thrifty' }),
  'switchyard-best': (speeds: Speeds) => switchyard(speeds, { target: 'best' }),
  'always-local': alwaysLocal,
} satisfies Record<string, (speeds: Speeds) => Handle>;

export type DayPolicy = keyof typeof DAY_POLICIES;
