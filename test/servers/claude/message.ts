import { fieldsOf, numberOf, textsOf, type Fields } from '../fields';
import { LimitedAnswer } from '../limits';
import type { Answer, Pace } from '../question';
import type { Frame } from '../stream';
import { tokenize } from '../tokenize';
import type { BillItem } from './bill';

/** The server-sent events of one message. What has been sent is noted on the bill as it goes. */
export async function* messageFrames(
  item: BillItem,
  answer: Answer,
  body: Fields,
  pace: Pace,
): AsyncGenerator<Frame> {
  const input = item.usage;
  let output = 0;
  const most = numberOf(body['max_tokens'], 0);
  // A stream that never ends sends more, but no provider bills more than it was allowed to make.
  const produced = (): void => {
    item.usage = { ...input, output_tokens: Math.min(most, item.usage.output_tokens + 1) };
  };
  const message = {
    id: item.messageId,
    type: 'message',
    role: 'assistant',
    model: item.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  yield event(
    'message_start',
    { message: { ...message, usage: { ...input, output_tokens: 1 } } },
    'start',
    pace.firstTokenMs,
  );
  yield event('ping', {}, 'start');
  let index = 0;
  let thinkingTokens = 0;
  if (answer.thinking !== undefined && thinks(body)) {
    yield event(
      'content_block_start',
      { index, content_block: { type: 'thinking', thinking: '', signature: '' } },
      'start',
    );
    for (const thinking of tokenize(answer.thinking)) {
      thinkingTokens += 1;
      output += 1;
      yield {
        ...event(
          'content_block_delta',
          { index, delta: { type: 'thinking_delta', thinking } },
          'start',
          pace.tokenMs,
        ),
        sent: produced,
      };
    }
    yield event('content_block_stop', { index }, 'start');
    index += 1;
  }
  yield event('content_block_start', { index, content_block: { type: 'text', text: '' } }, 'start');
  const maxTokens = most - thinkingTokens;
  const limit = new LimitedAnswer(answer, { maxTokens, stop: textsOf(body['stop_sequences']) });
  for await (const token of limit.tokens()) {
    output += 1;
    const delta = { index, delta: { type: 'text_delta', text: token.text } };
    yield {
      ...event('content_block_delta', delta, 'text', output === 1 ? 0 : pace.tokenMs),
      sent: produced,
    };
  }
  yield event('content_block_stop', { index }, 'end');
  const stop_reason = stopReason(answer, limit.end);
  const usage = {
    ...input,
    output_tokens: output,
    output_tokens_details: { thinking_tokens: thinkingTokens },
    server_tool_use: null,
  };
  const details = stop_reason === 'refusal' ? { stop_details: { type: 'refusal', category: 'cyber' } } : {};
  yield event('message_delta', { delta: { stop_reason, stop_sequence: null, ...details }, usage }, 'end');
  yield event('message_stop', {}, 'end');
}

function event(type: string, fields: Fields, kind: Frame['kind'], afterMs = 0): Frame {
  return { bytes: `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`, kind, afterMs };
}

const thinks = (body: Fields): boolean =>
  !['disabled', 'between_tools'].includes(String(fieldsOf(body['thinking'])['type']));

function stopReason(answer: Answer, end: 'stop' | 'length'): string {
  if (answer.finish === 'refusal') return 'refusal';
  if (answer.finish === 'context-full') return 'model_context_window_exceeded';
  return end === 'length' ? 'max_tokens' : 'end_turn';
}
