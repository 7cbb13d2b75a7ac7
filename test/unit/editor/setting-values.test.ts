import { describe, expect, it } from 'vitest';
import { SettingValues } from '../../../src/editor/settings/setting-values';

const of = (value: unknown): SettingValues => new SettingValues(() => value);

describe('a setting of the wrong kind', () => {
  it('counts as not set, and never throws', () => {
    expect(of(1).text('x')).toBe('');
    expect(of('yes').flag('x')).toBe(false);
    expect(of('x').oneOf('x', ['auto', 'local'], 'auto')).toBe('auto');
    expect(of('0.5').number('x', 0, 1)).toBeUndefined();
    expect(of(7).number('x', 0, 1)).toBeUndefined();
    expect(of(['a']).flags('x')).toEqual({});
  });

  it('is named, for the user to mend', () => {
    const values: Record<string, unknown> = { target: 'cheap', offline: 'yes', cap: '5 USD', model: 'qwen' };
    const read = new SettingValues((key) => values[key]);
    read.oneOf('target', ['thrifty', 'best'], 'best');
    read.guard('offline');
    read.cap('cap');
    read.text('model');
    read.number('threshold', 0, 1);
    expect([...read.misread]).toEqual(['target', 'offline', 'cap']);
  });

  it('keeps a switch on that protects', () => {
    expect(of('true').guard('offline')).toBe(true);
    expect(of(1).guard('offline')).toBe(true);
    expect(of(false).guard('offline')).toBe(false);
    expect(of(undefined).guard('offline')).toBe(false);
  });

  it('holds everything back where a cap was meant', () => {
    expect(of('5 USD').cap('x')).toBe(0);
    expect(of(-1).cap('x')).toBe(0);
    expect(of(5).cap('x')).toBe(5);
    expect(of(null).cap('x')).toBeUndefined();
  });
});
