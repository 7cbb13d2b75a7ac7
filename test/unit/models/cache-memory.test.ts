import type { MessageCreateParamsStreaming, TextBlockParam } from '@anthropic-ai/sdk/resources/messages';
import { describe, expect, it } from 'vitest';
import { CacheMemory } from '../../../src/models/claude/cache-memory';
import { TokenRatio } from '../../../src/models/tokens';
import { NO_USAGE, type Usage } from '../../../src/models/usage';

const MINUTE_MS = 60_000;

const block = (text: string, isMarked = false): TextBlockParam => ({
  type: 'text',
  text,
  ...(isMarked && { cache_control: { type: 'ephemeral' } }),
});

const asking = (...content: TextBlockParam[]): MessageCreateParamsStreaming => ({
  model: 'claude-haiku-5-5',
  max_tokens: 100,
  stream: true,
  messages: [{ role: 'user', content }],
});

const FILES = 'f'.repeat(4_000);
const MORE = 'm'.repeat(2_000);
const QUESTION = 'q'.repeat(400);
const characters = FILES.length + QUESTION.length;
const counted: Usage = { ...NO_USAGE, cacheWrite5mTokens: 1_000, inputTokens: 100 };

/** Four characters a token. */
function ratio(): TokenRatio {
  const learned = new TokenRatio('claude');
  learned.learn(4_400, 1_100);
  return learned;
}

describe('what the input of a call costs that ends before the API has counted', () => {
  it('is a cache write for a marked beginning that was never sent', () => {
    const usage = new CacheMemory().estimate(
      asking(block(FILES, true), block(QUESTION)),
      characters,
      ratio(),
      0,
    );
    expect(usage).toMatchObject({
      cacheWrite5mTokens: 1_000,
      cacheReadTokens: 0,
      inputTokens: 100,
      estimated: true,
    });
  });

  it('is a cache read for a beginning that the API has counted before, with any question behind it', () => {
    const memory = new CacheMemory();
    memory.learn(asking(block(FILES, true), block(QUESTION)), counted, 0);
    const again = asking(block(FILES, true), block('another question'));
    expect(memory.estimate(again, FILES.length + 16, ratio(), 4 * MINUTE_MS)).toMatchObject({
      cacheReadTokens: 1_000,
      cacheWrite5mTokens: 0,
      inputTokens: 4,
    });
  });

  it('reads the longest known beginning and writes the rest', () => {
    const memory = new CacheMemory();
    memory.learn(asking(block(FILES, true), block(QUESTION)), counted, 0);
    const longer = asking(block(FILES, true), block(MORE, true), block(QUESTION));
    expect(memory.estimate(longer, characters + MORE.length, ratio(), 1)).toMatchObject({
      cacheReadTokens: 1_000,
      cacheWrite5mTokens: 500,
      inputTokens: 100,
    });
  });

  it('is a write again when five minutes have gone by without a use', () => {
    const memory = new CacheMemory();
    const request = asking(block(FILES, true), block(QUESTION));
    memory.learn(request, counted, 0);
    memory.learn(request, { ...counted, cacheWrite5mTokens: 0, cacheReadTokens: 1_000 }, 4 * MINUTE_MS);
    expect(memory.estimate(request, characters, ratio(), 8 * MINUTE_MS).cacheReadTokens).toBe(1_000);
    expect(memory.estimate(request, characters, ratio(), 10 * MINUTE_MS).cacheReadTokens).toBe(0);
  });

  it('is plain input without a mark, and knows nothing of another model', () => {
    const memory = new CacheMemory();
    const request = asking(block(FILES, true), block(QUESTION));
    memory.learn(request, counted, 0);
    const plain = asking(block(FILES), block(QUESTION));
    expect(memory.estimate(plain, characters, ratio(), 1)).toMatchObject({
      inputTokens: 1_100,
      cacheWrite5mTokens: 0,
    });
    const other = { ...request, model: 'claude-sonnet-5-5' };
    expect(memory.estimate(other, characters, ratio(), 1).cacheReadTokens).toBe(0);
  });
});
