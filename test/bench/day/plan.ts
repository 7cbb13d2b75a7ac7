import type { Task } from '../../../src/routing/request';
import { seeded } from '../routing/random';

/** One request of the day. */
export interface Planned {
  readonly task: Task;
  /** Milliseconds after the day's start. */
  readonly at: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Leading input tokens that the request shares with others of the same context: system prompt and files. */
  readonly sharedTokens: number;
  /** Which shared context it is about; requests of one context have the same leading tokens. */
  readonly context?: string;
  readonly accepted: boolean;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 8 * HOUR;

/** Of a question's 20,000 tokens, all but the question and the format are files and system prompt. */
const QUESTION_SHARED = 19_500;

/** Ten questions over four contexts: people ask on about what they have just asked. */
const QUESTIONS_PER_CONTEXT = [3, 3, 2, 2];

/** Mean pause between a request and the next over the same files: reading an answer of 1,500 tokens and thinking. */
const MEAN_PAUSE = 2 * MINUTE;

/** Of a refactor's 3,000 tokens, the system prompt and the file it is in; the selection and the wish come after. */
const REFACTOR_SHARED = 2400;

/** Fifteen refactors in runs of three over one file. An accepted one changes its file, and with it what is shared. */
const REFACTORS_PER_FILE = [3, 3, 3, 3, 3];
const REFACTORS_ACCEPTED = 0.85;

type Shape = Pick<Planned, 'task' | 'inputTokens' | 'outputTokens' | 'sharedTokens'>;

/** Requests one after the other over the same files, `meanPause` apart. */
function run(shape: Shape, count: number, name: string, accepted: number, random: () => number): Planned[] {
  let at = random() * DAY;
  let version = 0;
  return Array.from({ length: count }, (): Planned => {
    at += -Math.log(1 - random()) * MEAN_PAUSE;
    const context = `${name}, version ${version}`;
    const isAccepted = random() < accepted;
    if (shape.task === 'refactor' && isAccepted) version++;
    return { ...shape, at, context, accepted: isAccepted };
  });
}

/** The one fixed day. */
export function planDay(): Planned[] {
  const random = seeded(11);
  const alone = (count: number, accepted: number, shape: Omit<Shape, 'sharedTokens'>): Planned[] =>
    Array.from({ length: count }, () => ({
      ...shape,
      sharedTokens: 0,
      at: random() * DAY,
      accepted: random() < accepted,
    }));
  const refactor: Shape = {
    task: 'refactor',
    inputTokens: 3000,
    outputTokens: 1500,
    sharedTokens: REFACTOR_SHARED,
  };
  const ask: Shape = { task: 'ask', inputTokens: 20_000, outputTokens: 1500, sharedTokens: QUESTION_SHARED };
  return [
    ...alone(1000, 0.3, { task: 'complete', inputTokens: 1500, outputTokens: 40 }),
    ...alone(40, 1, { task: 'explain', inputTokens: 2000, outputTokens: 500 }),
    ...REFACTORS_PER_FILE.flatMap((count, i) =>
      run(refactor, count, `file ${i}`, REFACTORS_ACCEPTED, random),
    ),
    ...QUESTIONS_PER_CONTEXT.flatMap((count, i) => run(ask, count, `files ${i}`, 1, random)),
  ].sort((a, b) => a.at - b.at);
}
