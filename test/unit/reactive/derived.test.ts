import { batch, derived, DIRTY, Inspector, producer, RESOLVED, state, subscribe } from 'callbag-recharge';
import { describe, expect, it } from 'vitest';

describe('a derived store', () => {
  it('is right without subscribers, and computes only when asked', () => {
    const price = state(2);
    let computed = 0;
    const doubled = derived([price], () => {
      computed += 1;
      return price.get() * 2;
    });
    price.set(5);
    expect(computed).toBe(0);
    expect(doubled.get()).toBe(10);
  });

  it('computes once per change while it is followed, and answers from its cache', () => {
    const price = state(2);
    let computed = 0;
    const doubled = derived([price], () => {
      computed += 1;
      return price.get() * 2;
    });
    subscribe(doubled, () => undefined);
    computed = 0;
    price.set(5);
    expect([doubled.get(), doubled.get(), computed]).toEqual([10, 10, 1]);
  });

  it('is right again after its subscribers have left', () => {
    const price = state(2);
    const doubled = derived([price], () => price.get() * 2);
    subscribe(doubled, () => undefined).unsubscribe();
    price.set(7);
    expect(doubled.get()).toBe(14);
  });

  it('says DIRTY and RESOLVED, and no value, when it computes an equal one', () => {
    const number = state(1);
    const parity = derived([number], () => number.get() % 2, { equals: Object.is });
    const seen = Inspector.observe(parity);
    number.set(3);
    expect(seen.signals).toEqual([DIRTY, RESOLVED]);
    expect(seen.values).toEqual([]);
  });

  it('ends with the error its function throws, for those who come later too', () => {
    const number = state(0);
    const fragile = derived([number], () => {
      if (number.get() === 1) throw new Error('one');
      return number.get();
    });
    const errors: unknown[] = [];
    subscribe(fragile, () => undefined, { onEnd: (error) => errors.push(error) });
    number.set(1);
    subscribe(fragile, () => undefined, { onEnd: (error) => errors.push(error) });
    expect(errors).toEqual([new Error('one'), new Error('one')]);
    expect(() => fragile.get()).toThrow('one');
  });

  it('ends when one of its sources ends, and keeps its value', () => {
    const source = producer<number>(undefined, { initial: 1 });
    const other = state(10);
    const sum = derived([source, other], () => (source.get() ?? 0) + other.get());
    let ends = 0;
    subscribe(sum, () => undefined, { onEnd: () => (ends += 1) });
    source.emit(2);
    source.complete();
    other.set(100);
    expect([ends, sum.get()]).toEqual([1, 12]);
  });

  it('answers with the value of before within a batch, since nothing has gone out yet', () => {
    const number = state(1);
    const doubled = derived([number], () => number.get() * 2);
    subscribe(doubled, () => undefined);
    batch(() => {
      number.set(5);
      expect(doubled.get()).toBe(2);
    });
    expect(doubled.get()).toBe(10);
  });
});

describe('a diamond', () => {
  const diamond = () => {
    const top = state(1);
    const left = derived([top], () => top.get() + 1);
    const right = derived([top], () => top.get() * 10);
    const seen: string[] = [];
    const bottom = derived([left, right], () => {
      seen.push(`${left.get()} ${right.get()}`);
      return left.get() + right.get();
    });
    subscribe(bottom, () => undefined);
    seen.length = 0;
    return { top, seen };
  };

  it('is computed once per change, and never from an old and a new half', () => {
    const { top, seen } = diamond();
    top.set(2);
    top.set(3);
    expect(seen).toEqual(['3 20', '4 30']);
  });

  it('is computed once per batch', () => {
    const { top, seen } = diamond();
    batch(() => {
      top.set(2);
      batch(() => top.set(3));
      top.set(4);
    });
    expect(seen).toEqual(['5 40']);
  });

  it('is left alone when both sides stay the same', () => {
    const top = state(1);
    const left = derived([top], () => top.get() > 0, { equals: Object.is });
    const right = derived([top], () => top.get() < 100, { equals: Object.is });
    let computed = 0;
    const bottom = derived([left, right], () => (computed += 1));
    subscribe(bottom, () => undefined);
    top.set(2);
    expect(computed).toBe(1);
  });
});
