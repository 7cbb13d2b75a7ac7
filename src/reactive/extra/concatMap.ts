import type { Store, StoreOperator } from '../core/types';
import { flatten, type InnerActions, type Inners } from './flatten';
import { InnerSubscription } from './inner-subscription';

class InTurn<A, B> implements Inners<A> {
  private readonly inner = new InnerSubscription<B>();
  private readonly queue: A[] = [];
  active = false;

  constructor(
    private readonly fn: (value: A) => Store<B>,
    private readonly actions: InnerActions<B>,
    private readonly maxBuffer: number,
  ) {}

  next(value: A): void {
    if (!this.active) {
      this.start(value);
      return;
    }
    if (this.queue.length >= this.maxBuffer) this.queue.shift();
    this.queue.push(value);
  }

  clear(): void {
    this.active = false;
    this.queue.length = 0;
    this.inner.drop();
  }

  private start(value: A): void {
    const store = this.fn(value);
    this.active = true;
    this.actions.emit(store.get());
    this.inner.follow(store, this.actions.emit, (failure) => {
      if (failure === undefined) this.proceed();
      else this.actions.error(failure);
    });
  }

  private proceed(): void {
    const [value] = this.queue;
    if (this.queue.length > 0) {
      this.queue.shift();
      this.start(value as A);
    } else {
      this.active = false;
      this.actions.idle();
    }
  }
}

/**
 * One after the other: outer values wait until the inner store before them has completed. Beyond `maxBuffer` the oldest
 * that waits is dropped. Each inner store is heard with its present value first, be it `undefined`.
 */
export function concatMap<A, B>(fn: (value: A) => Store<B>): StoreOperator<A, B | undefined>;
export function concatMap<A, B>(
  fn: (value: A) => Store<B>,
  opts: { initial: B; maxBuffer?: number },
): StoreOperator<A, B>;
export function concatMap<A, B>(
  fn: (value: A) => Store<B>,
  opts?: { initial?: B; maxBuffer?: number },
): StoreOperator<A, B | undefined> {
  const { maxBuffer = Infinity, ...initial } = opts ?? {};
  return (outer) =>
    flatten<A, B>(outer, 'concatMap', initial, (actions) => new InTurn(fn, actions, maxBuffer));
}
