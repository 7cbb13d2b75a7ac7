import type { RawMessageStreamEvent, StopReason } from '@anthropic-ai/sdk/resources/messages';
import { ModelError } from '../failure';
import type { Finish } from '../model';
import type { Usage } from '../usage';
import { RepeatFilter } from '../wire/repeats';
import type { Piece } from '../wire/streamed-call';
import { usageOfDelta, usageOfStart } from './usage';

/** Events the protocol sends once (per block). */
const ONCE = new Set([
  'message_start',
  'content_block_start',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

/**
 * Reads the events of one message, and insists on their order: start, blocks one after another, delta, stop. Copies
 * are dropped; anything else out of place ends the call, because text put together wrongly is worse than none.
 */
export class MessageReader {
  /** Since `message_start`. */
  usage: Usage | undefined;
  /** The provider's last word on usage has come: `usage` is no estimate. */
  counted = false;
  thinkingCharacters = 0;
  #open: number | undefined;
  #stopReason: StopReason | null | undefined;
  readonly #repeats = new RepeatFilter();

  *read(event: RawMessageStreamEvent): Generator<Piece> {
    if (this.#repeats.isCopy(event, ONCE.has(event.type))) return;
    if (this.usage === undefined && event.type !== 'message_start') throw outOfOrder();
    switch (event.type) {
      case 'message_start':
        if (this.usage !== undefined) throw outOfOrder();
        this.usage = usageOfStart(event.message.usage);
        return;
      case 'content_block_start':
        if (this.#open !== undefined || this.#stopReason !== undefined) throw outOfOrder();
        this.#open = event.index;
        if (event.content_block.type === 'text') yield { type: 'text', text: event.content_block.text };
        else yield { type: 'thinking' };
        return;
      case 'content_block_delta':
        if (this.#open !== event.index) throw outOfOrder();
        if (event.delta.type === 'text_delta') yield { type: 'text', text: event.delta.text };
        else if (event.delta.type === 'thinking_delta')
          this.thinkingCharacters += event.delta.thinking.length;
        return;
      case 'content_block_stop':
        if (this.#open !== event.index) throw outOfOrder();
        this.#open = undefined;
        return;
      case 'message_delta':
        if (this.#open !== undefined || this.usage === undefined) throw outOfOrder();
        this.usage = usageOfDelta(this.usage, event.usage);
        this.#stopReason = event.delta.stop_reason;
        this.counted = true;
        return;
      case 'message_stop':
        if (this.#stopReason === undefined || this.usage === undefined) throw outOfOrder();
        yield { type: 'end', finish: finishOf(this.#stopReason), usage: this.usage };
    }
  }
}

const outOfOrder = (): ModelError => new ModelError('protocol', 'Claude sent its events out of order.');

function finishOf(reason: StopReason | null): Finish {
  switch (reason) {
    case 'refusal':
      return 'refusal';
    // The last one ran into the end of the context: cut off all the same.
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    // Of these, pausing and calling tools do not happen without tools.
    case 'pause_turn':
    case 'tool_use':
    case 'end_turn':
    case 'stop_sequence':
    case null:
      return 'stop';
  }
}
