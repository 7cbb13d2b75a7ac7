import { describe, expect, it, vi } from 'vitest';
import { prepareRequest, type Wish } from '../../../src/editor/requests';
import type { Draft } from '../../../src/privacy/draft';

const CODE = 'x'.repeat(1_000_000);

function aWish(draft: (chars: number) => Draft): Wish {
  return { task: 'ask', languageId: 'typescript', instruction: 'why?', code: 'a', files: 4, draft };
}

const draftOf = (chars: number): Draft => ({
  system: [],
  turns: [
    { role: 'user', parts: [{ needed: true, pieces: [{ from: 'user', text: CODE.slice(0, chars) }] }] },
  ],
});

const gate = { prepare: () => Promise.reject(new Error('not asked')) };

describe('what a request is expected to take', () => {
  it('tells apart what a local model and what a cloud would get', () => {
    const { features } = prepareRequest(aWish(draftOf), gate, undefined).request;
    expect(features.promptTokens).toBe(Math.ceil(16_000 / 3.3));
    expect(features.cloudPromptTokens).toBe(Math.ceil(240_000 / 2.9));
  });

  it("measures the cloud's prompt when first asked, and once", () => {
    const draft = vi.fn(draftOf);
    const { features } = prepareRequest(aWish(draft), gate, undefined).request;
    expect(draft).toHaveBeenCalledTimes(1);
    expect([features.cloudPromptTokens, features.cloudPromptTokens]).toEqual([82_759, 82_759]);
    expect(draft).toHaveBeenCalledTimes(2);
  });
});
