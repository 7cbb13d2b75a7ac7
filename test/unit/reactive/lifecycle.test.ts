import {
  derived,
  type LifecycleSignal,
  PAUSE,
  pipe,
  producer,
  RESET,
  RESUME,
  state,
  subscribe,
  TEARDOWN,
} from 'callbag-recharge';
import { map, scan } from 'callbag-recharge/extra';
import { describe, expect, it } from 'vitest';

describe('a signal from a subscriber', () => {
  it('travels up to the source', () => {
    const heard: LifecycleSignal[] = [];
    const source = producer<number>(
      ({ onSignal }) => {
        onSignal((signal) => heard.push(signal));
        return undefined;
      },
      { initial: 0 },
    );
    const doubled = pipe(
      source,
      map((n) => n * 2),
    );
    const subscription = subscribe(
      derived([doubled], () => doubled.get()),
      () => undefined,
    );
    subscription.signal(PAUSE);
    subscription.signal(RESUME);
    expect(heard).toEqual([PAUSE, RESUME]);
  });

  it('RESET puts source and operators back to their beginning, without a value going out', () => {
    const n = state(1);
    const sum = pipe(
      n,
      scan((total: number, x: number) => total + x, 0),
    );
    const heard: number[] = [];
    const subscription = subscribe(sum, (x) => heard.push(x));
    n.set(5);
    subscription.signal(RESET);
    expect([n.get(), heard]).toEqual([1, [5]]);
    n.set(7);
    expect(heard).toEqual([5, 7]);
  });

  it('TEARDOWN ends everything', () => {
    const n = state(1);
    const ends: string[] = [];
    subscribe(n, () => undefined, { onEnd: () => ends.push('state') });
    const doubled = derived([n], () => n.get() * 2);
    const subscription = subscribe(doubled, () => undefined, { onEnd: () => ends.push('derived') });
    subscription.signal(TEARDOWN);
    expect(ends.sort()).toEqual(['derived', 'state']);
  });
});
