import type { JSX } from 'preact';
import type { CompletionFigures } from '../protocol';
import { countWords, percentWords } from '../figures';
import { Section } from '../widgets/section';
import { TRACKS } from '../words';

/** How ghost text does since the window opened. */
export function GhostText({ figures }: { readonly figures: CompletionFigures }): JSX.Element {
  const { hitRate, requests, requestsAvoided, shown, acceptance } = figures;
  const rows = acceptance.filter((row) => row.shown > 0);
  return (
    <Section id="ghost" title="Ghost text" note="since this window opened">
      {shown === 0 ? (
        <p class="quiet">Nothing shown yet. Pause while typing, and a suggestion appears at the caret.</p>
      ) : (
        <>
          <dl class="pairs">
            <dt>Shown</dt>
            <dd>{countWords(shown)}</dd>
            <dt>Without a new request</dt>
            <dd>{hitRate === undefined ? '–' : percentWords(hitRate)}</dd>
            <dt>Requests avoided</dt>
            <dd>{countWords(requestsAvoided)}</dd>
            <dt>Requests made</dt>
            <dd>{countWords(requests)}</dd>
          </dl>
          {rows.length > 0 && (
            <table class="figures">
              <thead>
                <tr>
                  <th scope="col">From</th>
                  <th scope="col">Shown</th>
                  <th scope="col">Accepted</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.track}>
                    <th scope="row">
                      <span class={`dot ${row.track}`} aria-hidden="true" />
                      {TRACKS[row.track]}
                    </th>
                    <td>{countWords(row.shown)}</td>
                    <td>
                      {countWords(row.accepted)}{' '}
                      <span class="quiet">({percentWords(row.accepted / row.shown)})</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </Section>
  );
}
