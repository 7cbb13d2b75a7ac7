import type { JSX } from 'preact';
import type { Acceptance } from '../../ledger/stats/stats';
import { acceptanceRow, type AcceptanceRow } from '../acceptance';
import { countWords, percentWords } from '../figures';
import { taskWords, TRACKS, wordsFor } from '../words';

/** What the user made of the answers. */
export function AcceptanceTable({ acceptance }: { readonly acceptance: readonly Acceptance[] }): JSX.Element {
  const rows = acceptance.map(acceptanceRow);
  return (
    <div class="part">
      <h3>Taken or not</h3>
      {rows.length === 0 ? (
        <p class="quiet">No answers in this range.</p>
      ) : (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Answers</th>
              <th scope="col">Taken</th>
              <th scope="col">Not</th>
              <th scope="col">
                <abbr title="Answers you neither took nor rejected: most explanations">Unsaid</abbr>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.track}/${row.task}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const Row = ({ row }: { readonly row: AcceptanceRow }): JSX.Element => (
  <tr>
    <th scope="row">
      <span class={`dot ${row.track}`} aria-hidden="true" />
      <bdi>
        {taskWords(row.task).many}, {wordsFor(TRACKS, row.track)}
      </bdi>
    </th>
    <td>
      {countWords(row.taken)}{' '}
      {row.share !== undefined && <span class="quiet">({percentWords(row.share)})</span>}
    </td>
    <td title={`${row.rejected} rejected, ${row.redone} asked again on the cloud`}>
      {countWords(row.rejected + row.redone)}
    </td>
    <td>{countWords(row.unsaid)}</td>
  </tr>
);
