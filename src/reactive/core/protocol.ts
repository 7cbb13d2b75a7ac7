import type { Store } from './types';

/** The four kinds of message on a callbag: the first three are the callbag standard, STATE is the control channel. */
export const START = 0;
export const DATA = 1;
export const END = 2;
export const STATE = 3;

/** "My value is about to change": the first phase of a change, sent before any DATA. */
export const DIRTY = Symbol('DIRTY');
/** "I said DIRTY, but my value stayed the same": the second phase without DATA. */
export const RESOLVED = Symbol('RESOLVED');
/** Sent up by a sink that listens to one store only: it needs no DIRTY, because nothing else can change with it. */
export const SINGLE_DEP = Symbol('SINGLE_DEP');

export const RESET = Symbol('RESET');
export const PAUSE = Symbol('PAUSE');
export const RESUME = Symbol('RESUME');
export const TEARDOWN = Symbol('TEARDOWN');

/** Travels from a subscriber up to the sources, against the direction of the data. */
export type LifecycleSignal = typeof RESET | typeof PAUSE | typeof RESUME | typeof TEARDOWN;

export type Signal = typeof DIRTY | typeof RESOLVED | LifecycleSignal;

export function isLifecycleSignal(signal: unknown): signal is LifecycleSignal {
  return signal === RESET || signal === PAUSE || signal === RESUME || signal === TEARDOWN;
}

/** Where a node stands. COMPLETED and ERRORED are final unless the node is resubscribable. */
export type NodeStatus = 'DISCONNECTED' | 'DIRTY' | 'SETTLED' | 'RESOLVED' | 'COMPLETED' | 'ERRORED';

/** Receives a store's messages. START carries a Talkback, END an error if there was one. */
export type Sink = (type: number, data?: unknown) => void;

/** What a sink was given at START: END leaves, DATA asks for the current value, STATE sends a signal up. */
export type Talkback = (type: number, data?: unknown) => void;

export interface Subscription {
  unsubscribe(): void;
  signal(signal: LifecycleSignal): void;
}

interface Endable {
  complete(): void;
}

function isEndable(store: object): store is Endable {
  return 'complete' in store && typeof store.complete === 'function';
}

/** Ends a store for good; everything that hangs on it ends with it. */
export function teardown(store: Pick<Store<unknown>, 'source'>): void {
  if (isEndable(store)) store.complete();
}

export { batch, deferEmission, isBatching } from './batch';
export { beginDeferredStart, deferStart, endDeferredStart } from './deferred-start';
