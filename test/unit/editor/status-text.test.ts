import { describe, expect, it } from 'vitest';
import { statusText, statusTooltip, type StatusInput } from '../../../src/editor/status/status-text';

const quiet: StatusInput = {
  demo: false,
  offline: false,
  working: 0,
  local: { kind: 'up' },
  cloud: { kind: 'up' },
  engine: 'Ollama 0.40.1',
  standIn: false,
  completionsWait: false,
  spentUsd: 0.4512,
  savedUsd: 1.2345,
  unknownPrices: 0,
  budget: { spentToday: 0, spentThisMonth: 0, reserved: 0, level: 'none' },
  next: 'auto',
  rows: [],
};
const down = { kind: 'down', since: 0, reason: 'it cannot be reached', nextProbeAt: 0 } as const;

describe('the status bar', () => {
  it('says what was saved and spent today, in cents', () => {
    expect(statusText(quiet).text).toBe('$(git-merge) $1.23 saved · $0.45 spent');
  });

  it('never hides that more was spent than saved', () => {
    expect(statusText({ ...quiet, savedUsd: -0.5 }).text).toContain('−$0.50 saved');
  });

  it('says "demo" where servers are stand-ins', () => {
    expect(statusText({ ...quiet, demo: true }).text).toContain('demo · ');
  });

  it.each([
    ['a request that runs', { working: 1 }, 'sync~spin', 'one request runs'],
    [
      'ghost text that waits for the only model',
      { working: 2, completionsWait: true },
      'sync~spin',
      '2 requests run; completions from the cache only',
    ],
    ['offline', { offline: true }, 'circle-slash', 'offline: nothing goes to a cloud'],
    ['local being down', { local: down }, 'warning', 'local is down: it cannot be reached'],
    ['the cloud being down', { cloud: down }, 'warning', 'the cloud is down: it cannot be reached'],
    ['snoozed completions', { snoozedUntil: 1 }, 'bell-slash', 'completions are snoozed'],
  ] as const)('shows %s', (_what, change, icon, state) => {
    const shown = statusText({ ...quiet, ...change });
    expect(shown.text).toContain(`$(${icon})`);
    expect(shown.state).toBe(state);
    expect(shown.accessible).toContain(state);
  });

  it.each([
    ['offline', { offline: true }],
    ['working', { working: 1 }],
    ['local down', { local: down }],
    ['snoozed', { snoozedUntil: 1 }],
    ['instant only', { local: { kind: 'unconfigured', reason: 'Ollama is not there' } }],
    ['engine inside', { engine: 'the engine inside' }],
    ['stand-in model', { engine: 'a stand-in model', standIn: true }],
    ['completions fail', { completionsTrouble: 'qwen is not installed.' }],
    ['next request: cloud', { next: 'cloud' }],
  ] as const)('says "%s" in words, not by its icon alone', (word, change) => {
    expect(statusText({ ...quiet, ...change }).text).toContain(` ${word} · $1.23 saved`);
  });

  it('puts a budget that is used up before everything else', () => {
    const budget = { ...quiet.budget, level: 'capped' as const };
    expect(statusText({ ...quiet, budget, working: 1, offline: true })).toMatchObject({
      severity: 'error',
      state: 'the budget is used up',
    });
  });
});

describe('its tooltip', () => {
  it('breaks today down by task and track, and says what is left of the budget', () => {
    const text = statusTooltip({
      ...quiet,
      rows: [{ label: 'explain, local', requests: 3, spentUsd: 0, savedUsd: 0.0042 }],
      budget: { ...quiet.budget, dayCap: 5, spentToday: 1, reserved: 0.5, level: 'ok' },
    });
    expect(text).toContain('| explain, local | 3 | $0 | $0.0042 |');
    expect(text).toContain('Budget: $3.50 of $5.00 left today.');
  });

  it('says where the next request is told to go', () => {
    expect(statusTooltip({ ...quiet, next: 'local' })).toContain('Next request: local.');
  });

  it('shows what a server said as plain text', () => {
    const local = { ...down, reason: '[click](command:evil) $(flame)' };
    expect(statusTooltip({ ...quiet, local })).not.toMatch(/\]\(|\$\(flame/);
  });

  it('says which figures are incomplete for want of a price', () => {
    expect(statusTooltip({ ...quiet, unknownPrices: 2 })).toContain('2 of these have no known price.');
  });
});
