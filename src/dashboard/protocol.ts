import type { LedgerEntry } from '../ledger/entry';
import type { Stats } from '../ledger/stats/stats';
import type { BudgetState } from '../routing/budget';
import type { GraphView } from '../routing/graph-view';
import type { SeenHealth } from '../routing/health';

/** How the ghost-text engine does, since the window opened. */
export interface CompletionFigures {
  /** Shares from 0 to 1; absent before anything was shown. */
  readonly hitRate?: number;
  readonly requestsAvoided: number;
  readonly requests: number;
  readonly shown: number;
  readonly acceptance: readonly {
    readonly track: 'instant' | 'local' | 'mixed';
    readonly shown: number;
    readonly accepted: number;
  }[];
}

/** Everything the dashboard draws, as plain data. */
export interface DashboardData {
  /** Servers are stand-ins: the page says so. */
  readonly demo: boolean;
  readonly offline: boolean;
  readonly stats: Stats;
  /** Newest first. */
  readonly recent: readonly LedgerEntry[];
  readonly budget: BudgetState;
  readonly local: SeenHealth;
  readonly cloud: SeenHealth;
  /** "Ollama 0.40.1", "the engine inside". */
  readonly engine: string;
  readonly completions: CompletionFigures;
  readonly graph: GraphView;
  /** Troubles of the ledger, in words with the next step. */
  readonly notices: readonly string[];
  /** What is missing for the whole of Switchyard to work, each with the command that helps. */
  readonly missing: readonly {
    readonly text: string;
    readonly action: DashboardAction;
    readonly title: string;
  }[];
  /** Prices the figures rest on: "Prices of 2026-11-23". */
  readonly pricesAsOf: string;
}

/** What the page may ask the editor to do; nothing else is done for it. */
export const DASHBOARD_ACTIONS = [
  'openInEditor',
  'exportCsv',
  'exportJson',
  'resetLedger',
  'settings',
  'budgetSettings',
  'toggleOffline',
  'enterKey',
  'chooseModel',
  'pullModel',
  'startLocal',
  'downloadModel',
  'diagnose',
  'learned',
  'walkthrough',
] as const;
export type DashboardAction = (typeof DASHBOARD_ACTIONS)[number];

export type ToDashboardPage =
  | { readonly type: 'data'; readonly data: DashboardData }
  /** Why a request went where it did, and how its figures came about, line by line. */
  | { readonly type: 'why'; readonly requestId: string; readonly lines: readonly string[] };

export type FromDashboardPage =
  | { readonly type: 'ready' }
  | { readonly type: 'why'; readonly requestId: string }
  | { readonly type: 'action'; readonly action: DashboardAction };

/** What a page sent, if it is one of its messages; undefined for anything else. */
export function readDashboardMessage(raw: unknown): FromDashboardPage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const type: unknown = Reflect.get(raw, 'type');
  if (type === 'ready') return { type };
  if (type === 'why') {
    const requestId: unknown = Reflect.get(raw, 'requestId');
    return typeof requestId === 'string' && requestId.length < 100 ? { type, requestId } : undefined;
  }
  if (type === 'action') {
    const wanted: unknown = Reflect.get(raw, 'action');
    const action = DASHBOARD_ACTIONS.find((known) => known === wanted);
    return action === undefined ? undefined : { type, action };
  }
  return undefined;
}
