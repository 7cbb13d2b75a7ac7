import type { JSX } from 'preact';
import { Icon } from '../../pages/icon';
import type { Act } from '../act';
import type { DashboardAction, DashboardData } from '../protocol';

interface Banner {
  readonly key: string;
  readonly tone: 'info' | 'warning' | 'error' | 'plain';
  readonly icon: string;
  readonly text: string;
  readonly button?: { readonly title: string; readonly action: DashboardAction };
}

/** What one must know before reading the figures, and what is missing, each with its next step. */
export const Banners = ({ data, act }: { readonly data: DashboardData; readonly act: Act }): JSX.Element => (
  // Read out when one comes up, and silent otherwise.
  <div class="banners" role="status">
    {bannersOf(data).map(({ key, tone, icon, text, button }) => (
      <div key={key} class={`note ${tone}`}>
        <Icon name={icon} />
        <bdi class="text">{text}</bdi>
        {button !== undefined && (
          <button type="button" onClick={() => act(button.action)}>
            <bdi>{button.title}</bdi>
          </button>
        )}
      </div>
    ))}
  </div>
);

export function bannersOf(data: DashboardData): Banner[] {
  const { budget } = data;
  return [
    ...(data.demo
      ? [
          {
            key: 'demo',
            tone: 'info' as const,
            icon: 'beaker',
            text: 'Demo: the servers are stand-ins. Answers are invented and nothing is charged.',
          },
        ]
      : []),
    ...(data.offline
      ? [
          {
            key: 'offline',
            tone: 'info' as const,
            icon: 'circle-slash',
            text: 'Offline: no byte goes to any cloud while the switch is on.',
            button: { title: 'Go Online', action: 'toggleOffline' as const },
          },
        ]
      : []),
    ...(budget.level === 'capped'
      ? [
          {
            key: 'capped',
            tone: 'error' as const,
            icon: 'error',
            text: 'The budget is used up: nothing that costs money is sent. Local models go on answering.',
            button: { title: 'Change the Cap', action: 'budgetSettings' as const },
          },
        ]
      : []),
    ...data.notices.map((text) => ({ key: text, tone: 'warning' as const, icon: 'warning', text })),
    ...data.missing.map(({ text, action, title }) => ({
      key: text,
      tone: 'plain' as const,
      icon: 'lightbulb',
      text,
      button: { title, action },
    })),
  ];
}
