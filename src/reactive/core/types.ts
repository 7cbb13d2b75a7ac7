import type { Signal } from './protocol';

/** A value that can be read at any time and followed as a callbag. */
export interface Store<T> {
  get(): T;
  source: (type: number, payload?: unknown) => void;
}

export interface WritableStore<T> extends Store<T> {
  set(value: T): void;
  update(fn: (current: T) => T): void;
}

/** A store that is fed from outside. Until the first value, `get()` gives `undefined` or `initial`. */
export interface ProducerStore<T> extends Store<T | undefined> {
  emit(value: T): void;
  signal(signal: Signal): void;
  complete(): void;
  error(error: unknown): void;
}

export interface StoreOptions<T = unknown> {
  /** What the Inspector calls the node. */
  name?: string;
  /** A new value equal to the old one is not passed on. */
  equals?: (a: T, b: T) => boolean;
}

export interface SourceOptions<T = unknown> extends StoreOptions<T> {
  /** The value before the first one arrives. */
  initial?: T;
  /** Answers `get()` from the outside world; an operator asks it only while nobody is subscribed. */
  getter?: (cached: T | undefined) => T;
  /** Back to `initial` when the last subscriber leaves. */
  resetOnTeardown?: boolean;
  /** A new subscriber after the end starts it again, instead of only hearing END. */
  resubscribable?: boolean;
  /** What kind of node the Inspector shows. */
  kind?: string;
}

/** What an operator may do. After a RESET or the end, the actions handed out before do nothing. */
export interface Actions<T> {
  emit: (value: T) => void;
  /** Sets the value without telling anybody. */
  seed: (value: T) => void;
  signal: (signal: Signal) => void;
  complete: () => void;
  error: (error: unknown) => void;
  /** Leaves one dependency, or all of them. */
  disconnect: (dep?: number) => void;
}

export type StoreOperator<A, B> = (input: Store<A>) => Store<B>;
