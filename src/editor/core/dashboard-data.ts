import { derived, type Store } from 'callbag-recharge';
import type * as vscode from 'vscode';
import type { DashboardData } from '../../dashboard/protocol';
import { noticesOf, type Ledger } from '../../ledger';
import type { Budget } from '../../ledger/budget';
import { PRICES_AS_OF } from '../../models/price-table';
import type { Health } from '../../routing/health/health';
import type { Yard } from '../../routing/yard';
import { Dashboard } from '../dashboard/dashboard';
import type { GhostTextHandle } from '../ghost-text/start-ghost-text';
import type { Providers } from '../models/providers';
import type { Keys } from '../secrets';
import type { Settings } from '../settings/settings';
import { whyOf } from '../why';
import { cloudHealth, localHealth } from './status-input';
import { whatIsMissing } from './what-is-missing';

export interface DashboardSources {
  readonly extensionUri: vscode.Uri;
  readonly settings: Store<Settings>;
  readonly yard: Yard;
  readonly ledger: Ledger;
  readonly budget: Budget;
  readonly health: Health;
  readonly providers: Providers;
  readonly keys: Keys;
  readonly ghostText: GhostTextHandle;
}

/** Rows of "the last requests"; more are in the export. */
const RECENT_ROWS = 60;

export function openDashboard(sources: DashboardSources): Dashboard {
  const { settings, yard, ledger, budget, health, providers, keys, ghostText } = sources;
  const changes = derived(
    [
      settings,
      ledger.version,
      ledger.health,
      budget.store,
      health.tracks,
      providers.localModels,
      keys.source,
      yard.active,
      ghostText.line,
    ],
    () => ({}),
    { name: 'dashboard', equals: () => false },
  );
  return new Dashboard({
    extensionUri: sources.extensionUri,
    changes,
    data: () => dashboardData(sources),
    why: (requestId) => {
      const entry = ledger.find(requestId);
      return entry === undefined
        ? ['This request is too old to be explained; only its figures are kept.']
        : whyOf(entry);
    },
  });
}

function dashboardData({
  settings,
  yard,
  ledger,
  budget,
  health,
  providers,
  keys,
  ghostText,
}: DashboardSources): DashboardData {
  const models = providers.localModels.get();
  return {
    demo: settings.get().demo,
    offline: settings.get().policy.offline,
    stats: ledger.stats.get(),
    recent: ledger.recent.get().slice(0, RECENT_ROWS),
    budget: budget.state(),
    local: localHealth(models, health.tracks.get()),
    cloud:
      keys.source.get() === 'none'
        ? { kind: 'unconfigured', reason: 'no Claude key' }
        : cloudHealth(health.tracks.get()),
    engine: models.engine,
    completions: ghostText.figures(),
    graph: yard.graphView(),
    notices: noticesOf(ledger.health.get()).map(({ text }) => text),
    missing: whatIsMissing({
      local: models,
      ollamaEndpoint: settings.get().endpoints.ollama,
      engineInside: providers.inside.isShipped,
      hasKey: keys.source.get() !== 'none',
    }),
    pricesAsOf: `Prices of ${PRICES_AS_OF}`,
  };
}
