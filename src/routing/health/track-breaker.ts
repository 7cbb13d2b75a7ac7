import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Clock } from '../../base/clock';
import type { ProviderState } from '../../models/provider';
import type { TrackHealth } from '../health';

export interface TrackBreakerDeps {
  readonly clock: Clock;
  readonly probe: () => Promise<ProviderState>;
  readonly mayProbe: () => boolean;
  readonly probeIntervalMs: number;
  readonly faultsToOpen: number;
  readonly onChange: (health: TrackHealth) => void;
}

/**
 * The circuit breaker of one track. Calls are not run through it: they report how they went, and the breaker counts.
 * Once open, only probes (and what the user insists on) reach the track; the first success closes it again.
 */
export class TrackBreaker {
  private current: TrackHealth = { kind: 'up' };
  private readonly breaker: CircuitBreakerPolicy;
  private reason = '';
  private since = 0;
  private cancelProbe: (() => void) | undefined;
  private disposed = false;
  private reports = Promise.resolve();

  constructor(private readonly deps: TrackBreakerDeps) {
    this.breaker = circuitBreaker(handleAll, {
      // When to look again is ours to say, by a clock that tests can turn; the breaker itself never refuses.
      halfOpenAfter: 0,
      breaker: new ConsecutiveBreaker(deps.faultsToOpen),
    });
    this.breaker.onBreak(() => this.opened());
    this.breaker.onReset(() => this.become({ kind: 'up' }));
  }

  get health(): TrackHealth {
    return this.current;
  }

  succeeded(): void {
    this.report(() => undefined);
    if (this.current.kind === 'unconfigured') this.become({ kind: 'up' });
  }

  fault(reason: string): void {
    this.reason = reason;
    this.report(() => {
      throw new Error(reason);
    });
  }

  observed(seen: ProviderState): void {
    switch (seen.kind) {
      case 'ready':
        this.succeeded();
        break;
      case 'unconfigured':
        this.become(seen);
        break;
      case 'down':
        // One clear answer is worth as much as a row of failed requests.
        for (let count = this.isOpen ? 1 : this.deps.faultsToOpen; count > 0; count -= 1)
          this.fault(seen.reason);
        break;
    }
  }

  dispose(): void {
    this.disposed = true;
    this.cancelProbe?.();
  }

  private get isOpen(): boolean {
    return this.breaker.state !== CircuitState.Closed;
  }

  private report(result: () => undefined): void {
    // One after the other: a fault must not overtake the success before it.
    this.reports = this.reports.then(async () => {
      try {
        await this.breaker.execute(result);
      } catch {
        // The failure was reported to count it; whoever made the call has dealt with it.
      }
    });
  }

  private opened(): void {
    if (this.disposed) return;
    if (this.current.kind !== 'down') this.since = this.deps.clock.now();
    const nextProbeAt = this.deps.clock.now() + this.deps.probeIntervalMs;
    this.become({ kind: 'down', since: this.since, reason: this.reason, nextProbeAt });
  }

  private async probe(): Promise<void> {
    const seen = this.deps.mayProbe() ? await this.ask() : undefined;
    if (this.disposed || this.current.kind === 'up') return;
    // Not allowed to ask: it stays as it is, and the next probe is due later.
    if (seen !== undefined) this.observed(seen);
    else if (this.current.kind === 'down') this.opened();
    else this.become(this.current);
  }

  private async ask(): Promise<ProviderState> {
    try {
      return await this.deps.probe();
    } catch {
      return { kind: 'down', reason: this.reason };
    }
  }

  private become(health: TrackHealth): void {
    this.cancelProbe?.();
    this.cancelProbe = undefined;
    if (this.disposed) return;
    // Also without a key: one may have been entered in another window.
    if (health.kind !== 'up') {
      this.cancelProbe = this.deps.clock.after(this.deps.probeIntervalMs, () => void this.probe());
    }
    const changed = health.kind !== this.current.kind || health.kind !== 'up';
    this.current = health;
    if (changed) this.deps.onChange(health);
  }
}
