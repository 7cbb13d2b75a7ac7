import { isBatching } from '../batch';
import { DATA, DIRTY, END, RESOLVED, type Signal, START, STATE, type Talkback } from '../protocol';
import type { Store } from '../types';

/** Everything a store has sent since; grows while it is observed. */
export interface ObserveResult<T> {
  values: T[];
  signals: Signal[];
  events: { type: 'data' | 'signal' | 'end'; data: unknown; inBatch: boolean }[];
  /** The same in short, for comparing: values, names of signals, and the end. */
  readonly eventLog: (T | string | [string, unknown])[];
  ended: boolean;
  endError: unknown;
  completedCleanly: boolean;
  errored: boolean;
  dirtyCount: number;
  resolvedCount: number;
  name: string | undefined;
  dispose: () => void;
  /** Stops, and observes the same store afresh. */
  reconnect: () => ObserveResult<T>;
}

function label(signal: unknown): string {
  return typeof signal === 'symbol' ? (signal.description ?? String(signal)) : String(signal);
}

function record<T>(result: ObserveResult<T>, type: number, data: unknown): void {
  const inBatch = isBatching();
  if (type === DATA) {
    result.values.push(data as T);
    result.events.push({ type: 'data', data, inBatch });
    result.eventLog.push(data as T);
  } else if (type === STATE) {
    result.signals.push(data as Signal);
    result.events.push({ type: 'signal', data, inBatch });
    result.eventLog.push(label(data));
    if (data === DIRTY) result.dirtyCount += 1;
    else if (data === RESOLVED) result.resolvedCount += 1;
  } else if (type === END) {
    result.ended = true;
    result.endError = data;
    result.completedCleanly = data === undefined;
    result.errored = data !== undefined;
    result.events.push({ type: 'end', data, inBatch });
    result.eventLog.push(data === undefined ? 'END' : ['END', data]);
  }
}

export function observe<T>(store: Store<T>, name: string | undefined): ObserveResult<T> {
  let talkback: Talkback | undefined;
  const result: ObserveResult<T> = {
    values: [],
    signals: [],
    events: [],
    eventLog: [],
    ended: false,
    endError: undefined,
    completedCleanly: false,
    errored: false,
    dirtyCount: 0,
    resolvedCount: 0,
    name,
    dispose: () => talkback?.(END),
    reconnect: () => {
      talkback?.(END);
      return observe(store, name);
    },
  };
  store.source(START, (type: number, data?: unknown) => {
    if (type === START) talkback = data as Talkback;
    else if (type === END) talkback = undefined;
    record(result, type, data);
  });
  return result;
}

/** Keeps a store running without listening to it. Returns what lets go of it. */
export function activate(store: Store<unknown>): () => void {
  let talkback: Talkback | undefined;
  store.source(START, (type: number, data?: unknown) => {
    if (type === START) talkback = data as Talkback;
    else if (type === END) talkback = undefined;
  });
  return () => talkback?.(END);
}

/** Calls back when the value has changed, with the value before. Returns what stops it. */
export function trace<T>(store: Store<T>, onChange: (value: T, previous: T | undefined) => void): () => void {
  let talkback: Talkback | undefined;
  let previous = store.get();
  store.source(START, (type: number, data?: unknown) => {
    if (type === START) talkback = data as Talkback;
    else if (type === END) talkback = undefined;
    else if (type === DATA && !Object.is(data, previous)) {
      const before = previous;
      previous = data as T;
      onChange(previous, before);
    }
  });
  return () => talkback?.(END);
}
