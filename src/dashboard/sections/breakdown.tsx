import type { JSX } from 'preact';
import type { RangeStats } from '../../ledger/stats/stats';
import { byTask, type LaneRow, type TaskGroup } from '../breakdown';
import { amountNotes, amountWords, countWords } from '../figures';
import { Section } from '../widgets/section';
import { LANES, taskWords, wordsFor } from '../words';

/** Where requests went, by task and then by track. */
export function Breakdown({ stats }: { readonly stats: RangeStats }): JSX.Element {
  const groups = byTask(stats.breakdown);
  return (
    <Section id="breakdown" title="Where requests went">
      {groups.length === 0 ? (
        <p class="quiet">No requests in this range.</p>
      ) : (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Track</th>
              <th scope="col">Requests</th>
              <th scope="col">Saved</th>
              <th scope="col">Spent</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.task}>
              <tr class="group">
                <th scope="rowgroup" colSpan={4}>
                  <bdi>{taskWords(group.task).many}</bdi>{' '}
                  <span class="sum">{countWords(group.requests)}</span>
                  <Shares group={group} />
                </th>
              </tr>
              {group.lanes.map((row) => (
                <Lane key={row.lane} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      )}
    </Section>
  );
}

/** One bar, split by where the requests went; the rows below say the same in figures. */
const Shares = ({ group }: { readonly group: TaskGroup }): JSX.Element => (
  <span class="shares" aria-hidden="true">
    {group.lanes.map(({ lane, requests }) => (
      <span key={lane} class={`share ${lane}`} style={{ flexGrow: requests }} />
    ))}
  </span>
);

const Lane = ({ row }: { readonly row: LaneRow }): JSX.Element => (
  <tr>
    <th scope="row">
      <span class={`dot ${row.lane}`} aria-hidden="true" />
      <bdi>{wordsFor(LANES, row.lane)}</bdi>
    </th>
    <td>{countWords(row.requests)}</td>
    <td title={amountNotes(row.saved).join(', ')}>{amountWords(row.saved)}</td>
    <td title={amountNotes(row.spent).join(', ')}>{amountWords(row.spent)}</td>
  </tr>
);
