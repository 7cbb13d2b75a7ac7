import type { Task, Track } from '../../routing/request';
import type { NanoUsd } from '../money';
import type { Histogram } from './histogram';

/** Where an answer came from, or how the request ended without one. */
export type Lane = Track | 'cancelled' | 'refused' | 'failed';

/** Sums of one kind of request. All amounts in nano-USD, all counts whole, so that sums are exact in any order. */
export interface Group {
  requests: number;
  spent: NanoUsd;
  /** The part of `spent` that rests on estimated tokens: calls that were aborted or cut off. */
  spentEstimated: NanoUsd;
  /** Requests with an attempt of unknown price. */
  spentUnknown: number;
  baseline: NanoUsd;
  baselineEstimated: NanoUsd;
  baselineUnknown: number;
  /** With completions counting, and with completions switched off. */
  saved: NanoUsd;
  savedCompletionsOff: NanoUsd;
  savedUnknown: number;
  cacheSaved: NanoUsd;
  cacheSavedUnknown: number;
}

/** Estimate beside what happened, over the requests where both are known. */
export interface EstimateSums {
  n: number;
  inputEstimated: number;
  inputActual: number;
  outputEstimated: number;
  outputActual: number;
  usdN: number;
  usdEstimated: NanoUsd;
  usdActual: NanoUsd;
  msN: number;
  msEstimated: number;
  msActual: number;
}

/** What whole calls took, estimated or not, and in whichever role: the next estimate comes from these. */
export interface CallSums {
  n: number;
  ms: number;
  output: number;
  /** Output tokens that requests of their sizes usually take. */
  usual: number;
}

export interface CalibrationBin {
  n: number;
  /** Sum of the predicted confidences, in millionths. */
  confidence: number;
  accepted: number;
}

export interface TokenSums {
  input: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
  thinking: number;
  /** Tokens of all kinds whose count is an estimate. */
  estimated: number;
}

/** Everything the views show, summed over the requests of some time. Cells add up; a request can be taken out again. */
export interface Cell {
  /** Keyed `lane/task`. */
  groups: Record<string, Group>;
  /** By what made the answer doubtful. */
  escalations: Record<string, number>;
  /** By why the local attempt failed. */
  fallbacks: Record<string, number>;
  /** From asking to the end, by the track that answered; in ms. */
  latency: Record<string, Histogram>;
  firstToken: Record<string, Histogram>;
  /** By place: `local`, `cloud`. */
  tokens: Record<string, TokenSums>;
  redactions: Record<string, number>;
  refusals: Record<string, number>;
  blocked: Record<string, number>;
  /** Keyed `track/task/verdict`; `none` where no verdict came. */
  verdicts: Record<string, number>;
  /** By `callKey`. */
  estimates: Record<string, EstimateSums>;
  /** By `callKey`. */
  calls: Record<string, CallSums>;
  /** Keyed `task/bin`, bins of a tenth: `0` holds confidences under 0.1, `9` those from 0.9. */
  calibration: Record<string, CalibrationBin>;
}

export const groupKey = (lane: Lane, task: Task): string => `${lane}/${task}`;

export const callKey = (task: string, model: { readonly provider: string; readonly id: string }): string =>
  `${task} ${model.provider}/${model.id}`;

/** What a `callKey` was made of; `model`: `provider/model`. No task has a space in its name. */
export function readCallKey(key: string): { readonly task: string; readonly model: string } {
  const space = key.indexOf(' ');
  return { task: key.slice(0, space), model: key.slice(space + 1) };
}

export const emptyCell = (): Cell => ({
  groups: {},
  escalations: {},
  fallbacks: {},
  latency: {},
  firstToken: {},
  tokens: {},
  redactions: {},
  refusals: {},
  blocked: {},
  verdicts: {},
  estimates: {},
  calls: {},
  calibration: {},
});

/** A cell is counts all the way down, so adding is the same at every level. */
type Counts = { [key: string]: number | Counts };

function addCounts(into: Counts, from: Counts): void {
  for (const [key, value] of Object.entries(from)) {
    if (key === '__proto__') continue;
    const old = into[key];
    if (typeof value === 'number') into[key] = (typeof old === 'number' ? old : 0) + value;
    else if (typeof old === 'object') addCounts(old, value);
    else into[key] = structuredClone(value);
  }
}

/** Adds `from` into `into`, in place; `from` stays as it is. */
export function addCell(into: Cell, from: Cell): void {
  addCounts(into as unknown as Counts, from as unknown as Counts);
}

/** The entry under `key`, made with `make` where there is none yet. */
export function at<T>(record: Record<string, T>, key: string, make: () => T): T {
  const found = Object.hasOwn(record, key) ? record[key] : undefined;
  if (found !== undefined) return found;
  const made = make();
  record[key] = made;
  return made;
}

export const emptyGroup = (): Group => ({
  requests: 0,
  spent: 0,
  spentEstimated: 0,
  spentUnknown: 0,
  baseline: 0,
  baselineEstimated: 0,
  baselineUnknown: 0,
  saved: 0,
  savedCompletionsOff: 0,
  savedUnknown: 0,
  cacheSaved: 0,
  cacheSavedUnknown: 0,
});
