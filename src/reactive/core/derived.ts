import { beginDeferredStart, endDeferredStart } from './deferred-start';
import { Inspector } from './inspector';
import { StoreNode } from './node';
import { PendingDeps } from './pending-deps';
import {
  DATA,
  DIRTY,
  END,
  isLifecycleSignal,
  type LifecycleSignal,
  RESET,
  RESOLVED,
  SINGLE_DEP,
  type Sink,
  START,
  STATE,
  type Talkback,
  TEARDOWN,
} from './protocol';
import type { Store, StoreOptions } from './types';

class DerivedNode<T> extends StoreNode<T> implements Store<T> {
  private readonly pending = new PendingDeps();
  private upstream: Talkback[] = [];
  private connected = false;
  /** False before the first value and after RESET: then `get()` computes. */
  private cached = false;

  constructor(
    private readonly deps: Store<unknown>[],
    private readonly fn: () => T,
    private readonly equals: ((a: T, b: T) => boolean) | undefined,
  ) {
    super();
  }

  /** While followed, the value that was last pushed; else computed afresh, since nobody said what changed. */
  get(): T {
    if (this._status === 'ERRORED') throw this.failure;
    const fresh = this.cached && (this.connected || this.ended);
    if (!fresh) {
      this.value = this.fn();
      this.cached = true;
    }
    return this.value as T;
  }

  complete(): void {
    this.end(undefined);
  }

  protected override connect(sink: Sink): void {
    if (!this.ended && !this.connected) this.follow();
    if (this.ended) {
      this.turnAway(sink, this.failure);
      return;
    }
    this.welcome(sink);
  }

  protected override onControl(signal: unknown): void {
    if (isLifecycleSignal(signal) && !this.ended) this.onLifecycle(signal);
  }

  protected override onIdle(): void {
    this.unfollow();
    this._status = 'DISCONNECTED';
  }

  private follow(): void {
    try {
      this.value = this.fn();
    } catch (error) {
      this.end(error);
      return;
    }
    this.cached = true;
    this._status = 'SETTLED';
    this.connected = true;
    beginDeferredStart();
    try {
      this.followDeps();
    } finally {
      endDeferredStart();
    }
  }

  private followDeps(): void {
    for (const [dep, store] of this.deps.entries()) {
      // A dependency that has ended ends this store while it connects.
      if (!this.connected) break;
      this.followDep(dep, store);
    }
  }

  private followDep(dep: number, store: Store<unknown>): void {
    store.source(START, (type: number, data?: unknown) => {
      if (type === START) {
        const talkback = data as Talkback;
        this.upstream.push(talkback);
        if (this.deps.length === 1) talkback(STATE, SINGLE_DEP);
      } else if (!this.connected) {
        return;
      } else if (type === STATE) {
        this.onState(dep, data);
      } else if (type === DATA) {
        this.onSettled(this.pending.data(dep));
      } else if (type === END) {
        this.end(data);
      }
    });
  }

  private onState(dep: number, signal: unknown): void {
    if (signal === DIRTY) {
      if (this.pending.markDirty(dep)) this.announce();
    } else if (signal === RESOLVED) {
      this.onSettled(this.pending.resolved(dep));
    } else {
      this.sinks.send(STATE, signal);
    }
  }

  private onSettled(next: ReturnType<PendingDeps['data']>): void {
    if (next === 'wait') return;
    if (next === 'unchanged') {
      this.resolve();
      return;
    }
    if (next === 'recompute-unannounced') this.announce();
    this.recompute();
  }

  private announce(): void {
    this._status = 'DIRTY';
    this.sinks.send(STATE, DIRTY);
  }

  private resolve(): void {
    this._status = 'RESOLVED';
    this.sinks.send(STATE, RESOLVED);
  }

  private recompute(): void {
    let value: T;
    try {
      value = this.fn();
    } catch (error) {
      this.end(error);
      return;
    }
    if (this.cached && this.equals?.(this.value as T, value) === true) {
      this.resolve();
      return;
    }
    this.value = value;
    this.cached = true;
    this._status = 'SETTLED';
    this.sinks.send(DATA, value);
  }

  private unfollow(): void {
    this.connected = false;
    this.pending.clear();
    const upstream = this.upstream;
    this.upstream = [];
    for (const talkback of upstream) talkback(END);
  }

  private end(error: unknown): void {
    if (this.ended) return;
    this._status = error === undefined ? 'COMPLETED' : 'ERRORED';
    this.failure = error;
    this.unfollow();
    this.sinks.end(error);
  }

  private onLifecycle(signal: LifecycleSignal): void {
    if (signal === RESET) {
      this.cached = false;
      this.pending.clear();
    }
    for (const talkback of [...this.upstream]) talkback(STATE, signal);
    if (signal === TEARDOWN) this.end(undefined);
  }
}

/**
 * A value computed from other stores, at most once per change of theirs. An error in `fn` ends it with that error.
 */
export function derived<T>(deps: Store<unknown>[], fn: () => T, opts?: StoreOptions<T>): Store<T> {
  const node = new DerivedNode(deps, fn, opts?.equals);
  Inspector.register(node, { kind: 'derived', ...opts, deps });
  return node;
}
