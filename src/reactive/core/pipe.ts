import type { Store, StoreOperator } from './types';

/** Puts operators behind each other, first to last. */
export function pipe<A>(source: Store<A>): Store<A>;
export function pipe<A, R extends Store<unknown>>(source: Store<A>, op1: (source: Store<A>) => R): R;
export function pipe<A, B, R extends Store<unknown>>(
  source: Store<A>,
  op1: StoreOperator<A, B>,
  op2: (source: Store<B>) => R,
): R;
export function pipe<A, B, C, R extends Store<unknown>>(
  source: Store<A>,
  op1: StoreOperator<A, B>,
  op2: StoreOperator<B, C>,
  op3: (source: Store<C>) => R,
): R;
export function pipe<A, B, C, D, R extends Store<unknown>>(
  source: Store<A>,
  op1: StoreOperator<A, B>,
  op2: StoreOperator<B, C>,
  op3: StoreOperator<C, D>,
  op4: (source: Store<D>) => R,
): R;
export function pipe(source: Store<unknown>, ...operators: StoreOperator<never, unknown>[]): Store<unknown>;
export function pipe(source: Store<unknown>, ...operators: StoreOperator<never, unknown>[]): Store<unknown> {
  // The overloads have checked that each operator takes what the one before it gives.
  return operators.reduce((store, operator) => operator(store as Store<never>), source);
}
