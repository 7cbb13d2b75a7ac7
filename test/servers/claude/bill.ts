import { serverPrice } from './prices';

/** Tokens as the wire names them. */
export interface BilledUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: {
    readonly ephemeral_5m_input_tokens: number;
    readonly ephemeral_1h_input_tokens: number;
  };
  readonly output_tokens: number;
}

export interface BillItem {
  readonly messageId: string;
  /** The number of the request it is for, as the server counts them. */
  readonly request: number;
  readonly model: string;
  /** Milliseconds since 1970, when it was accepted. */
  readonly at: number;
  /** The client got the whole message; otherwise it hung up, or a fault spoilt the answer. */
  ended: boolean;
  usage: BilledUsage;
}

const NANO = 1_000_000_000n;

/** What the server charges, kept by the server alone. */
export class Bill {
  readonly items: BillItem[] = [];

  /** USD for messages that ended. */
  get endedUsd(): number {
    return this.#sum((item) => item.ended);
  }

  /** USD for messages that were broken off, up to where they were. */
  get abortedUsd(): number {
    return this.#sum((item) => !item.ended);
  }

  get totalUsd(): number {
    return this.#sum(() => true);
  }

  /** In whole nano-USD, so that a hundred thousand additions stay exact. */
  #sum(which: (item: BillItem) => boolean): number {
    const nano = this.items.filter(which).reduce((sum, item) => sum + BigInt(nanoUsd(item)), 0n);
    return Number(nano / NANO) + Number(nano % NANO) / Number(NANO);
  }
}

function nanoUsd({ model, usage }: BillItem): number {
  const prompt = usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens;
  const price = serverPrice(model, prompt);
  if (price === undefined) return 0;
  return (
    usage.input_tokens * price.input +
    usage.cache_creation.ephemeral_5m_input_tokens * price.write5m +
    usage.cache_creation.ephemeral_1h_input_tokens * price.write1h +
    usage.cache_read_input_tokens * price.read +
    usage.output_tokens * price.output
  );
}
