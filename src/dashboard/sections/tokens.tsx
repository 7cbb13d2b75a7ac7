import type { JSX } from 'preact';
import { usdWords } from '../../base/money-words';
import type { RangeStats } from '../../ledger/stats/stats';
import { plural, tokenWords } from '../figures';
import { Section } from '../widgets/section';

const PLACES = [
  { place: 'local', words: 'local' },
  { place: 'cloud', words: 'cloud' },
] as const;

/** Tokens by kind, and what the provider's prompt cache took off the bill. */
export function Tokens({ stats }: { readonly stats: RangeStats }): JSX.Element {
  const places = PLACES.filter(({ place }) => stats.tokens[place] !== undefined);
  const sum = (kind: 'estimated' | 'thinking'): number =>
    places.reduce((total, { place }) => total + (stats.tokens[place]?.[kind] ?? 0), 0);
  const notes = [
    ...(sum('thinking') > 0 ? [`${tokenWords(sum('thinking'))} of what came out was thinking.`] : []),
    ...(sum('estimated') > 0
      ? [`${tokenWords(sum('estimated'))} are estimated: their calls ended before the count came.`]
      : []),
  ];
  return (
    <Section id="tokens" title="Tokens">
      {places.length === 0 ? (
        <p class="quiet">No model was called in this range.</p>
      ) : (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Track</th>
              <th scope="col">In</th>
              <th scope="col">
                <abbr title="Read from the provider's prompt cache">Cached</abbr>
              </th>
              <th scope="col">
                <abbr title="Written to the provider's prompt cache">Stored</abbr>
              </th>
              <th scope="col">Out</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ place, words }) => (
              <tr key={place}>
                <th scope="row">
                  <span class={`dot ${place}`} aria-hidden="true" />
                  {words}
                </th>
                <td>{tokenWords(stats.tokens[place]?.input ?? 0)}</td>
                <td>{tokenWords(stats.tokens[place]?.cacheRead ?? 0)}</td>
                <td>{tokenWords(stats.tokens[place]?.cacheWrite ?? 0)}</td>
                <td>{tokenWords(stats.tokens[place]?.output ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {notes.length > 0 && <p class="quiet">{notes.join(' ')}</p>}
      <p>{cacheWords(stats.cacheSaved)}</p>
    </Section>
  );
}

/** What caching did to the bill. It is in "spent" already. */
export function cacheWords({ usd, unknown }: RangeStats['cacheSaved']): string {
  const missing = unknown > 0 ? ` For ${plural(unknown, 'request', 'requests')} the price is unknown.` : '';
  if (usd > 0)
    return `Prompt caching took ${usdWords(usd)} off the bill; it is in "spent" already.${missing}`;
  if (usd < 0)
    return `Prompt caching has cost ${usdWords(-usd)} so far: stored, but not read often enough yet.${missing}`;
  return `Prompt caching made no difference to the bill.${missing}`;
}
