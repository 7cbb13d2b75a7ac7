import { beginDeferredStart, endDeferredStart } from './deferred-start';
import { Inspector } from './inspector';
import { type Next, PendingDeps } from './pending-deps';
import {
  DATA,
  DIRTY,
  END,
  isLifecycleSignal,
  type LifecycleSignal,
  RESET,
  RESOLVED,
  SINGLE_DEP,
  START,
  STATE,
  type Talkback,
  TEARDOWN,
} from './protocol';
import type { Store } from './types';

type Cleanup = (() => void) | undefined;

class EffectRunner {
  private readonly pending = new PendingDeps();
  private upstream: Talkback[] = [];
  private cleanup: Cleanup;
  private disposed = false;
  /** An operator passes a signal both up and down, and so may hand it back. */
  private signalling = false;

  constructor(
    private readonly deps: Store<unknown>[],
    private readonly fn: () => Cleanup,
  ) {}

  start(): void {
    beginDeferredStart();
    try {
      this.run();
      for (const [dep, store] of this.deps.entries()) {
        if (this.disposed) break;
        this.follow(dep, store);
      }
    } finally {
      endDeferredStart();
    }
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const upstream = this.upstream;
    this.upstream = [];
    try {
      this.cleanUp();
    } finally {
      for (const talkback of upstream) talkback(END);
    }
  }

  onLifecycle(signal: LifecycleSignal): void {
    if (this.disposed || this.signalling) return;
    this.signalling = true;
    try {
      if (signal === RESET) {
        this.pending.clear();
        this.cleanUp();
      }
      for (const talkback of [...this.upstream]) talkback(STATE, signal);
    } finally {
      this.signalling = false;
    }
    if (signal === TEARDOWN) this.dispose();
  }

  private run(): void {
    if (this.disposed) return;
    this.cleanUp();
    this.cleanup = this.fn();
  }

  private cleanUp(): void {
    const cleanup = this.cleanup;
    this.cleanup = undefined;
    cleanup?.();
  }

  private follow(dep: number, store: Store<unknown>): void {
    store.source(START, (type: number, data?: unknown) => {
      if (type === START) {
        const talkback = data as Talkback;
        this.upstream.push(talkback);
        if (this.deps.length === 1) talkback(STATE, SINGLE_DEP);
      } else if (this.disposed) {
        return;
      } else if (type === STATE) {
        this.onState(dep, data);
      } else if (type === DATA) {
        this.onSettled(this.pending.data(dep));
      } else if (type === END) {
        this.dispose();
      }
    });
  }

  private onState(dep: number, signal: unknown): void {
    if (signal === DIRTY) this.pending.markDirty(dep);
    else if (signal === RESOLVED) this.onSettled(this.pending.resolved(dep));
    else if (isLifecycleSignal(signal)) this.onLifecycle(signal);
  }

  private onSettled(next: Next): void {
    if (next === 'recompute' || next === 'recompute-unannounced') this.run();
  }
}

/**
 * Runs `fn` now, and again whenever `deps` have changed and settled; what `fn` returns runs before the next time and
 * at the end. Ends with the first dependency that ends. Returns what stops it.
 */
export function effect(deps: Store<unknown>[], fn: () => Cleanup, opts?: { name?: string }): () => void {
  const runner = new EffectRunner(deps, fn);
  runner.start();
  const dispose = Object.assign(() => runner.dispose(), {
    signal: (signal: LifecycleSignal) => runner.onLifecycle(signal),
  });
  Inspector.register(dispose, { kind: 'effect', ...opts, deps });
  return dispose;
}
