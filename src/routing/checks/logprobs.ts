import type { TokenLogprob } from '../../models/model';
import type { Check } from './check';

/** Tokens in the window whose mean is looked at for the worst stretch: about a line of code or half a sentence. */
const WINDOW = 12;

/** Tokens with a letter or a digit decide what is said. */
const SAYS = /[\p{L}\p{N}]/u;

export interface LogprobSummary {
  /** Geometric mean of the tokens' probabilities, 0 to 1. */
  readonly mean: number;
  /** The same over the tokens that say something: signs, blanks and line ends follow from them, and are always sure. */
  readonly decisive: number;
  /** The same over the worst `WINDOW` tokens in a row. */
  readonly worst: number;
}

/** Undefined where there is nothing to go by: no tokens, or all exactly zero (the server did not know). */
export function summariseLogprobs(logprobs: readonly TokenLogprob[]): LogprobSummary | undefined {
  if (logprobs.every(({ logprob }) => logprob === 0)) return undefined;
  const width = Math.min(WINDOW, logprobs.length);
  let sum = 0;
  let [decisive, decisiveSum] = [0, 0];
  let inWindow = 0;
  let worstWindow = Infinity;
  for (const [index, { token, logprob }] of logprobs.entries()) {
    sum += logprob;
    if (SAYS.test(token)) {
      decisive += 1;
      decisiveSum += logprob;
    }
    inWindow += logprob - (logprobs[index - width]?.logprob ?? 0);
    if (index >= width - 1) worstWindow = Math.min(worstWindow, inWindow);
  }
  const mean = Math.exp(sum / logprobs.length);
  return {
    mean,
    decisive: decisive === 0 ? mean : Math.exp(decisiveSum / decisive),
    worst: Math.exp(worstWindow / width),
  };
}

/**
 * How sure the model was of its own words. The score lies half-way between the tokens that decide and the worst stretch:
 * neither alone separates well.
 */
export const logprobsCheck: Check = {
  name: 'logprobs',
  run(answer) {
    const summary = summariseLogprobs(answer.logprobs);
    if (summary === undefined) return { check: 'logprobs', saw: 'the model does not say how sure it was' };
    const { mean, decisive, worst } = summary;
    const apart =
      mean.toFixed(2) === decisive.toFixed(2) ? '' : ` (${decisive.toFixed(2)} at names and numbers)`;
    return {
      check: 'logprobs',
      saw: `mean token probability ${mean.toFixed(2)}${apart}, worst stretch ${worst.toFixed(2)}`,
      score: (decisive + worst) / 2,
    };
  },
};
