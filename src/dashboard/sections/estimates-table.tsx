import type { JSX } from 'preact';
import { durationWords, usdWords } from '../../base/money-words';
import type { EstimateComparison } from '../../ledger/stats/compare-estimates';
import { offBy, plural, tokenWords } from '../figures';
import { taskWords } from '../words';

/** What was estimated beforehand beside what came, over the whole calls of each task and model. */
export const EstimatesTable = ({
  estimates,
}: {
  readonly estimates: readonly EstimateComparison[];
}): JSX.Element => (
  <div class="part wide">
    <h3>Estimated → actual</h3>
    {estimates.length === 0 ? (
      <p class="quiet">Nothing to compare in this range.</p>
    ) : (
      <table class="figures compared">
        <thead>
          <tr>
            <th scope="col">Cost</th>
            <th scope="col">Time each</th>
            <th scope="col">Tokens out</th>
          </tr>
        </thead>
        {estimates.map((row) => (
          <tbody key={`${row.task} ${row.model}`}>
            <tr class="group">
              <th scope="rowgroup" colSpan={3}>
                <bdi>{taskWords(row.task).many}</bdi>
                <bdi class="quiet model">{row.model}</bdi>
                <span class="sum">{plural(row.n, 'call', 'calls')}</span>
              </th>
            </tr>
            <tr>
              <Pair of={row.usd} n={row.usd.n} words={usdWords} />
              <Time row={row} />
              <Pair of={row.outputTokens} n={row.n} words={tokenWords} />
            </tr>
          </tbody>
        ))}
      </table>
    )}
  </div>
);

/** Of the first calls on a machine nobody could tell how long they take. */
const Time = ({ row: { ms, took } }: { readonly row: EstimateComparison }): JSX.Element =>
  ms.n === 0 && took.n > 0 ? (
    <td class="pair">
      ? → {unbroken(durationWords(took.ms / took.n))}
      <span class="quiet note-line">not known beforehand</span>
    </td>
  ) : (
    <Pair of={ms} n={ms.n} words={(sum) => durationWords(sum / ms.n)} />
  );

interface PairProps {
  readonly of: { readonly estimated: number; readonly actual: number };
  /** Calls where both are known. */
  readonly n: number;
  readonly words: (sum: number) => string;
}

const Pair = ({ of: { estimated, actual }, n, words }: PairProps): JSX.Element =>
  n === 0 ? (
    <td class="quiet">unknown</td>
  ) : estimated === 0 && actual === 0 ? (
    <td class="quiet">{words(0)}</td>
  ) : (
    <td class="pair">
      {unbroken(words(estimated))} → {unbroken(words(actual))}
      <span class="quiet note-line">{offBy(estimated, actual)}</span>
    </td>
  );

/** A figure stays on one line with its unit. */
const unbroken = (words: string): string => words.replaceAll(' ', '\u00a0');
