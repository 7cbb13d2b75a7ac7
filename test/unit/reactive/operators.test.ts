import { derived, Inspector, pipe, producer, state, subscribe } from 'callbag-recharge';
import { debounce, filter, map, merge, scan } from 'callbag-recharge/extra';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('map and filter', () => {
  it('follow their input with and without subscribers', () => {
    const n = state(1);
    const tens = pipe(
      n,
      map((x) => x * 10),
      filter((x) => x > 10),
    );
    expect(tens.get()).toBeUndefined();
    n.set(2);
    expect(tens.get()).toBe(20);
    const heard: unknown[] = [];
    subscribe(tens, (x) => heard.push(x));
    n.set(3);
    n.set(1);
    n.set(4);
    expect([heard, tens.get()]).toEqual([[30, 40], 40]);
  });

  it('take part in diamonds: a value that is filtered out does not hold up the other side', () => {
    const n = state(0);
    const even = pipe(
      n,
      filter((x) => x % 2 === 0),
    );
    const plusOne = pipe(
      n,
      map((x) => x + 1),
    );
    const seen: unknown[] = [];
    const both = derived([even, plusOne], () => [even.get(), plusOne.get()]);
    subscribe(both, (pair) => seen.push(pair));
    n.set(1);
    n.set(2);
    expect(seen).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });

  it('end as their input ends', () => {
    const source = producer<number>(undefined, { initial: 1 });
    const seen = Inspector.observe(
      pipe(
        source,
        map((x) => x + 1),
      ),
    );
    source.error('broken');
    expect(seen.endError).toBe('broken');
  });
});

describe('merge', () => {
  it('passes on what any source says, and ends with the last of them', () => {
    const a = producer<number>();
    const b = producer<number>();
    const seen = Inspector.observe(merge(a, b));
    a.emit(1);
    b.emit(2);
    a.complete();
    b.emit(3);
    expect([seen.values, seen.ended]).toEqual([[1, 2, 3], false]);
    b.complete();
    expect([seen.ended, seen.endError]).toEqual([true, undefined]);
  });

  it('ends at once with the first error', () => {
    const a = producer<number>();
    const seen = Inspector.observe(merge(a, state(1)));
    a.error('broken');
    expect(seen.endError).toBe('broken');
  });
});

describe('scan', () => {
  it('sums up from its seed with each new subscription', () => {
    const n = state(0);
    const sum = pipe(
      n,
      scan((total: number, x: number) => total + x, 100),
    );
    const heard: number[] = [];
    const first = subscribe(sum, (x) => heard.push(x));
    n.set(1);
    n.set(2);
    first.unsubscribe();
    subscribe(sum, (x) => heard.push(x));
    n.set(5);
    expect(heard).toEqual([101, 103, 105]);
  });
});

describe('debounce', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets the last value through when it has been quiet', () => {
    const typed = state('');
    const heard: unknown[] = [];
    subscribe(pipe(typed, debounce(100)), (text) => heard.push(text));
    typed.set('a');
    vi.advanceTimersByTime(99);
    typed.set('ab');
    vi.advanceTimersByTime(99);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['ab']);
  });

  it('lets go what waits when the input completes, and drops it when nobody listens any more', () => {
    const typed = producer<string>();
    const completed = Inspector.observe(pipe(typed, debounce(100)));
    const left = Inspector.observe(pipe(state('x'), debounce(100)));
    typed.emit('a');
    typed.complete();
    left.dispose();
    vi.advanceTimersByTime(1000);
    expect([completed.values, completed.ended, left.values]).toEqual([['a'], true, []]);
  });
});
