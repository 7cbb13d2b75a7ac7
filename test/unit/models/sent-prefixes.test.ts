import { describe, expect, it } from 'vitest';
import {
  CACHE_LIFE_MS,
  LONG_PREFIX_TOKENS,
  SentPrefixes,
  type PrefixPart,
} from '../../../src/models/claude/sent-prefixes';

/** Long enough by itself to be cached by any model. */
const stable = (text: string, tokens = 1024): PrefixPart => ({ text, tokens, stable: true });
const changing = (text: string): PrefixPart => ({ text, tokens: 50, stable: false });
const SYSTEM = stable('You help.');
const FILE = stable('export const a = 1;');

function memory(): { prefixes: SentPrefixes; pass: (ms: number) => void } {
  let now = 0;
  return { prefixes: new SentPrefixes({ monotonic: () => now }), pass: (ms) => (now += ms) };
}

describe('a cache mark is worth its price', () => {
  it('not at the first sending of a single file', () => {
    const { prefixes } = memory();
    expect(prefixes.worthCaching('sonnet', [SYSTEM, FILE, changing('rename')])).toBe(0);
  });
  it('at the second within the life of the cache, up to the first part that changes', () => {
    const { prefixes, pass } = memory();
    prefixes.worthCaching('sonnet', [SYSTEM, FILE, changing('rename')]);
    pass(CACHE_LIFE_MS - 1);
    expect(prefixes.worthCaching('sonnet', [SYSTEM, FILE, changing('inline')])).toBe(2);
  });
  it('no longer when the cache has forgotten', () => {
    const { prefixes, pass } = memory();
    prefixes.worthCaching('sonnet', [SYSTEM, FILE]);
    pass(CACHE_LIFE_MS);
    expect(prefixes.worthCaching('sonnet', [SYSTEM, FILE])).toBe(0);
  });
  it('each sending begins the life anew', () => {
    const { prefixes, pass } = memory();
    for (let i = 0; i < 3; i++) {
      prefixes.worthCaching('sonnet', [FILE]);
      pass(CACHE_LIFE_MS / 2);
    }
    expect(prefixes.worthCaching('sonnet', [FILE])).toBe(1);
  });
  it('only for what came before the change, where a file has changed', () => {
    const { prefixes } = memory();
    prefixes.worthCaching('sonnet', [SYSTEM, FILE]);
    expect(prefixes.worthCaching('sonnet', [SYSTEM, stable('export const a = 2;')])).toBe(1);
  });
  it('each model has a cache of its own', () => {
    const { prefixes } = memory();
    prefixes.worthCaching('sonnet', [FILE]);
    expect(prefixes.worthCaching('haiku', [FILE])).toBe(0);
  });
  it('at once for so many files that people ask on about them', () => {
    const { prefixes } = memory();
    const files = [stable('a', LONG_PREFIX_TOKENS / 2), stable('b', LONG_PREFIX_TOKENS / 2)];
    expect(prefixes.worthCaching('sonnet', [...files, changing('why?')])).toBe(2);
  });
  it('stable parts behind one that changes count for nothing', () => {
    const { prefixes } = memory();
    expect(prefixes.worthCaching('sonnet', [changing('now'), stable('a', LONG_PREFIX_TOKENS)])).toBe(0);
  });
  it('not where all that is stable is shorter than the model caches', () => {
    const { prefixes } = memory();
    const short = [stable('a', 500), stable('b', 523), changing('why?')];
    prefixes.worthCaching('sonnet', short);
    expect(prefixes.worthCaching('sonnet', short)).toBe(0);
  });
  it('together, where parts are too short by themselves', () => {
    const { prefixes } = memory();
    const short = [stable('a', 500), stable('b', 524), changing('why?')];
    prefixes.worthCaching('sonnet', short);
    expect(prefixes.worthCaching('sonnet', short)).toBe(2);
  });
  it('forgets the oldest of very many', () => {
    const { prefixes } = memory();
    for (let i = 0; i < 300; i++) prefixes.worthCaching('sonnet', [stable(`file ${i}`)]);
    expect(prefixes.worthCaching('sonnet', [stable('file 0')])).toBe(0);
    expect(prefixes.worthCaching('sonnet', [stable('file 299')])).toBe(1);
  });
});
