import type { Store, StoreOperator } from '../core/types';
import { flatten, type InnerActions, type Inners } from './flatten';
import { InnerSubscription } from './inner-subscription';

class NewestStore<T> implements Inners<Store<T> | undefined> {
  private readonly inner = new InnerSubscription<T>();

  constructor(private readonly actions: InnerActions<T | undefined>) {}

  get active(): boolean {
    return this.inner.active;
  }

  next(store: Store<T> | undefined): void {
    const { emit, error, idle } = this.actions;
    this.inner.drop();
    emit(store?.get());
    if (store === undefined) return;
    this.inner.follow(store, emit, (failure) => {
      if (failure === undefined) idle();
      else error(failure);
    });
  }

  clear(): void {
    this.inner.drop();
  }
}

/** A store of stores as one store: that of the newest. Not a merge of them; the one before is dropped. */
export function flat<T>(): StoreOperator<Store<T> | undefined, T | undefined>;
export function flat<T>(opts: { initial: T }): StoreOperator<Store<T> | undefined, T>;
export function flat<T>(opts?: { initial?: T }): StoreOperator<Store<T> | undefined, T | undefined> {
  return (outer) =>
    flatten<Store<T> | undefined, T | undefined>(outer, 'flat', opts, (actions) => new NewestStore(actions));
}
