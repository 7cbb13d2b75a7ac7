import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { TokenLogprob } from '../../model';
import type { Sampling } from '../protocol';
import type { TokenPrompt } from './prompts';
import { StopText } from './stop-text';
import { Stuck } from './stuck';
import { untempered } from './untempered';

/**
 * Prompt tokens read at a time. A cancel waits for the step under way: with 64 that is under a second for a 1.5B model
 * on two slow cores; larger steps read hardly faster on a CPU.
 */
export const STEP_TOKENS = 64;

/** A token may be part of a character; no character of UTF-8 has more tokens than bytes. */
const MAX_TOKENS_PER_CHARACTER = 4;
/** Tokens before the new ones that the detokenizer looks at to place spaces. */
const LOOK_BACK = 4;

/**
 * Tokens that sampling chooses among. Ollama takes 40; with some more, what is known of their probabilities is close to
 * all there is.
 */
const LIKELIEST = 64;

export interface Counts {
  promptTokens: number;
  outputTokens: number;
}

export type Generated =
  | { readonly type: 'reading' }
  | { readonly type: 'text'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | {
      readonly type: 'end';
      readonly finish: 'stop' | 'length';
      readonly promptMs: number;
      readonly generateMs: number;
    };

/**
 * One answer, token by token. What the sequence still holds of an earlier prompt is not read again. When `signal`
 * aborts it ends after the step under way, without an `end`.
 */
export async function* generate(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  contextTokens: number,
  prompt: TokenPrompt,
  sampling: Sampling,
  signal: AbortSignal,
  counts: Counts,
): AsyncGenerator<Generated> {
  const started = performance.now();
  counts.promptTokens = prompt.tokens.length;
  const last = prompt.tokens.at(-1);
  if (last === undefined) return;
  for await (const _ of readPrompt(sequence, prompt.tokens, signal)) yield { type: 'reading' };
  if (signal.aborted) return;

  const answer = new AnswerText(model, [...prompt.stopTexts, ...sampling.stop], sampling.logprobs, last);
  const limit = Math.min(sampling.maxOutputTokens, contextTokens - prompt.tokens.length);
  let promptMs: number | undefined;
  let finish: 'stop' | 'length' = 'stop';
  const temperature = sampling.temperature ?? 0;
  const stuck = new Stuck();
  const tokens = sequence.evaluateWithMetadata(
    [last],
    // What the library calls confidence is taken after the temperature; at 0 there is none to undo.
    {
      confidence: sampling.logprobs && temperature === 0,
      probabilities: sampling.logprobs && temperature > 0,
    },
    {
      temperature,
      topK: LIKELIEST,
      topP: 1,
      ...(sampling.seed === undefined ? {} : { seed: sampling.seed }),
      yieldEogToken: true,
    },
  );
  for await (const { token, confidence, probabilities } of tokens) {
    promptMs ??= performance.now() - started;
    if (isAborted(signal)) return;
    if (model.isEogToken(token) || prompt.stopTokens.has(token)) break;
    counts.outputTokens += 1;
    const probability =
      probabilities === undefined ? confidence : untempered(probabilities, token, temperature);
    const { piece, stopped } = answer.take(token, probability);
    if (piece !== undefined) yield piece;
    if (stopped) break;
    if (counts.outputTokens >= limit || stuck.take(token)) {
      finish = 'length';
      break;
    }
  }
  const rest = answer.rest();
  if (rest !== undefined) yield rest;
  promptMs ??= performance.now() - started;
  yield { type: 'end', finish, promptMs, generateMs: performance.now() - started - promptMs };
}

/** Reads all of the prompt but its last token, which is what generating starts from. */
async function* readPrompt(
  sequence: LlamaContextSequence,
  tokens: Token[],
  signal: AbortSignal,
): AsyncGenerator<void> {
  const end = tokens.length - 1;
  await sequence.adaptStateToTokens(tokens, false);
  if (sequence.nextTokenIndex > end) {
    await sequence.eraseContextTokenRanges([{ start: end, end: sequence.nextTokenIndex }]);
  }
  // Some architectures cannot forget a part of their state.
  if (sequence.nextTokenIndex > end) await sequence.clearHistory();
  for (let at = sequence.nextTokenIndex; at < end && !signal.aborted; at += STEP_TOKENS) {
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, Math.min(at + STEP_TOKENS, end)));
    yield;
  }
}

/** Puts tokens together into whole characters, stops at the stop texts, and keeps probabilities beside their text. */
class AnswerText {
  readonly #stop: StopText;
  readonly #before: Token[];
  #pending: Token[] = [];
  #logprobs: TokenLogprob[] = [];

  constructor(
    private readonly model: LlamaModel,
    stops: readonly string[],
    private readonly wantsLogprobs: boolean,
    before: Token,
  ) {
    this.#stop = new StopText(stops.filter((stop) => stop !== ''));
    this.#before = [before];
  }

  take(
    token: Token,
    probability: number | undefined,
  ): { piece: Extract<Generated, { type: 'text' }> | undefined; stopped: boolean } {
    this.#pending.push(token);
    if (this.wantsLogprobs && probability !== undefined) {
      this.#logprobs.push({ token: this.model.detokenize([token]), logprob: logOf(probability) });
    }
    const text = this.model.detokenize(this.#pending, false, this.#before);
    if (text.endsWith('\uFFFD') && this.#pending.length < MAX_TOKENS_PER_CHARACTER) {
      return { piece: undefined, stopped: false };
    }
    this.#before.push(...this.#pending);
    this.#before.splice(0, Math.max(0, this.#before.length - LOOK_BACK));
    this.#pending = [];
    const { text: shown, stopped } = this.#stop.take(text);
    return { piece: this.#piece(shown), stopped };
  }

  rest(): Extract<Generated, { type: 'text' }> | undefined {
    return this.#piece(this.#stop.rest());
  }

  #piece(text: string): Extract<Generated, { type: 'text' }> | undefined {
    if (text === '') return undefined;
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return { type: 'text', text, ...(logprobs.length === 0 ? {} : { logprobs }) };
  }
}

/** A probability of 0 comes from rounding; its logarithm would be no number that JSON knows. */
const logOf = (probability: number): number => Math.log(Math.min(1, Math.max(probability, 1e-9)));

/** As a call, because TypeScript takes a property it has seen false for false ever after. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
