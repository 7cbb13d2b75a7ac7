import type { ModelRef } from '../../../src/models/model';
import { costUsd, priceOf } from '../../../src/models/prices';
import { estimateTokens } from '../../../src/models/tokens';
import { NO_USAGE } from '../../../src/models/usage';
import type { Item } from './items';

const SONNET: ModelRef = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' };

/** Output tokens where a set does not store them: a short explanation. */
const USUAL_OUTPUT = 300;

/**
 * USD of answering an item in the cloud: as its source stored it, else what its tokens cost on `claude-sonnet-5-5` at
 * the time of the data. The local model costs nothing.
 */
export function cloudUsd(item: Item, at: number): number {
  if (item.large.cost_usd != null) return item.large.cost_usd;
  const price = priceOf(SONNET, at);
  if (price === undefined) throw new Error(`no price for ${SONNET.id}`);
  const inputTokens = item.large.in_tokens ?? estimateTokens(item.prompt.length, 'claude');
  const outputTokens = item.large.out_tokens ?? item.large.out_tokens_est ?? USUAL_OUTPUT;
  return costUsd({ ...NO_USAGE, inputTokens, outputTokens }, price);
}
