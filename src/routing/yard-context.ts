import { hardBlock } from './cloud-gate';
import type { CombineEvidence, YardDeps } from './yard-deps';

/** What the stages of a request share: the yard's dependencies, and the state that spans requests. */
export interface YardContext extends YardDeps {
  readonly combine: CombineEvidence;
  readonly cap: CapMemory;
  readonly cloudCalls: CloudCalls;
  readonly log: (line: string) => void;
}

/** Whether the user has been asked about the cap that is reached now. */
export class CapMemory {
  private asked = false;

  constructor(private readonly deps: Pick<YardDeps, 'budget' | 'askOverCap'>) {}

  get wasAsked(): boolean {
    // A new day, a higher cap or a reset ends what the answer was for.
    if (this.deps.budget.state().level !== 'capped') this.asked = false;
    return this.asked || this.deps.askOverCap === undefined;
  }

  remember(): void {
    this.asked = true;
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
