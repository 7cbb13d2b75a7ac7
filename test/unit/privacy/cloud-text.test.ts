import { describe, expect, it } from 'vitest';
import { CloudText, MayNotLeaveError, mintCloudText } from '../../../src/privacy/cloud-text';
import type { BlockRule } from '../../../src/privacy/report';

describe('text that may leave the machine', () => {
  it('gives its text to the client that sends it', () => {
    expect(CloudText.reveal(mintCloudText('hello'))).toBe('hello');
  });

  it('says its length, and nothing else, to logs and JSON', () => {
    const text = mintCloudText('the code');
    expect(JSON.stringify({ text })).toBe('{"text":"[CloudText, 8 characters]"}');
    expect(String(text)).toBe('[CloudText, 8 characters]');
    expect(Object.keys(text)).toEqual([]);
    expect(text.length).toBe(8);
  });

  it('asks again before it is sent, and stays here once the user went offline', () => {
    const now: { rule?: BlockRule } = {};
    const text = mintCloudText('hello', () => now.rule);
    expect(CloudText.reveal(text)).toBe('hello');
    now.rule = 'offline';
    expect(() => CloudText.reveal(text)).toThrow(new MayNotLeaveError('offline'));
  });
});

describe('a forged one', () => {
  const forgeries: Record<string, () => unknown> = {
    'a string': () => 'secret',
    'an object of the same shape': () => ({ length: 6, toJSON: () => '', toString: () => 'secret' }),
    'an object on the same prototype': () => Object.create(CloudText.prototype) as unknown,
    'a proxy of a real one': () => new Proxy(mintCloudText('real'), {}),
    'a structured clone of a real one': () => structuredClone(mintCloudText('real')),
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    it(`throws when it is read: ${name}`, () => {
      expect(() => CloudText.reveal(forge() as CloudText)).toThrow(TypeError);
    });
  }

  it('cannot be made by the constructor, whatever the types are made to say', () => {
    const open = CloudText as unknown as new (...parts: unknown[]) => CloudText;
    expect(() => new open(Symbol('mint'), 'secret', () => undefined)).toThrow(TypeError);
    expect(() => new open('secret')).toThrow(TypeError);
    class Sub extends open {}
    expect(() => new Sub('secret')).toThrow(TypeError);
    expect(() => Reflect.construct(open, ['secret'])).toThrow(TypeError);
  });
});
