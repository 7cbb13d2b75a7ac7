import { ClaudeProvider } from '../../../../src/models/claude/provider';
import { cloudChat, never, OPTIONS } from '../../../unit/models/asking';
import type { FuzzTarget } from '../target';
import { CANARY, readAnyWay } from './answer-stream';

const event = (type: string, fields: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const USAGE = {
  input_tokens: 12,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 1,
};
const START = event('message_start', {
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-5-5',
    content: [],
    usage: USAGE,
  },
});
const text = (index: number, piece: string): string =>
  event('content_block_delta', { index, delta: { type: 'text_delta', text: piece } });
const BLOCK = event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
const STOP = event('content_block_stop', { index: 0 });
const end = (reason: string): string =>
  event('message_delta', { delta: { stop_reason: reason }, usage: { ...USAGE, output_tokens: 4 } }) +
  event('message_stop');

const apiKey = (): Promise<string> => Promise.resolve('sk-ant-fuzz');
const model = new ClaudeProvider({ baseURL: 'http://127.0.0.1:9', apiKey }).cloud('claude-haiku-5-5');

/** What Claude streams: server-sent events, through the line guard, the SDK and the reader of messages. */
export const sseReader: FuzzTarget = {
  name: 'sse-reader',
  seeds: [
    START + event('ping') + BLOCK + text(0, CANARY) + text(0, ' grüße') + STOP + end('end_turn'),
    START +
      event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }) +
      event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: CANARY } }) +
      STOP +
      end('max_tokens'),
    START +
      BLOCK +
      text(0, CANARY) +
      event('error', { error: { type: 'overloaded_error', message: CANARY } }),
    START + START + BLOCK + BLOCK + text(0, CANARY) + text(0, CANARY) + STOP + STOP + end('refusal'),
    START + end('end_turn'),
  ].map((stream) => Buffer.from(stream).toString('latin1')),
  words: [
    '\n', '\n\n', '\r', '\r\n', 'event: ', 'data: ', 'data:', ': comment\n', 'retry: 1\n', 'id: 1\n', '{', '}', '"', 'null', '1e999', '-1',
    '\xff\xfe', '\xc3', '\xef\xbb\xbf', 'message_start', 'message_stop', 'content_block_stop', 'error', '"index":1', '"usage":null', '"delta":7', '__proto__',
  ], // prettier-ignore
  async run(input, random) {
    const body = Buffer.from(input, 'latin1');
    await readAnyWay(
      body,
      'text/event-stream',
      () => model.chat(cloudChat('Hello'), OPTIONS, never()),
      random,
    );
  },
};
