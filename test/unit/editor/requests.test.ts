import { describe, expect, it, vi } from 'vitest';
import { decidableWith, prepareRequest, type Wish } from '../../../src/editor/requests';
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

describe('what the predictor reads', () => {
  it("is the user's words and the code, without the frame of our prompts", () => {
    const { features } = prepareRequest(aWish(draftOf), gate, undefined).request;
    expect(features.subjectText).toBe('why?\na');
  });

  it('is the code alone where the user said nothing', () => {
    const wish = { ...aWish(draftOf), instruction: '' };
    expect(prepareRequest(wish, gate, undefined).request.features.subjectText).toBe('a');
  });
});

describe('a forecast while words are typed', () => {
  const asked = (words: string): Draft => ({
    system: [{ needed: true, pieces: [{ from: 'user', text: CODE.slice(0, 5_000) }] }],
    turns: [{ role: 'user', parts: [{ needed: true, pieces: [{ from: 'user', text: words }] }] }],
  });

  it('looks at what the request itself would be decided on', () => {
    const { features, ...request } = decidableWith(
      { ...aWish(() => asked('')), instruction: '' },
      undefined,
    )('why is it so?');
    const wish = { ...aWish(() => asked('why is it so?')), instruction: 'why is it so?' };
    const { request: real } = prepareRequest(wish, gate, undefined);
    expect(features).toEqual(real.features);
    expect(request).toEqual({ task: real.task, options: real.options });
  });

  it('puts the files into prompts once, however much is typed', () => {
    const draft = vi.fn(draftOf);
    const decidable = decidableWith(aWish(draft), undefined);
    const typed = 'a long question';
    const tokens = Array.from(
      { length: typed.length },
      (_key, at) => decidable(typed.slice(0, at + 1)).features.cloudPromptTokens,
    );
    expect(draft).toHaveBeenCalledTimes(2);
    expect(new Set(tokens).size).toBeGreaterThan(1);
  });

  it('keeps to the track the user asked for', () => {
    expect(decidableWith(aWish(draftOf), 'local')('').override).toBe('local');
    expect(decidableWith({ ...aWish(draftOf), override: 'cloud' }, 'local')('').override).toBe('cloud');
  });
});
