import { DATA, DIRTY, END, RESOLVED, type Signal, START, STATE, type Talkback } from '../protocol';
import type { Store } from '../types';

/** Everything a store has sent since; grows while it is observed. */
export interface ObserveResult<T> {
  values: T[];
  signals: Signal[];
  events: { type: 'data' | 'signal' | 'end'; data: unknown }[];
  ended: boolean;
  endError: unknown;
  dirtyCount: number;
  resolvedCount: number;
  name: string | undefined;
  dispose: () => void;
}

function record<T>(result: ObserveResult<T>, type: number, data: unknown): void {
  if (type === DATA) {
    result.values.push(data as T);
    result.events.push({ type: 'data', data });
  } else if (type === STATE) {
    result.signals.push(data as Signal);
    result.events.push({ type: 'signal', data });
    if (data === DIRTY) result.dirtyCount += 1;
    else if (data === RESOLVED) result.resolvedCount += 1;
  } else if (type === END) {
    result.ended = true;
    result.endError = data;
    result.events.push({ type: 'end', data });
  }
}

export function observe<T>(store: Store<T>, name: string | undefined): ObserveResult<T> {
  let talkback: Talkback | undefined;
  const result: ObserveResult<T> = {
    values: [],
    signals: [],
    events: [],
    ended: false,
    endError: undefined,
    dirtyCount: 0,
    resolvedCount: 0,
    name,
    dispose: () => talkback?.(END),
  };
  store.source(START, (type: number, data?: unknown) => {
    if (type === START) talkback = data as Talkback;
    else if (type === END) talkback = undefined;
    record(result, type, data);
  });
  return result;
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
