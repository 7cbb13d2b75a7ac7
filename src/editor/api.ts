import type * as vscode from 'vscode';
import type { Stats } from '../ledger/stats/stats';
import type { Task, Track } from '../routing/request';

/** One finished request, as other extensions may see it: no code, no prompt, no key. */
export interface PublicOutcome {
  readonly requestId: string;
  readonly task: Task;
  readonly languageId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly endedAt: number;
  readonly result: 'answered' | 'cancelled' | 'refused' | 'failed';
  /** Where the answer came from; absent where there is none. */
  readonly track?: Track;
  /** Ids of the models called, in order. */
  readonly models: readonly string[];
  /** USD; undefined where a price is unknown. */
  readonly spentUsd: number | undefined;
  readonly savedUsd: number | undefined;
}

/**
 * What `vscode.extensions.getExtension('switchyard.switchyard').activate()` gives. Read-only: it lends nobody the key
 * and makes no requests.
 */
export interface SwitchyardApi {
  /** Goes up when something below changes its meaning. */
  readonly version: 1;
  /** The figures of the dashboard: today, seven days, thirty days, all. */
  stats(): Promise<Stats>;
  /** Calls `listener` with each outcome as it comes. */
  onOutcome(listener: (outcome: PublicOutcome) => void): vscode.Disposable;
}
