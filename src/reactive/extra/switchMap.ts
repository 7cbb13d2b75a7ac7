import type { Store, StoreOperator } from '../core/types';
import { flatten, type InnerActions, type Inners } from './flatten';
import { InnerSubscription } from './inner-subscription';

class Newest<A, B> implements Inners<A> {
  private readonly inner = new InnerSubscription<B>();
  private latest: Store<B> | undefined;

  constructor(
    private readonly fn: (value: A) => Store<B>,
    private readonly actions: InnerActions<B>,
  ) {}

  get active(): boolean {
    return this.inner.active;
  }

  next(value: A): void {
    const store = this.fn(value);
    const { emit, error, idle } = this.actions;
    let heard = 0;
    this.latest = store;
    this.inner.follow(
      store,
      (innerValue) => {
        heard += 1;
        emit(innerValue);
      },
      (failure) => {
        if (failure === undefined) {
          idle();
          return;
        }
        heard += 1;
        error(failure);
      },
    );
    if (heard === 0 && this.latest === store) emit(store.get());
  }

  clear(): void {
    this.latest = undefined;
    this.inner.drop();
  }
}

/**
 * Newest wins: each outer value gets an inner store from `fn`, and the inner store before it is dropped. An inner store
 * that does not emit at once is heard with its present value, be it `undefined`.
 */
export function switchMap<A, B>(fn: (value: A) => Store<B>): StoreOperator<A, B | undefined>;
export function switchMap<A, B>(fn: (value: A) => Store<B>, opts: { initial: B }): StoreOperator<A, B>;
export function switchMap<A, B>(
  fn: (value: A) => Store<B>,
  opts?: { initial?: B },
): StoreOperator<A, B | undefined> {
  return (outer) => flatten<A, B>(outer, 'switchMap', opts, (actions) => new Newest(fn, actions));
}
