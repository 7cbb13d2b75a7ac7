import type { Timings, Usage } from './usage';

/** Why a model call did not give a whole answer. Surfaces turn each kind into a message with a next step. */
export type FailureKind =
  | 'unreachable' // refused, reset, DNS, TLS
  | 'timeout' // one of our own deadlines ran out
  | 'busy' // the server's queue is full
  | 'model-missing'
  | 'no-infill' // the model cannot fill in the middle
  | 'out-of-memory'
  | 'no-key'
  | 'bad-key'
  | 'no-credit'
  | 'spend-limit' // a limit the provider enforces
  | 'forbidden'
  | 'rate-limited'
  | 'overloaded'
  | 'context-too-long'
  | 'refused' // the model or its provider declined to answer
  | 'invalid-request'
  | 'protocol' // what came back is not what the API promises: bad JSON, a cut stream, a wrong type
  | 'server' // any other error the provider reports
  | 'cancelled'; // by us, on the user's behalf

/** A model call that ended without a whole answer. Its message holds no prompt text, no answer text and no key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly detail: {
      readonly status?: number;
      /** What the provider asks us to wait, in ms; uncapped, as it came. */
      readonly retryAfterMs?: number;
      /** The provider's id of the request, for its support. */
      readonly providerRequestId?: string;
      /** What the call used before it ended; absent means nothing was billed. */
      readonly usage?: Usage;
      readonly timings?: Timings;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
  }
}
