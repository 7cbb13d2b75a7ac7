import { batch, derived, effect, producer, state } from 'callbag-recharge';
import { describe, expect, it } from 'vitest';

describe('an effect', () => {
  it('runs at once and after each change, cleaning up in between', () => {
    const count = state(0);
    const log: string[] = [];
    const stop = effect([count], () => {
      const seen = count.get();
      log.push(`run ${seen}`);
      return () => log.push(`clean ${seen}`);
    });
    count.set(1);
    stop();
    stop();
    count.set(2);
    expect(log).toEqual(['run 0', 'clean 0', 'run 1', 'clean 1']);
  });

  it('waits until all that changed has settled', () => {
    const a = state(1);
    const b = state(10);
    const sum = derived([a, b], () => a.get() + b.get());
    const seen: number[][] = [];
    effect([a, sum], () => {
      seen.push([a.get(), sum.get()]);
      return undefined;
    });
    a.set(2);
    batch(() => {
      a.set(3);
      b.set(30);
    });
    expect(seen).toEqual([
      [1, 11],
      [2, 12],
      [3, 33],
    ]);
  });

  it('does not run when its sources turn out unchanged', () => {
    const number = state(1);
    const parity = derived([number], () => number.get() % 2, { equals: Object.is });
    let runs = 0;
    effect([parity], () => {
      runs += 1;
      return undefined;
    });
    number.set(3);
    expect(runs).toBe(1);
  });

  it('cleans up and stops when a source ends', () => {
    const source = producer<number>();
    const other = state(0);
    const log: string[] = [];
    effect([source, other], () => {
      log.push('run');
      return () => log.push('clean');
    });
    source.error(new Error('gone'));
    other.set(1);
    expect(log).toEqual(['run', 'clean']);
  });

  it('may set a store that another effect reads', () => {
    const a = state(0);
    const b = state(0);
    const seen: number[] = [];
    effect([a], () => {
      b.set(a.get() * 10);
      return undefined;
    });
    effect([b], () => {
      seen.push(b.get());
      return undefined;
    });
    a.set(1);
    expect(seen).toEqual([0, 10]);
  });
});
