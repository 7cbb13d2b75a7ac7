import { ModelError, type FailureKind } from '../failure';
import { apiErrorFields, type ApiErrorFields } from '../wire/api-error';
import { connectionFailure, thrownByUs } from '../wire/connection-failure';
import { retryAfterMs } from '../wire/retry-after';

const TOO_LONG =
  /context_length_exceeded|exceed_context_size|context (?:size|length|window)|maximum context/i;
const NO_CREDIT = /insufficient_quota|billing|exceeded your current quota/i;
const OUT_OF_MEMORY = /out of memory|failed to allocate|insufficient memory/i;

/** What an error out of the SDK means; `server` is the user's name for the endpoint. Repeats none of the server's words. */
export function openaiFailure(error: unknown, server: string, now: number): ModelError {
  const own = thrownByUs(error);
  if (own !== undefined) return own;
  const fields = apiErrorFields(error);
  if (fields === undefined) {
    if (error instanceof SyntaxError)
      return new ModelError('protocol', `${server} sent an event that is not JSON.`);
    return connectionFailure(error, server);
  }
  const kind = kindOf(fields);
  const retryAfter = retryAfterMs(fields.headers, now);
  const where = fields.status === undefined ? 'in the middle of the answer' : String(fields.status);
  return new ModelError(kind, `${server}: ${WORDS[kind] ?? 'the request failed'} (${where}).`, {
    ...(fields.status === undefined ? {} : { status: fields.status }),
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    ...(fields.requestId === undefined ? {} : { providerRequestId: fields.requestId }),
  });
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
  switch (fields.status) {
    case 400:
    case 422:
      return 'invalid-request';
    case 401:
      return 'bad-key';
    case 402:
      return 'no-credit';
    case 403:
      return 'forbidden';
    case 404:
      return 'model-missing';
    case 413:
      return 'context-too-long';
    case 429:
      return 'rate-limited';
    case 501:
      return 'no-infill';
    // llama.cpp's server while it loads its model; gateways with a full queue.
    case 503:
      return 'busy';
    case 529:
      return 'overloaded';
    default:
      return 'server';
  }
}
