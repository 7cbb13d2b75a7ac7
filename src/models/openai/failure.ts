import type { ModelError, FailureKind } from '../failure';
import type { ApiErrorFields } from '../wire/api-error';
import { apiFailure, kindOfStatus, statusWords } from '../wire/api-failure';

const TOO_LONG =
  /context_length_exceeded|exceed_context_size|context (?:size|length|window)|maximum context/i;
const NO_CREDIT = /insufficient_quota|billing|exceeded your current quota/i;
const OUT_OF_MEMORY = /out of memory|failed to allocate|insufficient memory/i;

/** What an error out of the SDK means; `server` is the user's name for the endpoint. */
export function openaiFailure(error: unknown, server: string, now: number): ModelError {
  const messageOf = (kind: FailureKind, fields: ApiErrorFields): string =>
    `${server}: ${WORDS[kind] ?? 'the request failed'} (${statusWords(fields)}).`;
  return apiFailure(error, { server, kindOf, messageOf }, now);
}

const WORDS: Partial<Record<FailureKind, string>> = {
  'bad-key': 'the key was not accepted',
  'no-credit': 'the account has no credit left',
  forbidden: 'the key may not use this',
  'model-missing': 'there is no model of this name',
  'no-infill': 'the model cannot fill in the middle',
  'rate-limited': 'too many requests',
  overloaded: 'the server is overloaded',
  busy: 'the server is busy or still loading its model',
  'context-too-long': 'the prompt is longer than the model takes',
  'invalid-request': 'the request was not accepted',
  'out-of-memory': 'there is not enough memory to run the model',
  server: 'the server failed',
};

function kindOf(fields: ApiErrorFields): FailureKind {
  const told = `${fields.code ?? ''} ${fields.type ?? ''} ${fields.text}`;
  if (OUT_OF_MEMORY.test(told)) return 'out-of-memory';
  if (TOO_LONG.test(told)) return 'context-too-long';
  if (NO_CREDIT.test(told)) return 'no-credit';
  if (fields.status === 501) return 'no-infill';
  // llama.cpp's server while it loads its model; gateways with a full queue.
  if (fields.status === 503) return 'busy';
  return kindOfStatus(fields.status);
}
