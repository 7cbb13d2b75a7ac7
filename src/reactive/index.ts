/**
 * The part of callbag-recharge (0.29.0) that Switchyard uses, under that library's names, signatures and semantics:
 * stores joined by callbags, changes without glitches, and a graph that can be looked at. The library itself is not on
 * the npm registry; the day it is, this folder goes and the imports stay.
 */
export { derived } from './core/derived';
export { effect } from './core/effect';
export { Inspector } from './core/inspector';
export type { ObserveResult, TraceEntry } from './core/inspector';
export { operator } from './core/operator';
export { pipe } from './core/pipe';
export { producer } from './core/producer';
export {
  batch,
  beginDeferredStart,
  DATA,
  DIRTY,
  deferEmission,
  deferStart,
  END,
  endDeferredStart,
  isBatching,
  isLifecycleSignal,
  PAUSE,
  RESET,
  RESOLVED,
  RESUME,
  START,
  STATE,
  TEARDOWN,
  teardown,
} from './core/protocol';
export type { LifecycleSignal, NodeStatus, Subscription } from './core/protocol';
export { state } from './core/state';
export { subscribe } from './core/subscribe';
export type { Actions, ProducerStore, Store, StoreOperator, StoreOptions, WritableStore } from './core/types';
