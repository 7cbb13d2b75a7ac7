import { describe, expect, it } from 'vitest';
import { Rhythm } from '../../../src/completion/rhythm';
import { opinionChars, whenToAsk, type Moment } from '../../../src/completion/when-to-ask';

function rhythm(firstTextMs: number): Rhythm {
  const measured = new Rhythm();
  for (let i = 0; i < 60; i++) measured.answered(firstTextMs);
  return measured;
}

const moment = (more: Partial<Moment>): Moment => ({
  known: undefined,
  askedInVain: false,
  underWay: false,
  lastKey: 'typed',
  rhythm: rhythm(300),
  ...more,
});
const known = (rest: string, typed: number): Moment['known'] => ({ rest, typed, state: 'done' });

describe('when to ask the model', () => {
  it('for the rest of a cut answer, once somebody pauses to read it', () => {
    const cut: Moment['known'] = { rest: 'x'.repeat(60), typed: 0, state: 'cut' };
    expect(whenToAsk(moment({ known: cut, lastKey: 'asked' }))).toEqual({ kind: 'ahead', assumed: 60 });
    expect(whenToAsk(moment({ known: cut }))).toEqual({ kind: 'no', reason: 'known' });
  });
  it('at once when nothing is known', () => {
    expect(whenToAsk(moment({}))).toEqual({ kind: 'now', delayMs: 0 });
  });

  it('not while a fitting answer is on its way', () => {
    expect(whenToAsk(moment({ underWay: true }))).toEqual({ kind: 'no', reason: 'under-way' });
  });

  it('not again where the model had nothing to say', () => {
    expect(whenToAsk(moment({ askedInVain: true }))).toEqual({ kind: 'no', reason: 'asked-in-vain' });
  });

  it('not while the answer is known and far from its end', () => {
    expect(whenToAsk(moment({ known: known('x'.repeat(100), 3) }))).toEqual({ kind: 'no', reason: 'known' });
  });

  it('ahead when what is known will be typed before another answer can come', () => {
    expect(whenToAsk(moment({ known: known('abc', 3) }))).toEqual({ kind: 'ahead', assumed: 3 });
  });

  it('for a second answer after one has been typed along for a while', () => {
    const chars = Math.ceil(opinionChars(300));
    expect(whenToAsk(moment({ known: known('x'.repeat(100), chars) }))).toEqual({
      kind: 'ahead',
      assumed: 0,
    });
  });

  it('later after a likely slip, unless the model is so fast that waiting costs more', () => {
    expect(whenToAsk(moment({ lastKey: 'slipped' }))).toEqual({ kind: 'now', delayMs: 450 });
    expect(whenToAsk(moment({ lastKey: 'slipped', rhythm: rhythm(80) }))).toEqual({
      kind: 'now',
      delayMs: 0,
    });
  });

  it('later after any contradiction where the model is slow', () => {
    expect(whenToAsk(moment({ lastKey: 'contradicted', rhythm: rhythm(900) }))).toEqual({
      kind: 'now',
      delayMs: 450,
    });
  });

  it('the more often the faster the model is', () => {
    expect(opinionChars(60)).toBeLessThan(opinionChars(300));
    expect(opinionChars(300)).toBeLessThan(opinionChars(5_000));
    expect(opinionChars(5_000)).toBe(opinionChars(50_000));
  });
});
