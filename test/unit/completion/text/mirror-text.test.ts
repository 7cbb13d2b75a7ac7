import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MirrorText, type TextEdit } from '../../../../src/completion/text/mirror-text';
import { keyOf } from '../../../../src/completion/text/rolling-hash';

const edits = fc.array(
  fc.record({ at: fc.nat(9_000), deleted: fc.nat(3_000), inserted: fc.string({ maxLength: 5_000 }) }),
  { maxLength: 12 },
);

/** Brings an edit into the document's bounds. */
function inside(
  length: number,
  { at, deleted, inserted }: { at: number; deleted: number; inserted: string },
): TextEdit {
  const offset = Math.min(at, length);
  return { offset, deleted: Math.min(deleted, length - offset), inserted };
}

describe('a mirrored document', () => {
  it('holds the same text as the editor after any edits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8_000 }), edits, fc.nat(20_000), (start, changes, cut) => {
        const mirror = new MirrorText(start);
        let text = start;
        for (const change of changes) {
          const edit = inside(text.length, change);
          mirror.apply(edit);
          text = text.slice(0, edit.offset) + edit.inserted + text.slice(edit.offset + edit.deleted);
        }
        expect(mirror.text()).toBe(text);
        expect(mirror.length).toBe(text.length);
        expect(mirror.slice(cut, cut + 100)).toBe(text.slice(cut, cut + 100));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same keys as a fresh document with the same text, wherever the edits were', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8_000 }), edits, fc.nat(20_000), (start, changes, at) => {
        const mirror = new MirrorText(start);
        for (const change of changes) mirror.apply(inside(mirror.length, change));
        const fresh = new MirrorText(mirror.text());
        const offset = Math.min(at, mirror.length);
        expect(keyOf(mirror.prefixHash(offset))).toBe(keyOf(fresh.prefixHash(offset)));
        expect(mirror.suffixKey(offset)).toBe(fresh.suffixKey(offset));
      }),
      { numRuns: 60 },
    );
  });

  it('tells texts apart that differ in one character far from the caret', () => {
    const long = 'abcdefgh'.repeat(2_000);
    const other = `${long.slice(0, 10)}X${long.slice(11)}`;
    const caret = long.length - 5;
    expect(keyOf(new MirrorText(long).prefixHash(caret))).not.toBe(
      keyOf(new MirrorText(other).prefixHash(caret)),
    );
    expect(new MirrorText(long).suffixKey(3)).not.toBe(new MirrorText(other).suffixKey(3));
  });
});
