import { describe, expect, it } from 'vitest';
import { Caution } from '../../../../src/completion/instant/caution';

const DOCUMENT = 'a.ts';

/** Shows ten characters and types `right` of them, then something else. */
function showAndType(caution: Caution, right: number): void {
  caution.shown(DOCUMENT, 0, 'abcdefghij');
  const typed = 'abcdefghij'.slice(0, right) + (right < 10 ? '!' : '');
  for (let offset = 0; offset < typed.length; offset++)
    caution.typed(DOCUMENT, { offset, deleted: 0, inserted: typed.charAt(offset) });
}

describe('how sure a guess must be to be shown', () => {
  it('grows with what was shown and not typed', () => {
    const caution = new Caution();
    const before = caution.enough;
    showAndType(caution, 0);
    expect(caution.enough).toBeGreaterThan(before);
  });

  it('falls again while guesses are right, to a bound', () => {
    const caution = new Caution();
    for (let i = 0; i < 20; i++) showAndType(caution, 0);
    const wary = caution.enough;
    showAndType(caution, 10);
    expect(caution.enough).toBeLessThan(wary);
    for (let i = 0; i < 1_000; i++) showAndType(caution, 10);
    expect(caution.enough).toBeCloseTo(0.84);
  });

  it('stays where it is while eight characters in ten are right', () => {
    const caution = new Caution();
    showAndType(caution, 0);
    const before = caution.enough;
    for (let i = 0; i < 50; i++) showAndType(caution, 8);
    expect(caution.enough).toBeCloseTo(before);
  });

  it('never asks for certainty, which nothing reaches', () => {
    const caution = new Caution();
    for (let i = 0; i < 1_000; i++) showAndType(caution, 0);
    expect(caution.enough).toBeLessThan(1);
  });

  it('does not judge what the caret left, or what was deleted', () => {
    const caution = new Caution();
    const before = caution.enough;
    caution.shown(DOCUMENT, 0, 'abcdefghij');
    caution.left();
    caution.typed(DOCUMENT, { offset: 0, deleted: 0, inserted: '!' });
    caution.shown(DOCUMENT, 5, 'abcdefghij');
    caution.typed(DOCUMENT, { offset: 5, deleted: 1, inserted: '' });
    caution.typed(DOCUMENT, { offset: 5, deleted: 0, inserted: '!' });
    expect(caution.enough).toBe(before);
  });
});
