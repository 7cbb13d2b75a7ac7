import type { Finish, TokenLogprob } from '../../models/model';

/** A whole local answer, as the checks see it. */
export interface LocalAnswer {
  readonly text: string;
  readonly finish: Finish;
  readonly logprobs: readonly TokenLogprob[];
}

/** What one check saw. `score` is its belief that the answer is good, 0 to 1; absent when it cannot say. */
export interface Evidence {
  /** The check's name: `logprobs`, `cut-off`, `repetition`, `parses`, `diagnostics`, `agreement`, `examples`. */
  readonly check: string;
  /** In the user's words, without code: "mean token probability 0.93, worst stretch 0.41". */
  readonly saw: string;
  readonly score?: number;
}

export interface Check {
  readonly name: string;
  /** Must honour `signal`; a check that throws or is too slow counts as "cannot say". */
  run(answer: LocalAnswer, signal: AbortSignal): Evidence | Promise<Evidence>;
}

/** What speaks most against an answer; undefined where no check put it into a score. */
export const strongestDoubt = (evidence: readonly Evidence[]): Evidence | undefined =>
  evidence
    .filter(({ score }) => score !== undefined)
    .reduce<Evidence | undefined>(
      (worst, one) => ((one.score ?? 1) < (worst?.score ?? Infinity) ? one : worst),
      undefined,
    );
