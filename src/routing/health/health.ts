import { state, type Store } from 'callbag-recharge';
import type { Clock } from '../../base/clock';
import type { FailureKind } from '../../models/failure';
import type { ModelRef, Place } from '../../models/model';
import type { ProviderState } from '../../models/provider';
import type { TrackHealth } from '../health';
import { FAULT_WORDS, isTrackFault } from './faults';
import { TrackBreaker } from './track-breaker';

/** Names one track of one provider, as `local:ollama`. */
export type TrackKey = `${Place}:${string}`;

export const trackKey = (model: Pick<ModelRef, 'place' | 'provider'>): TrackKey =>
  `${model.place}:${model.provider}`;

/** Which tracks are worth trying now. */
export interface Health {
  /** Every track heard of, for the status bar. */
  readonly tracks: Store<ReadonlyMap<TrackKey, TrackHealth>>;
  of(model: ModelRef): TrackHealth;
  /** How a call went. Only faults of the track itself count against it. */
  succeeded(model: ModelRef): void;
  failed(model: ModelRef, failure: FailureKind): void;
  /** What somebody who asked the provider directly was told; settles the matter at once. */
  observed(track: Pick<ModelRef, 'place' | 'provider'>, seen: ProviderState): void;
  dispose(): void;
}

export interface HealthDeps {
  readonly clock: Clock;
  /** Asks a provider whether it is there; cheap and free of charge. */
  readonly probe: (track: Pick<ModelRef, 'place' | 'provider'>) => Promise<ProviderState>;
  /** False while no byte may go to this track (offline); the probe is then put off. */
  readonly mayProbe?: (track: Pick<ModelRef, 'place' | 'provider'>) => boolean;
  /** Milliseconds between probes of a track that is down; 15 s: a restart is noticed before a person gives up. */
  readonly probeIntervalMs?: number;
  /** Faults in a row that open the breaker; 3: one bad answer is chance, three in a row are not. */
  readonly faultsToOpen?: number;
}

const UP: TrackHealth = { kind: 'up' };

/** Each track of each provider has its own circuit breaker; while one is open, probes look for recovery. */
export function createHealth(deps: HealthDeps): Health {
  const breakers = new Map<TrackKey, TrackBreaker>();
  const tracks = state<ReadonlyMap<TrackKey, TrackHealth>>(new Map(), { name: 'health' });

  const breakerOf = (track: Pick<ModelRef, 'place' | 'provider'>): TrackBreaker => {
    const key = trackKey(track);
    const known = breakers.get(key);
    if (known !== undefined) return known;
    const breaker = new TrackBreaker({
      clock: deps.clock,
      probe: () => deps.probe(track),
      mayProbe: () => deps.mayProbe?.(track) ?? true,
      probeIntervalMs: deps.probeIntervalMs ?? 15_000,
      faultsToOpen: deps.faultsToOpen ?? 3,
      onChange: (health) => tracks.update((all) => new Map(all).set(key, health)),
    });
    breakers.set(key, breaker);
    return breaker;
  };

  return {
    tracks,
    of: (model) => breakers.get(trackKey(model))?.health ?? UP,
    succeeded: (model) => breakerOf(model).succeeded(),
    failed(model, failure) {
      if (isTrackFault(failure)) breakerOf(model).fault(FAULT_WORDS[failure] ?? failure);
    },
    observed: (track, seen) => breakerOf(track).observed(seen),
    dispose() {
      for (const breaker of breakers.values()) breaker.dispose();
    },
  };
}
