import type { JSX } from 'preact';
import { countWords } from '../figures';

interface CountBarsProps {
  readonly title: string;
  /** Words and counts; the words may come from outside. */
  readonly counts: readonly { readonly key: string; readonly words: string; readonly count: number }[];
  /** What to say where there is nothing to count. */
  readonly none: string;
}

/** Counts by cause, the most frequent first, with a bar each. */
export function CountBars({ title, counts, none }: CountBarsProps): JSX.Element {
  const sorted = counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const most = sorted[0]?.count ?? 1;
  const sum = sorted.reduce((total, { count }) => total + count, 0);
  return (
    <div class="part">
      <h3>
        {title}
        {sum > 0 && <span class="sum">{countWords(sum)}</span>}
      </h3>
      {sorted.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <ul class="count-bars">
          {sorted.map(({ key, words, count }) => (
            <li key={key}>
              <bdi class="words">{words}</bdi>
              <span class="number">{countWords(count)}</span>
              <span class="track" aria-hidden="true">
                <span class="fill" style={{ width: `${(100 * count) / most}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A record of counts as the bars want it, with words for its keys. */
export const countsOf = (
  counts: Readonly<Record<string, number>>,
  words: (key: string) => string,
): { readonly key: string; readonly words: string; readonly count: number }[] =>
  Object.entries(counts).map(([key, count]) => ({ key, words: words(key), count }));
