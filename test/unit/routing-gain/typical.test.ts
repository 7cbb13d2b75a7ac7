import { expect, test } from 'vitest';
import { typicalCall } from '../../../src/routing/estimate/typical';

test('a refactor in the cloud is known to take its time before the first one was made', () => {
  const { outputTokens, ms } = typicalCall('refactor', {
    provider: 'anthropic',
    id: 'sonnet',
    place: 'cloud',
  });
  expect(outputTokens).toBe(1_500);
  expect(ms).toBe(350 + 17 * 1_500);
});

test('how fast this machine is nobody can tell beforehand', () => {
  expect(typicalCall('explain', { provider: 'ollama', id: 'qwen', place: 'local' })).toEqual({
    outputTokens: 500,
  });
});
