import { derived, type Store } from 'callbag-recharge';
import type { Stats } from '../../ledger/stats/stats';
import type { BudgetState } from '../../routing/budget';
import type { SeenHealth, TrackHealth } from '../../routing/health';
import type { TrackKey } from '../../routing/health/health';
import type { ActiveRequest } from '../../routing/yard';
import { hasOnlyStandIn } from '../models/choose-models';
import type { LocalModels } from '../models/local-models';
import type { Settings } from '../settings/settings';
import type { NextTrack } from '../switches';
import type { StatusInput, StatusRow } from '../status/status-text';

export interface StatusParts {
  readonly settings: Store<Settings>;
  /** The one local model is busy with an answer; ghost text does without it. */
  readonly modelBusy: Store<boolean>;
  readonly active: Store<readonly ActiveRequest[]>;
  readonly tracks: Store<ReadonlyMap<TrackKey, TrackHealth>>;
  readonly localModels: Store<LocalModels>;
  readonly stats: Store<Stats>;
  readonly budget: Store<BudgetState>;
  readonly snoozedUntil: Store<number | undefined>;
  /** How the ghost-text engine does, in one line; undefined while there is nothing to say. */
  readonly completions: Store<string | undefined>;
  /** Why completions fail and will go on failing; undefined while they work. */
  readonly completionsTrouble: Store<string | undefined>;
  /** Where the next request is told to go. */
  readonly next: Store<NextTrack>;
}

export function statusInput(parts: StatusParts): Store<StatusInput> {
  const { settings, modelBusy, active, tracks, localModels, stats, budget, snoozedUntil } = parts;
  const { completions, completionsTrouble, next } = parts;
  return derived(
    [
      settings,
      modelBusy,
      active,
      tracks,
      localModels,
      stats,
      budget,
      snoozedUntil,
      completions,
      completionsTrouble,
      next,
    ],
    (): StatusInput => {
      const { today } = stats.get();
      const { demo, policy } = settings.get();
      const until = snoozedUntil.get();
      const line = completions.get();
      const trouble = completionsTrouble.get();
      return {
        demo,
        offline: policy.offline,
        working: active.get().filter(({ task }) => task !== 'complete').length,
        local: localHealth(localModels.get(), tracks.get()),
        cloud: cloudHealth(tracks.get()),
        engine: localModels.get().engine,
        standIn: hasOnlyStandIn(localModels.get()),
        completionsWait: modelBusy.get(),
        spentUsd: today.spent.usd,
        savedUsd: today.saved.usd,
        unknownPrices: today.spent.unknown,
        budget: budget.get(),
        next: next.get(),
        ...(trouble !== undefined && { completionsTrouble: trouble }),
        rows: rowsOf(today),
        ...(until !== undefined && { snoozedUntil: until }),
        ...(line !== undefined && { completions: line }),
      };
    },
    { name: 'status' },
  );
}

/** What was seen when asking the engine, or what calls to it have shown since, whichever is worse. */
export function localHealth(
  { provider, state }: Pick<LocalModels, 'provider' | 'state'>,
  tracks: ReadonlyMap<TrackKey, TrackHealth>,
): SeenHealth {
  if (state.kind === 'unconfigured') return { kind: 'unconfigured', reason: state.reason };
  const called = tracks.get(`local:${provider}`);
  if (called?.kind === 'down') return called;
  return state.kind === 'ready' ? { kind: 'up' } : { kind: 'down', reason: state.reason };
}

export const cloudHealth = (tracks: ReadonlyMap<TrackKey, TrackHealth>): TrackHealth =>
  worst([...tracks].filter(([key]) => key.startsWith('cloud:')).map(([, health]) => health)) ?? {
    kind: 'up',
  };

const worst = (all: readonly TrackHealth[]): TrackHealth | undefined =>
  all.find(({ kind }) => kind === 'down') ?? all.find(({ kind }) => kind === 'unconfigured') ?? all[0];

function rowsOf(today: Stats['today']): StatusRow[] {
  return today.breakdown.map(({ lane, task, requests, spent, saved }) => ({
    label: `${task}, ${lane}`,
    requests,
    spentUsd: spent.usd,
    savedUsd: saved.usd,
  }));
}
