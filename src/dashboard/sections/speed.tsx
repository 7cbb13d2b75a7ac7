import type { JSX } from 'preact';
import { durationWords } from '../../base/money-words';
import type { Durations, RangeStats } from '../../ledger/stats/stats';
import { countWords } from '../figures';
import { Section } from '../widgets/section';
import { TRACKS } from '../words';

const WITH_MODEL = ['local', 'cloud'] as const;

/** How long answers took, by track. */
export function Speed({ stats }: { readonly stats: RangeStats }): JSX.Element {
  const tracks = WITH_MODEL.filter(
    (track) => stats.latency[track] !== undefined || stats.firstToken[track] !== undefined,
  );
  return (
    <Section id="speed" title="Speed">
      {tracks.length === 0 ? (
        <p class="quiet">
          No answers of a model in this range. Instant answers take less than a millisecond.
        </p>
      ) : (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                Track
              </th>
              <th scope="colgroup" colSpan={2}>
                First text
              </th>
              <th scope="colgroup" colSpan={2}>
                Whole answer
              </th>
            </tr>
            <tr>
              <Percentiles />
              <Percentiles />
            </tr>
          </thead>
          <tbody>
            {tracks.map((track) => (
              <tr key={track}>
                <th scope="row">
                  <span class={`dot ${track}`} aria-hidden="true" />
                  {TRACKS[track]}
                  <span class="quiet note-line">
                    {countWords(stats.latency[track]?.n ?? stats.firstToken[track]?.n ?? 0)}
                    <span class="word"> answers</span>
                  </span>
                </th>
                <Times of={stats.firstToken[track]} />
                <Times of={stats.latency[track]} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

const Percentiles = (): JSX.Element => (
  <>
    <th scope="col">
      <abbr title="Half of the answers were faster">p50</abbr>
    </th>
    <th scope="col">
      <abbr title="95 of 100 answers were faster">p95</abbr>
    </th>
  </>
);

const Times = ({ of }: { readonly of: Durations | undefined }): JSX.Element => (
  <>
    <td>{of?.p50 === undefined ? '–' : durationWords(of.p50)}</td>
    <td>{of?.p95 === undefined ? '–' : durationWords(of.p95)}</td>
  </>
);
