import { wholeLinesAfter, wholeLinesBefore } from './lines';
import type { PolicyFactory } from './policy';
import { CHARS_PER_TOKEN } from '../sim/server';

// Continue 1.3.40 (d0a3c0b6): core/autocomplete, util/parameters.ts.
const DEBOUNCE_MS = 350;
const PROMPT_CHARS = 1024 * CHARS_PER_TOKEN;
const PREFIX_SHARE = 0.3;
const SUFFIX_SHARE = 0.2;
const MODEL_TIMEOUT_MS = 150;
const MAX_TOKENS = 1024;
const CACHE_ENTRIES = 1000;

/**
 * A trailing debounce; a prompt of 1,024 tokens; a cache by exact prefix (as it works without snippets; with
 * snippets its keys never match); "show whatever we have" after 150 ms, which cuts at the first whole line.
 */
export const continueLike: PolicyFactory = ({ document, caret, model, clock }) => {
  const cache = new Map<string, string>();
  let running: AbortController | undefined;
  let asked = 0;

  const cached = (prefix: string): string | undefined => {
    let best: { key: string; text: string } | undefined;
    for (const [key, text] of cache) {
      if (!prefix.startsWith(key) || (best && best.key.length >= key.length)) continue;
      if (text.startsWith(prefix.slice(key.length)) && text.length > prefix.length - key.length)
        best = { key, text };
    }
    return best?.text.slice(prefix.length - best.key.length);
  };

  /** The stream by whole lines: ends at a blank line, and after 150 ms at the next line end. */
  const generate = async (prefix: string, suffix: string, signal: AbortSignal): Promise<string> => {
    const startedAt = clock.now();
    let text = '';
    for await (const piece of model.complete(
      { context: '', prefix, suffix, maxTokens: MAX_TOKENS },
      signal,
    )) {
      text += piece;
      const blank = text.search(/\n[ \t]*\n/);
      if (blank > 0) return text.slice(0, blank);
      const line = text.lastIndexOf('\n');
      if (line > 0 && text.slice(0, line).trim() !== '' && clock.now() - startedAt > MODEL_TIMEOUT_MS)
        return text.slice(0, line);
    }
    return text;
  };

  return {
    async provide() {
      running?.abort();
      const mine = (running = new AbortController());
      const turn = ++asked;
      await new Promise<void>((resolve) => clock.after(DEBOUNCE_MS, resolve));
      // A superseded question is never answered.
      if (turn !== asked) return new Promise<undefined>(() => undefined);
      const prefix = wholeLinesBefore(document().slice(0, caret()), PROMPT_CHARS * PREFIX_SHARE);
      const suffix = wholeLinesAfter(document().slice(caret()), PROMPT_CHARS * SUFFIX_SHARE);
      const hit = cached(prefix);
      if (hit !== undefined) return hit;
      try {
        const text = await generate(prefix, suffix, mine.signal);
        if (mine.signal.aborted || text.trim() === '') return undefined;
        cache.set(prefix, text);
        for (const oldest of cache.keys()) if (cache.size > CACHE_ENTRIES) cache.delete(oldest);
        return text;
      } catch {
        return undefined;
      }
    },
    dispose: () => running?.abort(),
  };
};
