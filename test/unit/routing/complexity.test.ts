import { expect, test } from 'vitest';
import { estimateComplexity } from '../../../src/routing/complexity';
import { someFeatures } from './a-world';

test('a few lines that ask for nothing special are simple', () => {
  expect(estimateComplexity('explain', someFeatures())).toEqual({
    level: 'simple',
    because: [{ code: 'small', text: 'short and self-contained' }],
  });
});

test('a long function is moderate, and says how long', () => {
  const complexity = estimateComplexity('explain', someFeatures({ codeLines: 80 }));
  expect(complexity.level).toBe('moderate');
  expect(complexity.because.map((reason) => reason.text)).toEqual(['80 lines of code']);
});

test('many files are complex whatever their size', () => {
  expect(estimateComplexity('ask', someFeatures({ files: 6 })).level).toBe('complex');
});

test('asking for reasoning about the whole is one step up', () => {
  const features = someFeatures({ instruction: 'Is there a race here?' });
  expect(estimateComplexity('explain', features).level).toBe('moderate');
  expect(estimateComplexity('explain', { ...features, codeLines: 80 }).level).toBe('complex');
});

test('a rename stays simple in a long function', () => {
  const features = someFeatures({ codeLines: 80, instruction: 'rename total to sum' });
  expect(estimateComplexity('refactor', features).level).toBe('simple');
});

test('a completion is judged without words', () => {
  const features = someFeatures({ instruction: 'why is there a race' });
  expect(estimateComplexity('complete', features).level).toBe('simple');
});

test('no reason repeats what the user wrote', () => {
  const { because } = estimateComplexity(
    'ask',
    someFeatures({ instruction: 'migrate SECRET_NAME everywhere' }),
  );
  expect(JSON.stringify(because)).not.toContain('SECRET_NAME');
});
