import { describe, expect, it } from 'vitest';
import { LineGuard, MAX_LINE_BYTES, type Passed } from '../../../src/models/wire/guards';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (passed: Passed): string => Buffer.from(passed.bytes ?? []).toString('utf8');

describe('lines of a stream', () => {
  it('pass whole, wherever the chunks are cut', () => {
    const guard = new LineGuard('Claude');
    const stream = Buffer.from('event: a\ndata: "grüße 🚃"\n\nevent: b\n');
    const passed = [...stream].map((byte) => textOf(guard.take(Uint8Array.of(byte))));
    expect(passed.filter((piece) => piece !== '')).toEqual([
      'event: a\n',
      'data: "grüße 🚃"\n',
      '\n',
      'event: b\n',
    ]);
    expect(guard.end()).toEqual({});
  });

  it('pass up to the one that is not UTF-8: what came before may hold the figures of the bill', () => {
    const passed = new LineGuard('Claude').take(bytes('data: {"usage":7}\n\ndata: \xc3\x28\n\ndata: late\n'));
    expect(textOf(passed)).toBe('data: {"usage":7}\n\n');
    expect(passed.failure).toMatchObject({ kind: 'protocol' });
  });

  it('pass up to the one that the check refuses', () => {
    const check = (line: string): boolean => {
      if (line === 'bad') throw new Error('bad line');
      return line !== 'copy';
    };
    const passed = new LineGuard('Ollama', check).take(bytes('one\n \ncopy\ntwo\nbad\nthree\n'));
    expect(textOf(passed)).toBe('one\n \ntwo\n');
    expect(passed.failure).toMatchObject({ message: 'bad line' });
  });

  it('pass up to one that is too long, and no more of that is held than the bound', () => {
    const guard = new LineGuard('Ollama');
    expect(textOf(guard.take(bytes('short\nlong')))).toBe('short\n');
    const block = bytes('x'.repeat(64 * 1024));
    let taken = 0;
    let passed: Passed = {};
    for (; passed.failure === undefined; taken += block.length) passed = guard.take(block);
    expect(passed.failure).toMatchObject({ kind: 'protocol' });
    expect(taken).toBeLessThanOrEqual(MAX_LINE_BYTES + 2 * block.length);
  });

  it('that do not end are given out at the end of the stream', () => {
    const guard = new LineGuard('Ollama');
    expect(textOf(guard.take(bytes('whole\nhalf')))).toBe('whole\n');
    expect(textOf(guard.end())).toBe('half');
  });
});
