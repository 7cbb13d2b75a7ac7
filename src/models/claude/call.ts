import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { Clock } from '../../base/clock';
import type { ModelError } from '../failure';
import type { TokenRatio } from '../tokens';
import { NO_USAGE, type Usage } from '../usage';
import { neverSent } from '../wire/connection-failure';
import { Wire } from '../wire/guarded-fetch';
import type { CallSource, Piece, Received } from '../wire/streamed-call';
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
  readonly clock: Clock;
}

/** Claude's side of one streamed call. */
export class ClaudeCall implements CallSource {
  #reader = new MessageReader();
  /** A request is out there that the provider may bill. */
  #mayBeBilled = false;

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
    this.#mayBeBilled = true;
    const events = await client.messages.create(params, { signal });
    for await (const event of events) {
      yield* this.#reader.read(event);
      if (event.type === 'message_start' && this.#reader.usage !== undefined) {
        this.plan.ratio.learn(this.plan.promptCharacters, totalInput(this.#reader.usage));
      }
    }
    await wire.drained;
  }

  /**
   * Before `message_start` the input is estimated (as uncached, the dearer guess), after it known; the output is
   * estimated from the text that came, by the characters per token that this very prompt turned out to have.
   */
  usageSoFar(received: Received): Usage | undefined {
    const { usage, counted, thinkingCharacters } = this.#reader;
    const { ratio } = this.plan;
    if (usage === undefined) {
      if (!this.#mayBeBilled) return undefined;
      return { ...NO_USAGE, inputTokens: ratio.estimate(this.plan.promptCharacters), estimated: true };
    }
    if (counted) return usage;
    const thinkingTokens = ratio.estimate(thinkingCharacters);
    const outputTokens = Math.max(usage.outputTokens, ratio.estimate(received.characters) + thinkingTokens);
    return { ...usage, outputTokens, thinkingTokens, estimated: true };
  }

  failure(error: unknown): ModelError {
    const meaning = claudeFailure(error, this.plan.clock.now());
    // Turned away, or never sent: nothing is billed.
    if (meaning.detail.status !== undefined || neverSent(error)) this.#mayBeBilled = false;
    return meaning;
  }
}
