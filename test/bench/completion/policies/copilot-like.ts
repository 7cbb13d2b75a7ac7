import { wholeLinesAfter, wholeLinesBefore } from './lines';
import type { PolicyFactory } from './policy';
import { CHARS_PER_TOKEN } from '../sim/server';

// vscode-copilot-chat 0.42.0 (31acd00a): completions-core/vscode-node/lib/src/ghostText, prompt.
const PROMPT_CHARS = (8192 - 500) * CHARS_PER_TOKEN;
const PREFIX_SHARE = 0.35;
const SUFFIX_SHARE = 0.15;
const JOIN_MS = 200;
const SINGLE_LINE_TOKENS = 20;
const MULTI_LINE_TOKENS = 200;
const CACHE_ENTRIES = 100;

interface Answer {
  readonly prefix: string;
  readonly suffix: string;
  readonly singleLine: boolean;
  text: string;
}
interface Running extends Answer {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** What `answer` still has to offer behind `prefix`; undefined where it does not match. */
function remaining(answer: Answer, prefix: string, suffix: string): string | undefined {
  if (answer.suffix !== suffix || !prefix.startsWith(answer.prefix)) return undefined;
  const typed = prefix.slice(answer.prefix.length);
  return answer.text.startsWith(typed) && answer.text.length > typed.length
    ? answer.text.slice(typed.length)
    : undefined;
}

/** A running request still matches while what it streamed and what was typed since begin alike. */
function stillMatches(answer: Answer, prefix: string, suffix: string): boolean {
  if (answer.suffix !== suffix) return false;
  const assumed = answer.prefix + answer.text;
  return prefix.startsWith(answer.prefix)
    ? prefix.startsWith(assumed) || assumed.startsWith(prefix)
    : answer.prefix.startsWith(prefix);
}

/**
 * Typing as suggested; a cache by document prefix; joins a matching request in flight for up to 200 ms;
 * cancels only what stopped matching; a speculative next request when a completion is shown.
 */
export const copilotLike: PolicyFactory = ({ document, caret, model, clock }) => {
  const cache: Answer[] = [];
  let running: Running[] = [];
  let current: Answer | undefined;
  let asked = 0;

  const fromCache = (prefix: string, suffix: string): Answer | undefined =>
    (current && remaining(current, prefix, suffix) !== undefined ? current : undefined) ??
    cache.findLast((answer) => remaining(answer, prefix, suffix) !== undefined);

  const start = (prefix: string, suffix: string): Running => {
    const singleLine = prefix.slice(prefix.lastIndexOf('\n') + 1).trim() !== '';
    const abort = new AbortController();
    const answer = { prefix, suffix, singleLine, text: '', abort, done: Promise.resolve() };
    answer.done = (async () => {
      const prompt = {
        context: '',
        prefix: wholeLinesBefore(prefix, PROMPT_CHARS * PREFIX_SHARE),
        suffix: wholeLinesAfter(suffix, PROMPT_CHARS * SUFFIX_SHARE),
        maxTokens: singleLine ? SINGLE_LINE_TOKENS : MULTI_LINE_TOKENS,
      };
      try {
        for await (const piece of model.complete(prompt, abort.signal)) {
          answer.text += piece;
          const lineEnd = answer.text.indexOf('\n', 1);
          if (singleLine && lineEnd > 0) {
            answer.text = answer.text.slice(0, lineEnd);
            break;
          }
        }
        if (!abort.signal.aborted && answer.text !== '') cache.push(answer);
        if (cache.length > CACHE_ENTRIES) cache.shift();
      } catch {
        // A failed request offers nothing.
      } finally {
        running = running.filter((other) => other !== answer);
      }
    })();
    running.push(answer);
    return answer;
  };

  const show = (answer: Answer, prefix: string, suffix: string): string | undefined => {
    const text = remaining(answer, prefix, suffix);
    if (text === undefined) return undefined;
    const next = prefix + text;
    if (current !== answer && !fromCache(next, suffix) && !running.some((r) => stillMatches(r, next, suffix)))
      start(next, suffix);
    current = answer;
    return text;
  };

  return {
    async provide() {
      const turn = ++asked;
      const prefix = document().slice(0, caret());
      const suffix = document().slice(caret());
      for (const request of running) if (!stillMatches(request, prefix, suffix)) request.abort.abort();
      const hit = fromCache(prefix, suffix);
      if (hit) return show(hit, prefix, suffix);
      const joinable = running.find((r) => !r.abort.signal.aborted && prefix.startsWith(r.prefix));
      if (joinable) {
        await Promise.race([joinable.done, new Promise<void>((resolve) => clock.after(JOIN_MS, resolve))]);
        if (turn !== asked) return undefined;
        if (remaining(joinable, prefix, suffix) !== undefined && !running.includes(joinable))
          return show(joinable, prefix, suffix);
      }
      const request = start(prefix, suffix);
      await request.done;
      return turn === asked ? show(request, prefix, suffix) : undefined;
    },
    dispose: () => running.forEach((request) => request.abort.abort()),
  };
};
