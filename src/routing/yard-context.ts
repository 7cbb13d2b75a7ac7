import { usedUnderCaps } from './budget';
import { hardBlock } from './cloud-gate';
import type { CombineEvidence, YardDeps } from './yard-deps';

/** What the stages of a request share: the yard's dependencies, and the state that spans requests. */
export interface YardContext extends YardDeps {
  readonly combine: CombineEvidence;
  readonly cap: CapMemory;
  readonly cloudCalls: CloudCalls;
  readonly log: (line: string) => void;
}

type Cap = 'day' | 'month';

/**
 * Which caps the user has been asked about. The answer holds until the cap's day or month is over, or the cap is
 * changed: not only while the cap is reached, because a request too large for what is left is over it as well.
 */
export class CapMemory {
  private readonly asked = new Map<Cap, string>();

  constructor(private readonly deps: Pick<YardDeps, 'budget' | 'askOverCap' | 'clock'>) {}

  /** About this cap; without one, about any of those that are reached now. */
  wasAsked(cap?: Cap): boolean {
    if (this.deps.askOverCap === undefined) return true;
    const caps = cap === undefined ? this.reached() : [cap];
    return caps.some((one) => this.asked.get(one) === this.occasion(one));
  }

  remember(cap: Cap): void {
    this.asked.set(cap, this.occasion(cap));
  }

  private reached(): readonly Cap[] {
    const state = this.deps.budget.state();
    const used = usedUnderCaps(state);
    const day = state.dayCap !== undefined && used.day >= state.dayCap;
    const month = state.monthCap !== undefined && used.month >= state.monthCap;
    if (day === month) return ['day', 'month'];
    return day ? ['day'] : ['month'];
  }

  /** The cap's amount, and the day or month it is for. */
  private occasion(cap: Cap): string {
    const { dayCap, monthCap } = this.deps.budget.state();
    const now = new Date(this.deps.clock.now());
    const month = `${now.getFullYear()}-${now.getMonth() + 1}`;
    return cap === 'day' ? `${dayCap} on ${month}-${now.getDate()}` : `${monthCap} in ${month}`;
  }
}

/** The cloud calls under way, so that the offline switch can end them all at once. */
export class CloudCalls {
  private readonly running = new Set<AbortController>();

  constructor(private readonly deps: Pick<YardDeps, 'policy'>) {}

  /** A signal that aborts with `request` or when the cloud becomes forbidden; `done` must be called at the end. */
  begin(request: AbortSignal): { readonly signal: AbortSignal; readonly done: () => void } {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    request.addEventListener('abort', abort, { once: true });
    if (request.aborted) stop.abort();
    this.running.add(stop);
    return {
      signal: stop.signal,
      done: () => {
        this.running.delete(stop);
        request.removeEventListener('abort', abort);
      },
    };
  }

  /** Called when the policy changes. */
  enforce(): void {
    if (hardBlock(this.deps.policy.get()) === undefined) return;
    for (const call of this.running) call.abort();
  }
}
