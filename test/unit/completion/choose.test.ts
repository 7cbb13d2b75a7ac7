import { describe, expect, it } from 'vitest';
import type { Fit } from '../../../src/completion/cache';
import { choose } from '../../../src/completion/choose';

function fit(rest: string, typed: number): Fit {
  return {
    rest,
    typed,
    answer: { requestId: rest, prefixKey: 0, suffixKey: 0, order: 0, text: rest, state: 'done' },
  };
}

describe('which answer to show', () => {
  it('the branch most of them take', () => {
    const chosen = choose([fit('load(one)', 1), fit('save(two)', 9), fit('save(twelve)', 20)], '');
    expect(chosen?.rest).toBe('save(two)');
  });

  it('the nearest one where all differ', () => {
    expect(choose([fit('a', 1), fit('b', 9)], '')?.rest).toBe('a');
  });

  it('not one that nothing was typed along yet, if another has proved itself', () => {
    expect(choose([fit('a', 0), fit('b', 9)], '')?.rest).toBe('b');
  });

  it('never one that would change what is on the screen', () => {
    expect(choose([fit('save()', 1), fit('load()', 9)], 'lo')?.rest).toBe('load()');
    expect(choose([fit('save()', 1)], 'lo')).toBeUndefined();
  });
});
