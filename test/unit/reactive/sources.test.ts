import { Inspector } from 'callbag-recharge';
import { fromAsyncIter, fromPromise } from 'callbag-recharge/extra';
import { describe, expect, it } from 'vitest';

/** Lets everything run that waits only on settled promises. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('fromPromise', () => {
  it('gives the value and ends', async () => {
    const seen = Inspector.observe(fromPromise(Promise.resolve(42)));
    await settle();
    expect([seen.values, seen.completedCleanly]).toEqual([[42], true]);
  });

  it('ends with the reason of a rejection', async () => {
    const seen = Inspector.observe(fromPromise(Promise.reject(new Error('refused'))));
    await settle();
    expect([seen.values, seen.endError]).toEqual([[], new Error('refused')]);
  });

  it('says nothing to one who has left', async () => {
    const seen = Inspector.observe(fromPromise(Promise.resolve(42)));
    seen.dispose();
    await settle();
    expect([seen.values, seen.ended]).toEqual([[], false]);
  });
});

describe('fromAsyncIter', () => {
  async function* twoThen(error?: Error) {
    yield await Promise.resolve('one');
    yield 'two';
    if (error) throw error;
  }

  it('gives each value and ends, and begins anew for the next subscriber', async () => {
    const source = fromAsyncIter(() => twoThen());
    const first = Inspector.observe(source);
    await settle();
    const second = Inspector.observe(source);
    await settle();
    expect([first, second].map((seen) => [seen.values, seen.completedCleanly])).toEqual([
      [['one', 'two'], true],
      [['one', 'two'], true],
    ]);
  });

  it('keeps what came before an error', async () => {
    const seen = Inspector.observe(fromAsyncIter(twoThen(new Error('cut off'))));
    await settle();
    expect([seen.values, seen.endError]).toEqual([['one', 'two'], new Error('cut off')]);
  });

  it('ends with the error of an iterable that cannot even be made', () => {
    const seen = Inspector.observe(
      fromAsyncIter<string>(() => {
        throw new Error('no stream');
      }),
    );
    expect(seen.endError).toEqual(new Error('no stream'));
  });

  it('tells the iterator when its last subscriber leaves, even while it waits', () => {
    let returned = 0;
    const endless: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          returned += 1;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    Inspector.observe(fromAsyncIter(endless)).dispose();
    expect(returned).toBe(1);
  });
});
