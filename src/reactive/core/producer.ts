import { deferEmission, isBatching } from './batch';
import { deferStart } from './deferred-start';
import { Inspector } from './inspector';
import { StoreNode } from './node';
import {
  DATA,
  DIRTY,
  isLifecycleSignal,
  type LifecycleSignal,
  RESET,
  RESOLVED,
  type Signal,
  SINGLE_DEP,
  type Sink,
  STATE,
  TEARDOWN,
} from './protocol';
import type { ProducerStore, SourceOptions, Store } from './types';

export interface ProducerActions<T> {
  emit: (value: T) => void;
  signal: (signal: Signal) => void;
  complete: () => void;
  error: (error: unknown) => void;
  /** Hears what subscribers send up: RESET, PAUSE, RESUME, TEARDOWN. */
  onSignal: (handler: (signal: LifecycleSignal) => void) => void;
}

/** Runs at the first subscription; what it returns runs when the last subscriber has left, or at the end. */
export type ProducerFn<T> = (actions: ProducerActions<T>) => (() => void) | undefined;

export type ProducerOpts<T> = SourceOptions<T> & {
  /** Sends DIRTY before each value (default); false for those who send it themselves. */
  autoDirty?: boolean;
};

interface Run {
  cleanup?: (() => void) | undefined;
}

export class ProducerNode<T> extends StoreNode<T> implements ProducerStore<T> {
  private readonly singleDeps = new Set<Sink>();
  /** An emission waits for the end of the batch. */
  private pending = false;
  private run: Run | undefined;
  private signalHandler: ((signal: LifecycleSignal) => void) | undefined;

  constructor(
    private readonly fn: ProducerFn<T> | undefined,
    protected readonly opts: ProducerOpts<T>,
  ) {
    super();
    this.value = opts.initial;
  }

  get(): T | undefined {
    return this.opts.getter ? this.opts.getter(this.value) : this.value;
  }

  readonly emit = (value: T): void => {
    // `undefined` stands for "no value yet", so the first value always goes out.
    if (this.ended || (this.value !== undefined && this.opts.equals?.(this.value, value) === true)) return;
    this.value = value;
    if (this.sinks.size === 0) return;
    if (!isBatching()) {
      if (!this.heardByOneSingleDep()) this.announce();
      this.send();
    } else if (!this.pending) {
      this.pending = true;
      this.announce();
      deferEmission(() => {
        if (!this.pending) return;
        this.pending = false;
        if (!this.ended) this.send();
      });
    }
  };

  readonly signal = (signal: Signal): void => {
    if (this.ended || this.sinks.size === 0) return;
    if (signal === DIRTY) this._status = 'DIRTY';
    else if (signal === RESOLVED) this._status = 'RESOLVED';
    this.sinks.send(STATE, signal);
  };

  readonly complete = (): void => this.end('COMPLETED', undefined);

  readonly error = (error: unknown): void => this.end('ERRORED', error);

  protected override connect(sink: Sink): void {
    if (this.ended) {
      if (this.opts.resubscribable !== true || this.sinks.size > 0) {
        this.turnAway(sink);
        return;
      }
      this._status = 'DISCONNECTED';
    }
    this.welcome(sink);
    deferStart(() => this.start());
  }

  protected override onControl(signal: unknown, sink: Sink): void {
    if (signal === SINGLE_DEP) this.singleDeps.add(sink);
    else if (isLifecycleSignal(signal)) this.onLifecycle(signal);
  }

  protected override leave(sink: Sink): void {
    this.singleDeps.delete(sink);
    super.leave(sink);
  }

  protected override onIdle(): void {
    this._status = 'DISCONNECTED';
    this.stop();
  }

  private heardByOneSingleDep(): boolean {
    return this.sinks.size === 1 && this.singleDeps.size === 1;
  }

  private announce(): void {
    if (this.opts.autoDirty === false) return;
    this._status = 'DIRTY';
    this.sinks.send(STATE, DIRTY);
  }

  private send(): void {
    this._status = 'SETTLED';
    this.sinks.send(DATA, this.value);
  }

  private end(status: 'COMPLETED' | 'ERRORED', error: unknown): void {
    if (this.ended) return;
    this._status = status;
    this.singleDeps.clear();
    this.stop();
    this.sinks.end(error);
  }

  private start(): void {
    if (this.run !== undefined || this.fn === undefined || this.ended) return;
    const run: Run = {};
    this.run = run;
    this.signalHandler = undefined;
    const { emit, signal, complete, error } = this;
    const cleanup = this.fn({
      emit,
      signal,
      complete,
      error,
      onSignal: (handler) => {
        if (this.run === run) this.signalHandler = handler;
      },
    });
    // It may have ended while it started; then nobody else would clean up.
    if (this.run === run) run.cleanup = cleanup;
    else cleanup?.();
  }

  private stop(): void {
    const run = this.run;
    if (run === undefined) return;
    this.run = undefined;
    this.signalHandler = undefined;
    run.cleanup?.();
    if (this.opts.resetOnTeardown === true) this.value = this.opts.initial;
  }

  private onLifecycle(signal: LifecycleSignal): void {
    if (this.ended) return;
    if (signal === RESET) {
      this.value = this.opts.initial;
      this.pending = false;
    }
    this.signalHandler?.(signal);
    if (signal === TEARDOWN) this.complete();
  }
}

/** A source fed by `fn` (timers, promises, sockets, ...) or from outside by `emit`. */
export function producer<T>(
  fn: ProducerFn<T> | undefined,
  opts: ProducerOpts<T> & { initial: T },
): ProducerStore<T> & Store<T>;
export function producer<T>(fn?: ProducerFn<T>, opts?: ProducerOpts<T>): ProducerStore<T>;
export function producer<T>(fn?: ProducerFn<T>, opts: ProducerOpts<T> = {}): ProducerStore<T> {
  const node = new ProducerNode<T>(fn, opts);
  Inspector.register(node, { kind: 'producer', ...opts });
  return node;
}
