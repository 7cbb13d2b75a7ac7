import { describe, expect, it } from 'vitest';
import { chooseContext, type ContextQuestion } from '../../../../src/completion/context/choose-context';
import { importsIn, isImported } from '../../../../src/completion/context/imports';
import { namesIn } from '../../../../src/completion/context/names';

const question = (more: Partial<ContextQuestion>): ContextQuestion => ({
  path: 'src/shop.ts',
  head: '',
  surroundings: 'const total = basket.sumOf(prices);',
  candidates: [],
  ...more,
});

describe('context from other files', () => {
  it('comes from files that share names with what is written', () => {
    const files = chooseContext(
      question({
        candidates: [
          { path: 'src/basket.ts', text: 'export class basket { sumOf(prices) {} }', kind: 'head' },
          { path: 'src/weather.ts', text: 'export const sunny = true;', kind: 'head' },
        ],
      }),
    );
    expect(files.map((file) => file.path)).toEqual(['src/basket.ts']);
  });

  it('comes from imported files even before their names are used', () => {
    const files = chooseContext(
      question({
        head: "import { ship } from './delivery/parcel';",
        candidates: [{ path: 'src/delivery/parcel.ts', text: 'export function ship() {}', kind: 'head' }],
      }),
    );
    expect(files).toHaveLength(1);
  });

  it('is in the same order however the files were opened', () => {
    const candidates = ['b', 'a', 'c'].map((name) => ({
      path: `src/${name}.ts`,
      text: 'basket sumOf prices',
      kind: 'head' as const,
    }));
    const order = chooseContext(question({ candidates })).map((file) => file.path);
    expect(order).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts']);
    expect(
      chooseContext(question({ candidates: [...candidates].reverse() })).map((file) => file.path),
    ).toEqual(order);
  });

  it('keeps to its budget, by whole lines', () => {
    const text = 'basket sumOf prices\n'.repeat(500);
    const [file] = chooseContext(question({ candidates: [{ path: 'src/a.ts', text, kind: 'head' }] }));
    expect(file?.text.length).toBeLessThanOrEqual(1_200);
    expect(file?.text.endsWith('\n')).toBe(true);
  });

  it('never repeats the file itself', () => {
    const own = { path: 'src/shop.ts', text: 'basket sumOf prices', kind: 'edited' as const };
    expect(chooseContext(question({ candidates: [own] }))).toEqual([]);
  });
});

describe('imports and names', () => {
  it('are read from several languages', () => {
    expect(importsIn("import { a } from './a';\nconst b = require('./lib/b');")).toEqual(['./a', './lib/b']);
    expect(importsIn('from os.path import join')).toContain('os.path');
    expect(importsIn('#include "list.h"')).toEqual(['list.h']);
  });

  it('find the file they mean', () => {
    expect(isImported('src/delivery/parcel.ts', './delivery/parcel')).toBe(true);
    expect(isImported('src/delivery/index.ts', './delivery')).toBe(true);
    expect(isImported('src/list.h', 'list.h')).toBe(true);
    expect(isImported('src/other.ts', './parcel')).toBe(false);
  });

  it('leave keywords out', () => {
    expect([...namesIn('return basket; const x = sumOf')]).toEqual(['basket', 'sumOf']);
  });
});
