import { describe, expect, test } from 'vitest';
import { FEATURE_NAMES, measure } from '../../../src/routing/gain/features';
import { predictGain, TEXT_REACH } from '../../../src/routing/gain/predict';
import { SHIPPED } from '../../../src/routing/gain/weights';
import type { RequestFeatures } from '../../../src/routing/request';

const request = (subjectText: string): RequestFeatures => ({
  languageId: 'python',
  instruction: '',
  subjectText,
  promptTokens: Math.ceil(subjectText.length / 3),
  codeLines: subjectText.split('\n').length,
  files: 1,
  outsideNames: 0,
});

const SHORT = 'def first(xs):\n    return xs[0]\n\n# What does this give?\nfirst([1, 2])';
const LONG = [
  'def walk(text, table):',
  '    total = 0',
  '    for a in text:',
  '        for b in table:',
  '            total += (ord(a) * 31 + b) % 97 - text.count(a) // 2',
  '    return str(total).zfill(8)[::-1]',
  '',
  '# What does this give?',
  "walk('the quick brown fox jumps over the lazy dog', [3, 1, 4, 1, 5, 9, 2, 6])",
].join('\n');

describe('the predicted gain of the cloud', () => {
  test('stays within its bounds of the measured mean, whatever the text', () => {
    const mean = SHIPPED.kinds['read-forward']?.meanGain ?? NaN;
    for (const text of ['', 'x', SHORT, LONG, '('.repeat(5000), '\n'.repeat(300), 'é漢😀'.repeat(400)]) {
      const { gain } = predictGain(request(text), 'explain');
      expect(Math.abs(gain - mean)).toBeLessThanOrEqual(TEXT_REACH + 1e-9);
    }
  });

  test('is the same for the same request', () => {
    expect(predictGain(request(LONG), 'explain')).toEqual(predictGain(request(LONG), 'explain'));
  });

  test('tells texts of one kind apart', () => {
    expect(predictGain(request(SHORT), 'explain').gain).not.toBe(predictGain(request(LONG), 'explain').gain);
  });

  test('gives its reasons in words and repeats nothing of the text', () => {
    const { reasons } = predictGain(request(LONG), 'explain');
    expect(reasons[0]?.text).toMatch(/gained \+\d+ points/);
    expect(reasons.map((reason) => reason.text).join(' ')).not.toMatch(/walk|quick|words:|tail[A-Z]/);
  });

  test('says so where a kind was never measured, and then supposes little', () => {
    const { gain, reasons } = predictGain(request(LONG), 'ask');
    expect(reasons[0]?.code).toBe('kind-unmeasured');
    expect(gain).toBe(Math.min(...Object.values(SHIPPED.kinds).map((kind) => kind.meanGain)));
  });

  test('lets a text unlike anything measured count for nothing', () => {
    const { gain, reasons } = predictGain(request('=%['.repeat(1500)), 'explain');
    expect(reasons.map((reason) => reason.code)).toContain('unlike-measured');
    expect(gain).toBe(SHIPPED.kinds['read-forward']?.meanGain);
  });
});

describe('the features', () => {
  const value = (text: string, name: string): number =>
    measure(text, undefined)[FEATURE_NAMES.indexOf(name)] ?? NaN;

  test('tell code from prose', () => {
    expect(value(LONG, 'codeShare')).toBeGreaterThan(0.5);
    expect(value('She had four dolls and gave one away.\nHow many are left?', 'codeShare')).toBe(0);
  });

  test('see a loop in a loop, but not a loop after a loop', () => {
    expect(value(LONG, 'nestedLoops')).toBe(1);
    expect(
      value('def f():\n    for a in b:\n        pass\n    for c in d:\n        pass\n', 'nestedLoops'),
    ).toBe(0);
  });

  test('do not take an apostrophe for a string', () => {
    expect(value("a friend's dog and a cat's toy", 'quoted')).toBe(0);
    expect(value("f('a', 'bc')", 'quoted')).toBeCloseTo(Math.log1p(2));
  });

  test('are finite for any text', () => {
    for (const text of ['', '\r\n', '"', '[[[', '10^{', '^', '==', '💥'.repeat(50)]) {
      expect(measure(text, 'test').every(Number.isFinite)).toBe(true);
    }
  });
});
