import * as z from 'zod';
import type { Reason } from '../decision';
import type { Verdict } from '../outcome';
import type { RequestFeatures, Task, Track } from '../request';
import { GOODNESS } from '../goodness';

/**
 * What this user's own verdicts say about the gain, per bucket of requests. Plain JSON, written beside the ledger;
 * holds counts alone, no text.
 */
export interface Learned {
  readonly version: 1;
  readonly buckets: Readonly<Record<string, Bucket>>;
}

interface Bucket {
  /** Decayed sums over answers of each track: how many, and how many of them were good (0 to 1 each). */
  readonly localSeen: number;
  readonly localGood: number;
  readonly cloudSeen: number;
  readonly cloudGood: number;
  /** Answers counted since the last reset, undecayed. */
  readonly answers: number;
}

export const NOTHING_LEARNED: Learned = { version: 1, buckets: {} };

const sum = z.number().nonnegative();
const Stored = z.object({
  version: z.literal(1),
  buckets: z.record(z.string(), z.unknown()),
});
const StoredBucket = z
  .object({ localSeen: sum, localGood: sum, cloudSeen: sum, cloudGood: sum, answers: sum })
  .refine((bucket) => bucket.localGood <= bucket.localSeen && bucket.cloudGood <= bucket.cloudSeen);

/** What was written earlier, by whatever version, as far as it holds: a bucket that does not make sense is dropped. */
export function readLearned(written: unknown): Learned {
  const stored = Stored.safeParse(written);
  if (!stored.success) return NOTHING_LEARNED;
  const buckets = Object.entries(stored.data.buckets).flatMap(([name, value]) => {
    const bucket = StoredBucket.safeParse(value);
    return bucket.success ? [[name, bucket.data] as const] : [];
  });
  return { version: 1, buckets: forgetSmallest(Object.fromEntries(buckets)) };
}

/** Old answers fade: after about 50 newer ones of the same bucket an answer counts for half. */
const FADE = 0.986;

/** Buckets beyond this are forgotten, least used first. */
const MOST_BUCKETS = 200;

/**
 * Pseudo-answers of the belief each bucket starts from. An answer counts in three buckets, so about a third of this
 * many real answers outweigh the start.
 */
const STARTING_ANSWERS = 24;

/** Hard bound of what learning may add to or take from a gain. */
export const LEARNED_REACH = 0.25;

/**
 * What n verdicts may say by chance, times √n (half a standard error of a share of one half): learning moves a gain
 * only by what goes beyond. One "ask Claude instead" is about that one answer, the third in a row about its kind.
 */
const CHANCE = 0.25;

/** What the starting belief takes for granted of an answer, where a bucket has none: 1 − the usual share of failures. */
const USUAL = { local: 0.6, cloud: 0.85 } as const;

const sizeOf = (features: Pick<RequestFeatures, 'promptTokens'>): string =>
  features.promptTokens < 500 ? 'small' : features.promptTokens < 3000 ? 'medium' : 'large';

/** From wide to narrow: each falls back on the one before it. */
export const bucketsOf = (
  task: Task,
  features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>,
): string[] => [task, `${task} ${features.languageId}`, `${task} ${features.languageId} ${sizeOf(features)}`];

const EMPTY: Bucket = { localSeen: 0, localGood: 0, cloudSeen: 0, cloudGood: 0, answers: 0 };

export interface Lesson {
  readonly task: Task;
  readonly features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>;
  readonly track: Exclude<Track, 'instant'>;
  readonly verdict: Verdict;
}

/** The state after one more verdict. Pure: the same state and lesson give the same result. */
export function learn(learned: Learned, { task, features, track, verdict }: Lesson): Learned {
  return learnGoodness(learned, { task, features, track, good: GOODNESS[verdict] });
}

/** As {@link learn}, for a goodness known as a number 0 to 1 (simulations). */
export function learnGoodness(
  learned: Learned,
  { task, features, track, good }: Omit<Lesson, 'verdict'> & { readonly good: number },
): Learned {
  const buckets = { ...learned.buckets };
  for (const name of bucketsOf(task, features)) {
    const old = buckets[name] ?? EMPTY;
    buckets[name] =
      track === 'local'
        ? {
            ...old,
            localSeen: old.localSeen * FADE + 1,
            localGood: old.localGood * FADE + good,
            answers: old.answers + 1,
          }
        : {
            ...old,
            cloudSeen: old.cloudSeen * FADE + 1,
            cloudGood: old.cloudGood * FADE + good,
            answers: old.answers + 1,
          };
  }
  return { version: 1, buckets: forgetSmallest(buckets) };
}

function forgetSmallest(buckets: Record<string, Bucket>): Record<string, Bucket> {
  const entries = Object.entries(buckets);
  if (entries.length <= MOST_BUCKETS) return buckets;
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.answers - a.answers).slice(0, MOST_BUCKETS));
}

/** Shares of good answers of a bucket, each drawn towards `belief` by {@link STARTING_ANSWERS} pseudo-answers. */
function believed(
  bucket: Bucket,
  belief: { local: number; cloud: number },
): { local: number; cloud: number } {
  const share = (good: number, seen: number, start: number): number =>
    (good + STARTING_ANSWERS * start) / (seen + STARTING_ANSWERS);
  return {
    local: share(bucket.localGood, bucket.localSeen, belief.local),
    cloud: share(bucket.cloudGood, bucket.cloudSeen, belief.cloud),
  };
}

/** What learning adds to the predicted gain, within ±{@link LEARNED_REACH}. */
export function learnedShift(
  learned: Learned,
  task: Task,
  features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>,
): { readonly shift: number; readonly reasons: readonly Reason[] } {
  let belief: { local: number; cloud: number } = { ...USUAL };
  let [answers, seen] = [0, 0];
  for (const name of bucketsOf(task, features)) {
    const bucket = learned.buckets[name];
    if (bucket === undefined) break;
    belief = believed(bucket, belief);
    answers = bucket.answers;
    seen = bucket.localSeen + bucket.cloudSeen;
  }
  const raw = belief.cloud - belief.local - (USUAL.cloud - USUAL.local);
  const beyond = Math.sign(raw) * Math.max(0, Math.abs(raw) - CHANCE / Math.sqrt(1 + seen));
  const shift = Math.max(-LEARNED_REACH, Math.min(LEARNED_REACH, beyond));
  if (Math.abs(shift) < 0.03) return { shift, reasons: [] };
  const text =
    shift > 0
      ? `you kept fewer local answers of this kind than usual (${answers} seen)`
      : `you kept more local answers of this kind than usual (${answers} seen)`;
  return { shift, reasons: [{ code: shift > 0 ? 'learned-cloud' : 'learned-local', text }] };
}

export interface LearnedLine {
  readonly bucket: string;
  readonly words: string;
  readonly answers: number;
}

/** What has been learned, for the user to read; most answers first. */
export function inspectLearned(learned: Learned): LearnedLine[] {
  const share = (good: number, seen: number): string =>
    seen < 0.5 ? 'none seen' : `${Math.round((100 * good) / seen)} % kept`;
  return Object.entries(learned.buckets)
    .map(([bucket, b]) => ({
      bucket,
      answers: b.answers,
      words: `local answers: ${share(b.localGood, b.localSeen)}; cloud answers: ${share(b.cloudGood, b.cloudSeen)}`,
    }))
    .sort((a, b) => b.answers - a.answers);
}
