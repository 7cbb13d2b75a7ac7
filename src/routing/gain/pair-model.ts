import type { Asked } from './features';

/** Two logistic models of one kind of request: the chance that the local and that the cloud answer is right. */
export interface KindModel {
  /** One weight per feature (of its standardised value), then the intercept. */
  readonly local: readonly number[];
  readonly cloud: readonly number[];
  /** Mean and spread of each feature over this kind's training items; a spread of 0 means: never varied, ignore. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  /** Mean gain over this kind's training items. */
  readonly meanGain: number;
  readonly items: number;
}

/** What a training run leaves behind; plain JSON. */
export interface PairModel {
  readonly features: readonly string[];
  readonly kinds: Readonly<Partial<Record<Asked, KindModel>>>;
}

export interface Prediction {
  /** Chances of a right answer, 0 to 1; absent for a kind without training data. */
  readonly local?: number;
  readonly cloud?: number;
  /** cloud − local, -1 to 1. */
  readonly gain: number;
}

/**
 * Standardised values further out than this say "unlike anything seen", not "that much more": they are cut here.
 */
export const REACH = 4;

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

export function standardise(
  kind: Pick<KindModel, 'mean' | 'spread'>,
  numbers: ArrayLike<number>,
): Float64Array {
  const z = new Float64Array(kind.mean.length);
  for (let i = 0; i < z.length; i++) {
    const spread = kind.spread[i] ?? 0;
    if (spread === 0) continue;
    const value = ((numbers[i] ?? 0) - (kind.mean[i] ?? 0)) / spread;
    z[i] = Math.max(-REACH, Math.min(REACH, value));
  }
  return z;
}

export function linear(weights: readonly number[], z: ArrayLike<number>): number {
  let sum = weights[z.length] ?? 0;
  for (let i = 0; i < z.length; i++) sum += (weights[i] ?? 0) * (z[i] ?? 0);
  return sum;
}

/**
 * A kind nobody measured is taken to gain as little as the least gaining kind that was: going to the cloud has
 * to be earned by evidence, and hard requests that both models fail are the usual unmeasured ones.
 */
export function gainOfUnknownKind(model: PairModel): number {
  const gains = Object.values(model.kinds).map((kind) => kind.meanGain);
  return gains.length === 0 ? 0 : Math.min(...gains);
}

export function predictPair(
  model: PairModel,
  asked: Asked | undefined,
  numbers: ArrayLike<number>,
): Prediction {
  const kind = asked === undefined ? undefined : model.kinds[asked];
  if (kind === undefined) return { gain: gainOfUnknownKind(model) };
  const z = standardise(kind, numbers);
  const local = sigmoid(linear(kind.local, z));
  const cloud = sigmoid(linear(kind.cloud, z));
  return { local, cloud, gain: cloud - local };
}
