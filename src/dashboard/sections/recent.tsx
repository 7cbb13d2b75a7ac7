import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LedgerEntry } from '../../ledger/entry';
import { plural } from '../figures';
import { holdRows, visibleRows } from '../held-rows';
import { recentRow } from '../recent-row';
import { Section } from '../widgets/section';
import { RecentItem } from './recent-item';

interface RecentProps {
  /** Newest first. */
  readonly entries: readonly LedgerEntry[];
  readonly why: ReadonlyMap<string, readonly string[]>;
  readonly expanded: readonly string[];
  readonly all: boolean;
  readonly toggle: (requestId: string) => void;
  readonly showAll: (all: boolean) => void;
  readonly askWhy: (requestId: string) => void;
}

/** Rows shown before "show all". */
const FIRST_ROWS = 12;

/** The last requests; each opens to say why it went where it did. */
export function Recent(props: RecentProps): JSX.Element {
  const { entries, why, expanded, all, toggle, showAll, askWhy } = props;
  const [held, setHeld] = useState<readonly string[]>();
  const latest = entries.map(recentRow);
  const { rows, waiting } = holdRows(latest, held);
  const shown = all ? rows : visibleRows(rows, FIRST_ROWS, expanded);
  const now = Date.now();
  const hold = (): void => setHeld((before) => before ?? latest.map(({ id }) => id));
  // Either may still hold the list when the other lets go.
  const release = (list: HTMLElement, leaving: 'pointer' | 'focus'): void => {
    const stays = leaving === 'pointer' ? list.contains(document.activeElement) : list.matches(':hover');
    if (!stays) setHeld(undefined);
  };
  return (
    <Section
      id="recent"
      title="Last requests"
      aside={
        <button
          type="button"
          class={waiting > 0 ? 'link' : 'link gone'}
          disabled={waiting === 0}
          onClick={() => setHeld(undefined)}
        >
          {waiting > 0 ? `Show ${plural(waiting, 'new one', 'new ones')}` : ''}
        </button>
      }
    >
      {shown.length === 0 ? (
        <p class="quiet">None yet.</p>
      ) : (
        <ul
          class="rows"
          onPointerEnter={hold}
          onPointerLeave={(event) => release(event.currentTarget, 'pointer')}
          onFocusIn={hold}
          onFocusOut={(event) => {
            if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
              release(event.currentTarget, 'focus');
          }}
        >
          {shown.map((row) => (
            <RecentItem
              key={row.id}
              row={row}
              now={now}
              open={expanded.includes(row.id)}
              lines={why.get(row.id)}
              toggle={toggle}
              askWhy={askWhy}
            />
          ))}
        </ul>
      )}
      {(shown.length < rows.length || (all && rows.length > FIRST_ROWS)) && (
        <button type="button" class="plain more" onClick={() => showAll(!all)}>
          {all ? 'Show fewer' : `Show all ${rows.length}`}
        </button>
      )}
    </Section>
  );
}
