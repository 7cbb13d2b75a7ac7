import { Inspector } from './inspector';
import { ProducerNode } from './producer';
import type { StoreOptions, WritableStore } from './types';

class StateNode<T> extends ProducerNode<T> implements WritableStore<T> {
  constructor(initial: T, equals: (a: T, b: T) => boolean) {
    super(undefined, { initial, equals });
  }

  override get(): T {
    return this.value as T;
  }

  readonly set = this.emit;

  update(fn: (current: T) => T): void {
    this.set(fn(this.get()));
  }
}

/** A value that can be set. Setting an equal one (`Object.is` unless told otherwise) does nothing. */
export function state<T>(initial: T, opts?: StoreOptions<T>): WritableStore<T> {
  const node = new StateNode(initial, opts?.equals ?? Object.is);
  Inspector.register(node, { kind: 'state', ...opts });
  return node;
}
