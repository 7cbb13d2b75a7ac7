import type { JSX } from 'preact';
import { Icon } from '../../pages/icon';
import type { Act } from '../act';
import type { DashboardAction, DashboardData } from '../protocol';

const BUTTONS: readonly {
  readonly action: DashboardAction;
  readonly title: string;
  readonly icon: string;
}[] = [
  { action: 'exportCsv', title: 'Export CSV', icon: 'export' },
  { action: 'exportJson', title: 'Export JSON', icon: 'json' },
  { action: 'learned', title: 'What Was Learned', icon: 'mortar-board' },
  { action: 'diagnose', title: 'Diagnose', icon: 'pulse' },
  { action: 'settings', title: 'Settings', icon: 'settings-gear' },
  { action: 'walkthrough', title: 'Walkthrough', icon: 'book' },
  { action: 'resetLedger', title: 'Reset…', icon: 'trash' },
];

/** What one can do with the books, and what the figures rest on. */
export const Footer = ({ data, act }: { readonly data: DashboardData; readonly act: Act }): JSX.Element => (
  <footer class="page-foot">
    <div class="tools">
      {BUTTONS.map(({ action, title, icon }) => (
        <button key={action} type="button" onClick={() => act(action)}>
          <Icon name={icon} />
          {title}
        </button>
      ))}
    </div>
    <p class="quiet">
      <bdi>{data.pricesAsOf}</bdi>.{data.stats.since !== undefined && ` Figures since ${data.stats.since}.`}{' '}
      The books hold no code and no prompt text.
    </p>
  </footer>
);
