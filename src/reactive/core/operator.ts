import { Inspector } from './inspector';
import { StoreNode } from './node';
import {
  DATA,
  DIRTY,
  END,
  isLifecycleSignal,
  type LifecycleSignal,
  RESET,
  RESOLVED,
  type Signal,
  type Sink,
  START,
  STATE,
  type Talkback,
  TEARDOWN,
} from './protocol';
import type { Actions, SourceOptions, Store } from './types';

/** Hears everything the dependencies send, and decides what goes on. */
export type Handler = (depIndex: number, type: number, data: unknown) => void;

type Init<T> = (actions: Actions<T>) => Handler;

type Upstream = (Talkback | undefined)[];

class OperatorNode<T> extends StoreNode<T> implements Store<T> {
  private upstream: Upstream = [];
  private handler: Handler | undefined;
  /** Actions belong to one generation; RESET, the end and a new connection begin the next. */
  private generation = 0;

  constructor(
    private readonly deps: Store<unknown>[],
    private readonly init: Init<T>,
    private readonly opts: SourceOptions<T>,
  ) {
    super();
    this.value = opts.initial;
  }

  get(): T {
    if (this.opts.getter && this.sinks.size === 0) this.value = this.opts.getter(this.value);
    return this.value as T;
  }

  complete(): void {
    this.end('COMPLETED', undefined);
  }

  protected override connect(sink: Sink): void {
    if (this.ended) {
      if (this.opts.resubscribable !== true || this.sinks.size > 0) {
        this.turnAway(sink, this.failure);
        return;
      }
      this._status = 'DISCONNECTED';
      this.failure = undefined;
    }
    const others = this.sinks.size;
    this.welcome(sink);
    if (others === 0 && this.sinks.size > 0) this.follow();
  }

  protected override onControl(signal: unknown): void {
    if (isLifecycleSignal(signal) && !this.ended) this.onLifecycle(signal);
  }

  protected override onIdle(): void {
    this.unfollow();
    this._status = 'DISCONNECTED';
    this.resetValue();
  }

  /**
   * An operator with one dependency does not say SINGLE_DEP: what follows it may fork and join again, and then needs
   * the DIRTY that comes before the value.
   */
  private follow(): void {
    const upstream: Upstream = [];
    this.upstream = upstream;
    this.restart();
    for (const [dep, store] of this.deps.entries()) {
      if (this.upstream !== upstream) break;
      store.source(START, (type: number, data?: unknown) => {
        if (type === START) upstream[dep] = data as Talkback;
        else if (this.upstream === upstream) this.handler?.(dep, type, data);
      });
    }
  }

  private restart(): void {
    this.generation += 1;
    this.handler = this.init(this.actionsOf(this.generation, this.upstream));
  }

  private actionsOf(generation: number, upstream: Upstream): Actions<T> {
    const live = (act: () => void): void => {
      if (generation === this.generation) act();
    };
    return {
      seed: (value) =>
        live(() => {
          this.value = value;
        }),
      emit: (value) => live(() => this.emit(value)),
      signal: (signal) => live(() => this.signal(signal)),
      complete: () => live(() => this.complete()),
      error: (error) => live(() => this.end('ERRORED', error)),
      disconnect: (dep) => leaveUpstream(upstream, dep),
    };
  }

  private emit(value: T): void {
    this.value = value;
    this._status = 'SETTLED';
    this.sinks.send(DATA, value);
  }

  private signal(signal: Signal): void {
    if (signal === DIRTY) this._status = 'DIRTY';
    else if (signal === RESOLVED) this._status = 'RESOLVED';
    this.sinks.send(STATE, signal);
  }

  private end(status: 'COMPLETED' | 'ERRORED', error: unknown): void {
    if (this.ended) return;
    this.generation += 1;
    this._status = status;
    this.failure = error;
    this.unfollow();
    this.resetValue();
    this.sinks.end(error);
  }

  private unfollow(): void {
    const upstream = this.upstream;
    this.upstream = [];
    this.handler = undefined;
    leaveUpstream(upstream);
  }

  private resetValue(): void {
    if (this.opts.resetOnTeardown === true) this.value = this.opts.initial;
  }

  private onLifecycle(signal: LifecycleSignal): void {
    if (signal === RESET) {
      this.restart();
      this.resetValue();
    }
    if (signal === RESET || signal === TEARDOWN) this.handler?.(0, STATE, signal);
    for (const talkback of [...this.upstream]) talkback?.(STATE, signal);
    if (signal === TEARDOWN) this.complete();
  }
}

function leaveUpstream(upstream: Upstream, dep?: number): void {
  const leaving = dep === undefined ? upstream.keys() : [dep];
  for (const index of leaving) {
    const talkback = upstream[index];
    upstream[index] = undefined;
    talkback?.(END);
  }
}

/**
 * The general transformation: `init` runs at the first subscription and returns the handler of everything the
 * dependencies send. To keep diamonds free of glitches it must pass DIRTY on, and answer each DIRTY with one value or
 * with RESOLVED.
 */
export function operator<T>(deps: Store<unknown>[], init: Init<T>, opts: SourceOptions<T> = {}): Store<T> {
  const node = new OperatorNode(deps, init, opts);
  Inspector.register(node, { kind: 'operator', ...opts, deps });
  return node;
}
