import type { Reason } from '../decision';
import type { RequestFeatures, Task } from '../request';
import { measure, type Asked } from './features';
import { learnedShift, NOTHING_LEARNED, type Learned } from './learned';
import {
  gainOfUnknownKind,
  linear,
  sigmoid,
  standardise,
  type KindModel,
  type PairModel,
} from './pair-model';
import { SHIPPED } from './weights';
import { featureWords } from './words';

/**
 * The measured kind that is nearest to each task. Completions are short and judged by the user at once, and
 * questions over several files are like nothing measured: both go without.
 */
export const NEAREST: Readonly<Record<Task, Asked | undefined>> = {
  complete: undefined,
  explain: 'read-forward',
  refactor: 'complete',
  ask: undefined,
};

/**
 * How far the text may move the prediction from its kind's mean. The data are puzzles and exercises, not editor
 * requests: there the text speaks, but the kind decides.
 */
export const TEXT_REACH = 0.15;

export interface GainPrediction {
  /** Chance of a right answer in the cloud minus that on the local track, -1 to 1. */
  readonly gain: number;
  readonly reasons: readonly Reason[];
}

/** Standardised values beyond this are rarer than one in three hundred where the weights were trained. */
const UNSEEN = 3;

/** A text less like those measured than this says nothing: the kind decides alone. */
const LEAST_LIKE = 0.5;

/** 1 for a text like those measured, falling to 0 where a fifth of its features lie outside what was seen. */
function likeness(z: Float64Array): number {
  let outside = 0;
  for (const value of z) if (Math.abs(value) > UNSEEN) outside++;
  return Math.max(0, 1 - (5 * outside) / z.length);
}

interface Chances {
  readonly local: number;
  readonly cloud: number;
}

interface Share {
  readonly feature: string;
  readonly high: boolean;
  /** What the feature adds to the gain. */
  readonly adds: number;
}

/** The `count` features that move this prediction most, first order around it; one pass, since every decision pays. */
function strongest(
  model: PairModel,
  kind: KindModel,
  z: Float64Array,
  chances: Chances,
  count: number,
): Share[] {
  const slopeLocal = chances.local * (1 - chances.local);
  const slopeCloud = chances.cloud * (1 - chances.cloud);
  const most: Share[] = [];
  for (let i = 0; i < z.length; i++) {
    const value = z[i] ?? 0;
    const adds = (slopeCloud * (kind.cloud[i] ?? 0) - slopeLocal * (kind.local[i] ?? 0)) * value;
    const last = most[count - 1];
    if (last !== undefined && Math.abs(adds) <= Math.abs(last.adds)) continue;
    most.push({ feature: model.features[i] ?? '', high: value > 0, adds });
    most.sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
    if (most.length > count) most.pop();
  }
  return most;
}

const percent = (gain: number): string => `${gain < 0 ? '−' : '+'}${Math.round(Math.abs(gain) * 100)} points`;

interface TextShift {
  /** What the text adds to the mean of its kind, within ±{@link TEXT_REACH}. */
  readonly shift: number;
  readonly like: number;
  readonly z: Float64Array;
  readonly chances: Chances;
}

function shiftOf(kind: KindModel, numbers: Float64Array): TextShift {
  const z = standardise(kind, numbers);
  const like = likeness(z);
  const chances = { local: sigmoid(linear(kind.local, z)), cloud: sigmoid(linear(kind.cloud, z)) };
  const raw = like < LEAST_LIKE ? 0 : (chances.cloud - chances.local - kind.meanGain) * like;
  return { shift: Math.max(-TEXT_REACH, Math.min(TEXT_REACH, raw)), like, z, chances };
}

/** The gain that the kind and the text foretell, before any user's own habits. For simulations. */
export const gainOfText = (kind: KindModel, numbers: Float64Array): number =>
  kind.meanGain + shiftOf(kind, numbers).shift;

/** What the text adds to the mean of its kind, and why. */
function fromText(
  model: PairModel,
  kind: KindModel,
  numbers: Float64Array,
): { shift: number; reasons: Reason[] } {
  const { shift, like, z, chances } = shiftOf(kind, numbers);
  if (like < LEAST_LIKE) {
    return {
      shift,
      reasons: [
        { code: 'unlike-measured', text: 'unlike the prompts measured, so its words count for nothing' },
      ],
    };
  }
  const reasons = strongest(model, kind, z, chances, 3).map(({ feature, high, adds }) => ({
    code: `${adds > 0 ? 'more' : 'less'}:${feature}`,
    text: `${featureWords(feature, high)} ${adds > 0 ? 'speak for the cloud' : 'speak for the local model'}`,
  }));
  return { shift, reasons };
}

/**
 * Predicts the gain of the cloud for a request: the kind's measured mean, moved by the text and by what this user
 * did with earlier answers, each within bounds. Pure; well under 0.1 ms for 2,000 characters.
 */
export function predictGain(
  features: RequestFeatures,
  task: Task,
  learned: Learned = NOTHING_LEARNED,
  model: PairModel = SHIPPED,
): GainPrediction {
  const asked = NEAREST[task];
  const kind = asked === undefined ? undefined : model.kinds[asked];
  const own = learnedShift(learned, task, features);
  if (kind === undefined) {
    const gain = gainOfUnknownKind(model) + own.shift;
    return {
      gain,
      reasons: [{ code: 'kind-unmeasured', text: 'no outcomes of this kind were measured' }, ...own.reasons],
    };
  }
  const text = fromText(model, kind, measure(features.subjectText, asked));
  const kindReason: Reason = {
    code: 'kind-gain',
    text: `such requests gained ${percent(kind.meanGain)} from a larger model (${kind.items} measured)`,
  };
  const gain = Math.max(-1, Math.min(1, kind.meanGain + text.shift + own.shift));
  return { gain, reasons: [kindReason, ...text.reasons, ...own.reasons] };
}
