import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesWith, rewritten } from '../../../../src/privacy/secrets/view';

describe('a view of a text', () => {
  it('says where its characters came from, whatever was left out or put in', () => {
    const piece = fc.constantFrom('a', 'bc', '<x>', '<>', '<yy>', '\n', 'd<x>e');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', '-', '=='), (pieces, by) => {
        const text = pieces.join('');
        const view = rewritten(text, /<\w*>/g, () => by);
        if (view === undefined) return;
        for (let at = 0; at < view.text.length; at += 1) {
          const { start, end } = view.placeOf(at, at + 1);
          const original = text.slice(start, end);
          if (original.startsWith('<')) expect(by).toContain(view.text[at]);
          else expect(original).toBe(view.text[at]);
        }
      }),
    );
  });

  it('of lines holds those with a sign, and leads back to them', () => {
    const text = 'one\ntwo !\nthree\nfour !\nfive';
    const view = linesWith(text, /!/g);
    expect(view?.text).toBe('two !\nfour !\n');
    const four = view?.text.indexOf('four') ?? 0;
    expect(view?.placeOf(four, four + 4)).toEqual({
      start: text.indexOf('four'),
      end: text.indexOf('four') + 4,
    });
    expect(linesWith(text, /!/g, 1)?.text).toBe('two !\nthree\nfour !\nfive');
    expect(linesWith(text, /\?/g)).toBeUndefined();
  });

  it('takes a rewritten piece whole where a stretch begins or ends in it', () => {
    const text = 'ab<x>cd';
    const view = rewritten(text, /<x>/g, () => '__');
    expect(view?.text).toBe('ab__cd');
    expect(view?.placeOf(3, 5)).toEqual({ start: 2, end: 6 });
    expect(view?.isRewritten(0, 2)).toBe(false);
    expect(view?.isRewritten(1, 3)).toBe(true);
  });
});
