import type { Acceptance } from '../ledger/stats/stats';

/** What became of the answers of one track and task, as counts that add up. */
export interface AcceptanceRow {
  readonly track: Acceptance['track'];
  readonly task: Acceptance['task'];
  readonly answers: number;
  readonly taken: number;
  readonly rejected: number;
  readonly redone: number;
  /** The user did not say. */
  readonly unsaid: number;
  /** Taken among those the user judged, 0 to 1; absent where none was judged. */
  readonly share?: number;
}

export function acceptanceRow({ track, task, answers, verdicts }: Acceptance): AcceptanceRow {
  const of = (verdict: keyof typeof verdicts): number => verdicts[verdict] ?? 0;
  const taken = of('accepted') + of('partly-accepted') + of('edited');
  const judged = taken + of('rejected') + of('redone');
  return {
    track,
    task,
    answers,
    taken,
    rejected: of('rejected'),
    redone: of('redone'),
    unsaid: answers - judged,
    ...(judged > 0 && { share: taken / judged }),
  };
}
