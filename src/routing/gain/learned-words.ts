import { TASK_WORDS } from '../task-words';
import { isGainTask } from '../thresholds';
import { shiftOfBuckets, type Bucket, type Learned } from './learned';

/** What was learned about one kind of request, in the user's words. */
export interface LearnedLine {
  /** "explanations in typescript, of medium length". */
  readonly kind: string;
  /** Answers judged since the last reset. */
  readonly answers: number;
  readonly kept: string;
  /** What follows from it for the next request of this kind. */
  readonly effect: string;
}

/** All that was learned; the kinds with most answers first. */
export const inspectLearned = (learned: Learned): LearnedLine[] =>
  Object.entries(learned.buckets)
    .map(([name, bucket]) => ({
      kind: kindWords(name),
      answers: bucket.answers,
      kept: keptWords(bucket),
      effect: effectWords(learned, name),
    }))
    .sort((a, b) => b.answers - a.answers);

const SIZE_WORDS: Readonly<Record<string, string>> = {
  small: 'short',
  medium: 'of medium length',
  large: 'long',
};

/** A bucket's name as `bucketsOf` makes it: task, language, size. */
function kindWords(name: string): string {
  const [task = '', languageId, size] = name.split(' ');
  const tasks = Object.entries(TASK_WORDS).find(([known]) => known === task)?.[1] ?? task;
  const language = languageId === undefined ? '' : ` in ${languageId}`;
  return `${tasks}${language}${size === undefined ? '' : `, ${SIZE_WORDS[size] ?? size}`}`;
}

function keptWords({ localSeen, localGood, cloudSeen, cloudGood }: Bucket): string {
  const share = (track: string, good: number, seen: number): string =>
    seen < 0.5
      ? `no ${track} answer judged lately`
      : `${Math.round((100 * good) / seen)} % of ${track} answers kept`;
  return `${share('local', localGood, localSeen)}, ${share('cloud', cloudGood, cloudSeen)}`;
}

function effectWords(learned: Learned, name: string): string {
  const parts = name.split(' ');
  if (!isGainTask(parts[0] ?? '')) return 'changes nothing: where these start does not depend on it';
  const names = parts.map((_, last) => parts.slice(0, last + 1).join(' '));
  const { shift, reasons } = shiftOfBuckets(learned, names);
  if (reasons.length === 0) return 'too little to change anything';
  return `moves them towards ${shift > 0 ? 'the cloud' : 'this machine'} by ${Math.round(100 * Math.abs(shift))} points`;
}
