import type { Evidence } from '../checks/check';
import type { Task } from '../request';
import { MEASURED_PRIOR, measuredChance } from './measured';
import { NO_RECORD, ownChance, type OwnRecord } from './own-record';

/** A probability the user may be shown exists only where evidence of that kind was measured. */
export type Calibrated =
  | {
      readonly kind: 'calibrated';
      readonly probability: number;
      readonly by: 'published' | 'own';
      readonly answers: number;
    }
  | { readonly kind: 'uncalibrated' };

export interface Combined {
  /**
   * Belief that the local answer is good, 0 to 1, to compare with the threshold and to keep with the attempt (the
   * user's record is kept by it, so it must not depend on that record); absent: the checks cannot say.
   */
  readonly confidence?: number;
  /** What surfaces may show: a probability, or only the evidence. */
  readonly calibrated: Calibrated;
  /** The evidence in the user's words, the most telling first. */
  readonly words: readonly string[];
}

/** Checks that find faults: their score is a belief only when they found one. */
const FAULT_FINDERS: ReadonlySet<string> = new Set(['cut-off', 'repetition', 'refusal']);

/** Checks that can prove code wrong: what does not parse or compile any more is no better for the model being sure. */
const REFUTERS: ReadonlySet<string> = new Set(['parses', 'diagnostics']);

const isFault = ({ check, score }: Evidence): boolean =>
  score !== undefined && score < 0.5 && (FAULT_FINDERS.has(check) || REFUTERS.has(check));

/**
 * How much a check without measurements moves the log-odds: its own, times this. Under one, since checks look at the
 * same answer and say partly the same. Parsing and diagnostics can prove an answer wrong but not right.
 */
const WEIGHT: Readonly<Record<string, number>> = {
  logprobs: 0.6,
  agreement: 0.6,
  parses: 0.5,
  diagnostics: 0.7,
};
const OTHER_WEIGHT = 0.4;

/** A belief stays this far from certainty; a single check is never proof. */
const SURE = 0.03;

const bounded = (p: number): number => Math.max(SURE, Math.min(1 - SURE, p));
const logit = (p: number): number => Math.log(bounded(p) / (1 - bounded(p)));
const chance = (logOdds: number): number => bounded(1 / (1 + Math.exp(-logOdds)));

/**
 * What to suppose of a local answer before looking at it. Explanations: exercises in reading code (measured) are
 * harder than explaining it, so half-way to the user's usual share of kept answers; edits: as measured exercises.
 */
const PRIOR: Readonly<Record<Task, number>> = {
  complete: 0.6,
  explain: (MEASURED_PRIOR.explain + 0.8) / 2,
  refactor: MEASURED_PRIOR.refactor,
  ask: MEASURED_PRIOR.explain,
};

interface Piece {
  readonly words: string;
  /** What it adds to the log-odds. */
  readonly adds: number;
  readonly fault: boolean;
  readonly measured?: { readonly probability: number; readonly items: number };
}

function weigh(evidence: Evidence): Piece | undefined {
  const { check, saw, score } = evidence;
  if (score === undefined) return undefined;
  const measured = measuredChance(check, score);
  if (measured !== undefined) {
    return { words: saw, adds: logit(measured.probability), fault: false, measured };
  }
  const fault = isFault(evidence);
  if (FAULT_FINDERS.has(check) && !fault) return undefined;
  return { words: saw, adds: (WEIGHT[check] ?? OTHER_WEIGHT) * logit(score), fault };
}

/**
 * Adds up what the checks saw. Measured evidence stands for itself (its map already holds the prior); other evidence
 * moves the task's prior by weighted log-odds; a fault (cut off, repeating, declined, new errors) caps the belief.
 */
export function combineEvidence(
  task: Task,
  evidence: readonly Evidence[],
  record: OwnRecord = NO_RECORD,
): Combined {
  const words = [...evidence].map((one) => one.saw);
  const pieces = evidence.flatMap((one) => weigh(one) ?? []);
  if (pieces.length === 0) return { calibrated: { kind: 'uncalibrated' }, words };
  const measured = pieces.filter((piece) => piece.measured !== undefined);
  const others = pieces.filter((piece) => piece.measured === undefined && !piece.fault);
  const start =
    measured.length > 0
      ? measured.reduce((sum, piece) => sum + piece.adds, 0) / measured.length
      : logit(PRIOR[task]);
  // Beside measured evidence the rest counts for half: the map was made without knowing of it.
  const share = measured.length > 0 ? 0.5 : 1;
  const belief = chance(others.reduce((sum, piece) => sum + share * piece.adds, start));
  const faults = evidence.filter(isFault).map(({ score = 0 }) => score);
  const confidence = Math.min(belief, ...faults);
  const telling = ({ adds, fault }: Piece): number => (fault ? Number.MAX_VALUE : Math.abs(adds));
  const sorted = [...pieces].sort((a, b) => telling(b) - telling(a)).map((piece) => piece.words);
  return {
    confidence,
    calibrated: calibrate(task, confidence, pieces, record),
    words: [...new Set([...sorted, ...words])],
  };
}

/** The user's own record first; published measurements only where nothing unmeasured took part. */
function calibrate(task: Task, confidence: number, pieces: readonly Piece[], record: OwnRecord): Calibrated {
  const own = ownChance(record, task, confidence);
  if (own !== undefined)
    return { kind: 'calibrated', probability: own.probability, by: 'own', answers: own.answers };
  const [only, ...more] = pieces;
  if (only?.measured === undefined || more.length > 0) return { kind: 'uncalibrated' };
  return { kind: 'calibrated', probability: confidence, by: 'published', answers: only.measured.items };
}
