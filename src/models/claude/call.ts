import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { Clock } from '../../base/clock';
import type { ModelError } from '../failure';
import type { TokenRatio } from '../tokens';
import type { Usage } from '../usage';
import { neverSent } from '../wire/connection-failure';
import { Wire } from '../wire/guarded-fetch';
import type { CallSource, Piece, Received } from '../wire/streamed-call';
import type { CacheMemory } from './cache-memory';
import { connect, type ClaudeEndpoint } from './client';
import { MessageReader } from './events';
import { claudeFailure } from './failure';
import { pauseBeforeRetry, wait } from './retry';
import { totalInput } from './usage';

export interface ClaudeCallPlan {
  /** Asks the key store; throws `ModelError` `no-key` where there is none. */
  readonly endpoint: () => Promise<ClaudeEndpoint>;
  /** Made anew for each try: what may leave is asked at the moment of sending, also behind a pause. */
  readonly params: () => MessageCreateParamsStreaming;
  readonly promptCharacters: number;
  readonly ratio: TokenRatio;
  readonly cache: CacheMemory;
  readonly clock: Clock;
}

/** Claude's side of one streamed call. */
export class ClaudeCall implements CallSource {
  #reader = new MessageReader();
  /** What is out there and may be billed. */
  #sent: MessageCreateParamsStreaming | undefined;

  constructor(private readonly plan: ClaudeCallPlan) {}

  async *open(signal: AbortSignal, alive: () => void): AsyncGenerator<Piece> {
    const endpoint = await this.plan.endpoint();
    try {
      yield* this.#attempt(endpoint, signal, alive);
    } catch (error) {
      const pause = this.#reader.usage === undefined ? pauseBeforeRetry(this.failure(error)) : undefined;
      if (pause === undefined || signal.aborted) throw error;
      await wait(pause, signal, this.plan.clock);
      yield* this.#attempt(endpoint, signal, alive);
    }
  }

  async *#attempt(endpoint: ClaudeEndpoint, signal: AbortSignal, alive: () => void): AsyncGenerator<Piece> {
    const wire = new Wire(signal, { server: 'Claude', streamTypes: ['text/event-stream'], onBytes: alive });
    const client = await connect(endpoint, wire);
    signal.throwIfAborted();
    const params = this.plan.params();
    this.#sent = params;
    const events = await client.messages.create(params, { signal });
    for await (const event of events) {
      yield* this.#reader.read(event);
      if (event.type === 'message_start' && this.#reader.usage !== undefined) {
        const { ratio, cache, promptCharacters, clock } = this.plan;
        ratio.learn(promptCharacters, totalInput(this.#reader.usage));
        cache.learn(params, this.#reader.usage, clock.monotonic());
      }
    }
    await wire.drained;
  }

  /**
   * Before `message_start` the input is estimated, after it known; the output is estimated from the text that came, by
   * the characters per token that this very prompt turned out to have, and never beyond what was allowed.
   */
  usageSoFar(received: Received): Usage | undefined {
    const { usage, counted, thinkingCharacters } = this.#reader;
    const { ratio, cache, promptCharacters, clock } = this.plan;
    if (this.#sent === undefined) return undefined;
    if (usage === undefined) return cache.estimate(this.#sent, promptCharacters, ratio, clock.monotonic());
    if (counted) return usage;
    const thinkingTokens = ratio.estimate(thinkingCharacters);
    const made = Math.min(this.#sent.max_tokens, ratio.estimate(received.characters) + thinkingTokens);
    const outputTokens = Math.max(usage.outputTokens, made);
    return { ...usage, outputTokens, thinkingTokens, estimated: true };
  }

  failure(error: unknown): ModelError {
    const meaning = claudeFailure(error, this.plan.clock.now());
    // Turned away, or never sent: nothing is billed.
    if (meaning.detail.status !== undefined || neverSent(error)) this.#sent = undefined;
    return meaning;
  }
}
