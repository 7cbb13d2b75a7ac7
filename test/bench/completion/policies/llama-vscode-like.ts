import { LRUCache } from 'lru-cache';
import { collect, firstLines, lastLines } from './lines';
import type { PolicyFactory } from './policy';

// llama.vscode 0.0.63 (3938fb35): src/completion.ts, package.json.
const PREFIX_LINES = 256;
const SUFFIX_LINES = 64;
const POLL_MS = 150;
const MAX_PREDICT_MS = 500;
const MAX_TOKENS = 128;
const MAX_CACHE_KEYS = 250;
const MAX_LINE_SUFFIX = 8;

/** The window as its cache key sees it: the lines above, the text left of the caret, the lines below. */
interface Window {
  readonly above: string;
  readonly line: string;
  readonly below: string;
}

function windowOf(before: string, below: string): Window {
  const lineStart = before.lastIndexOf('\n') + 1;
  return { above: lastLines(before.slice(0, lineStart), PREFIX_LINES), line: before.slice(lineStart), below };
}

/** Indentation alone counts as an empty line, so that an entry is found whatever the editor indented. */
const unindented = (line: string): string => (line.trim() === '' ? '' : line);
const keyOf = (w: Window): string => `${w.above}|${w.below}|${unindented(w.line)}`;
/** What is kept under that key begins with the indentation. */
const withIndent = (w: Window, text: string): string => (w.line.trim() === '' ? w.line + text : text);

/**
 * No debounce; one request in flight, never aborted, polled for every 150 ms; no streaming; half a second of
 * generation; a cache that walks back along the line; and, once something is shown, the next completion ahead.
 */
export const llamaVscodeLike: PolicyFactory = ({ document, caret, model, clock }) => {
  const cache = new LRUCache<string, string>({ max: MAX_CACHE_KEYS });
  let inFlight = false;
  let asked = 0;

  const cached = (w: Window): string | undefined => {
    const line = unindented(w.line);
    for (let back = 0; back <= line.length; back++) {
      const text = cache.get(keyOf({ ...w, line: line.slice(0, line.length - back) }));
      if (text === undefined) continue;
      const typed =
        line === '' || back === line.length
          ? w.line.slice(unindented(w.line.slice(0, w.line.length - back)).length)
          : line.slice(line.length - back);
      if (text.startsWith(typed) && text.length > typed.length) return text.slice(typed.length);
    }
    return undefined;
  };

  const request = async (w: Window): Promise<string | undefined> => {
    inFlight = true;
    try {
      const prompt = { context: '', prefix: w.above + w.line, suffix: w.below, maxTokens: MAX_TOKENS };
      const text = (await collect(model.complete({ ...prompt, maxGenerationMs: MAX_PREDICT_MS }))).replace(
        /\n+$/,
        '',
      );
      if (text.trim() === '') return undefined;
      cache.set(keyOf(w), withIndent(w, text));
      return text;
    } catch {
      return undefined;
    } finally {
      inFlight = false;
    }
  };

  /** The next completion, as if this one were accepted (`cacheFutureSuggestion`). */
  const prefetch = (w: Window, text: string): void => {
    const next = windowOf(w.above + w.line + text, w.below);
    if (!inFlight && cached(next) === undefined) void request(next);
  };

  /**
   * Lines 2..n, as if the first were accepted (`cacheFutureAcceptLineSuggestion`). It does not trim the window
   * to 256 lines, so that in longer files the entry is never found: kept as published.
   */
  const keepLaterLines = (w: Window, text: string): void => {
    const lineEnd = text.indexOf('\n');
    if (lineEnd < 0) return;
    const key = keyOf({ above: w.above + w.line + text.slice(0, lineEnd + 1), line: '', below: w.below });
    if (!cache.has(key)) cache.set(key, text.slice(lineEnd + 1));
  };

  return {
    async provide() {
      const turn = ++asked;
      while (inFlight) {
        await new Promise<void>((resolve) => clock.after(POLL_MS, resolve));
        if (turn !== asked) return undefined;
      }
      const lineSuffix = firstLines(document().slice(caret()), 1).replace(/\r?\n$/, '');
      if (lineSuffix.length > MAX_LINE_SUFFIX) return undefined;
      const w = windowOf(document().slice(0, caret()), firstLines(document().slice(caret()), SUFFIX_LINES));
      const text = cached(w) ?? (await request(w));
      if (text === undefined) return undefined;
      const shown = lineSuffix.trim() === '' ? text : text.split('\n', 1)[0];
      if (turn === asked && lineSuffix.trim() === '') {
        keepLaterLines(w, text);
        prefetch(w, text);
      }
      return shown;
    },
  };
};
