import type { JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { Icon } from '../../pages/icon';
import { momentWords, type RecentRow } from '../recent-row';
import { whySections } from '../why-sections';

interface RecentItemProps {
  readonly row: RecentRow;
  readonly now: number;
  readonly open: boolean;
  /** Absent until the editor has answered. */
  readonly lines: readonly string[] | undefined;
  readonly toggle: (requestId: string) => void;
  readonly askWhy: (requestId: string) => void;
}

/** One request: a button with the facts, and below it the reasons. */
export function RecentItem({ row, now, open, lines, toggle, askWhy }: RecentItemProps): JSX.Element {
  const details = useId();
  // Asked again when a verdict comes in, since the figures then change; the old lines stay until the new ones come.
  useEffect(() => {
    if (open) askWhy(row.id);
  }, [open, row.id, row.revision]);
  return (
    <li class={open ? 'row open' : 'row'}>
      <button
        type="button"
        class="row-button"
        aria-expanded={open}
        aria-controls={details}
        onClick={() => toggle(row.id)}
      >
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span class="when quiet">{momentWords(row.at, now)}</span>
        <span class="what">
          <Icon name={row.icon} /> <bdi>{row.task}</bdi>
        </span>
        <span class="where">
          <span class={`dot ${row.lane}`} aria-hidden="true" />
          <bdi>{row.laneWords}</bdi>
          {row.model !== undefined && <bdi class="quiet model">{row.model}</bdi>}
        </span>
        <span class={`became ${row.tone}`}>{row.became !== undefined && <bdi>{row.became}</bdi>}</span>
        <span class="took">{row.took}</span>
        <span class="money">{row.money}</span>
      </button>
      <div id={details} class="why" hidden={!open}>
        {open && <Why lines={lines} />}
      </div>
    </li>
  );
}

const Why = ({ lines }: { readonly lines: readonly string[] | undefined }): JSX.Element =>
  lines === undefined ? (
    <p class="quiet">Looking it up…</p>
  ) : (
    <>
      {whySections(lines).map(({ heading, lines: under }, index) => (
        <div key={index} class="why-part">
          {heading !== undefined && (
            <h4>
              <bdi>{heading}</bdi>
            </h4>
          )}
          <ul>
            {under.map((line, at) => (
              <li key={at}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
