import { OllamaProvider } from '../../../../src/models/ollama/provider';
import { chat, never, OPTIONS } from '../../../unit/models/asking';
import { promise, type FuzzTarget } from '../target';
import { CANARY, readAnyWay } from './answer-stream';

const line = (content: string, at: number, more: object = {}): string =>
  `${JSON.stringify({
    model: 'llama3.2:3b',
    created_at: `2026-11-23T10:00:0${at}.123456789Z`,
    message: { role: 'assistant', content },
    done: false,
    ...more,
  })}\n`;
const LAST = line('', 9, {
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 26,
  eval_count: 3,
  eval_duration: 7e6,
});

const model = new OllamaProvider({ host: 'http://127.0.0.1:9' }).local('llama3.2:3b');

/** What Ollama streams: NDJSON, through the line guard, the checks and the `ollama` package. */
export const ndjsonReader: FuzzTarget = {
  name: 'ndjson-reader',
  seeds: [
    line(CANARY, 1) + line(' and ', 2) + line('more', 3) + LAST,
    line(CANARY, 1, { logprobs: [{ token: CANARY, logprob: -0.1 }] }) + LAST,
    line('', 1, { message: { role: 'assistant', content: '', thinking: 'Hm.' } }) +
      line(`grüße ${CANARY}`, 2) +
      LAST,
    line(CANARY, 1) + `${JSON.stringify({ error: `${CANARY} unexpected EOF` })}\n`,
    line(CANARY, 1) + line(CANARY, 1) + LAST + LAST,
  ].map((text) => Buffer.from(text).toString('latin1')),
  words: [
    '\n', '{', '}', '[', ']', '"', ':', ',', 'null', 'true', '1e999', '-1', '\\u0000', '\xff\xfe', '\xc3', '\xef\xbb\xbf',
    '"done":true', '"content":7', '"eval_count":-5', '"error":"x"', '"message":null', '"created_at":"2026-11-23T10:00:00Z"', '\r\n', '__proto__',
  ], // prettier-ignore
  async run(input, random) {
    promise(model !== undefined, 'there is no model');
    const body = Buffer.from(input, 'latin1');
    await readAnyWay(body, 'application/x-ndjson', () => model.chat(chat('Hello'), OPTIONS, never()), random);
  },
};
