import { state, subscribe } from 'callbag-recharge';
import { describe, expect, it } from 'vitest';

describe('a state', () => {
  it('holds the value set last', () => {
    const count = state(1);
    count.set(2);
    count.update((n) => n * 10);
    expect(count.get()).toBe(20);
  });

  it('tells each new value together with the one before, and not the present one', () => {
    const count = state(1);
    const heard: [number, number | undefined][] = [];
    subscribe(count, (value, previous) => heard.push([value, previous]));
    count.set(2);
    count.set(3);
    expect(heard).toEqual([
      [2, 1],
      [3, 2],
    ]);
  });

  it('says nothing when set to an equal value', () => {
    const number = state(Number.NaN);
    const point = state({ x: 1, label: 'a' }, { equals: (a, b) => a.x === b.x });
    const heard: unknown[] = [];
    subscribe(number, (value) => heard.push(value));
    subscribe(point, (value) => heard.push(value));
    number.set(Number.NaN);
    point.set({ x: 1, label: 'b' });
    expect(heard).toEqual([]);
  });

  it('takes a new value from inside a subscriber', () => {
    const count = state(0);
    const heard: number[] = [];
    subscribe(count, (value) => {
      heard.push(value);
      if (value === 1) count.set(2);
    });
    count.set(1);
    expect(heard).toEqual([1, 2]);
  });

  it('is not heard after unsubscribing, not even twice', () => {
    const count = state(0);
    const heard: number[] = [];
    const subscription = subscribe(count, (value) => heard.push(value));
    count.set(1);
    subscription.unsubscribe();
    subscription.unsubscribe();
    count.set(2);
    expect(heard).toEqual([1]);
  });
});
