import type { JSX } from 'preact';
import { Icon } from '../../pages/icon';
import type { SeenHealth } from '../../routing/health';
import type { DashboardData } from '../protocol';
import type { Act } from '../act';

interface HeaderProps {
  readonly data: DashboardData;
  readonly act: Act;
}

/** Whether the tracks work, and the switches one reaches for. */
export const Header = ({ data, act }: HeaderProps): JSX.Element => (
  <header class="page-head">
    <h1 class="unseen">Switchyard</h1>
    <ul class="tracks" aria-label="Tracks">
      <Track name="Local" engine={data.engine} health={data.local} />
      <Track name="Cloud" engine="Claude" health={data.cloud} off={data.offline} />
    </ul>
    <div class="tools">
      <button
        type="button"
        class="plain"
        aria-pressed={data.offline}
        title={data.offline ? 'Let requests reach the cloud again' : 'Keep every byte away from any cloud'}
        onClick={() => act('toggleOffline')}
      >
        <Icon name={data.offline ? 'circle-slash' : 'cloud'} />
        Offline
      </button>
      <button
        type="button"
        class="plain"
        title="Settings"
        aria-label="Settings"
        onClick={() => act('settings')}
      >
        <Icon name="settings-gear" />
      </button>
      <button
        type="button"
        class="plain open-in-editor"
        title="Open in an editor tab"
        aria-label="Open in an editor tab"
        onClick={() => act('openInEditor')}
      >
        <Icon name="link-external" />
      </button>
    </div>
  </header>
);

interface TrackProps {
  readonly name: string;
  readonly engine: string;
  readonly health: SeenHealth;
  readonly off?: boolean;
}

function Track({ name, engine, health, off = false }: TrackProps): JSX.Element {
  const [tone, icon, words] = off ? (['off', 'circle-slash', 'off while offline'] as const) : stateOf(health);
  return (
    <li class={`track-health ${tone}`}>
      <Icon name={icon} />
      <span>
        <strong>{name}</strong>{' '}
        {health.kind !== 'unconfigured' && engine !== '' && <bdi class="quiet">{engine} · </bdi>}
        <bdi>{words}</bdi>
      </span>
    </li>
  );
}

function stateOf(health: SeenHealth): readonly ['up' | 'down' | 'off', string, string] {
  switch (health.kind) {
    case 'up':
      return ['up', 'pass-filled', 'ready'];
    case 'down':
      return ['down', 'warning', `down: ${health.reason}`];
    case 'unconfigured':
      return ['off', 'circle-large-outline', health.reason];
  }
}
