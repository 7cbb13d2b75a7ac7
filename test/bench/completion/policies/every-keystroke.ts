import { collect, firstLines, lastLines } from './lines';
import type { PolicyFactory } from './policy';

const PREFIX_LINES = 256;
const SUFFIX_LINES = 64;
const MAX_TOKENS = 64;

/** What a first attempt looks like: every question of VS Code aborts the last request and starts a new one. */
export const everyKeystroke: PolicyFactory = ({ document, caret, model }) => {
  let running: AbortController | undefined;
  return {
    async provide() {
      running?.abort();
      const mine = (running = new AbortController());
      const prefix = lastLines(document().slice(0, caret()), PREFIX_LINES);
      const suffix = firstLines(document().slice(caret()), SUFFIX_LINES);
      try {
        const text = await collect(
          model.complete({ context: '', prefix, suffix, maxTokens: MAX_TOKENS }, mine.signal),
        );
        return mine.signal.aborted ? undefined : text;
      } catch {
        return undefined;
      }
    },
    dispose: () => running?.abort(),
  };
};
