import type { ModelError, FailureKind } from '../failure';
import type { ApiErrorFields } from '../wire/api-error';
import { apiFailure, kindOfStatus, statusWords } from '../wire/api-failure';

/** Codes of limits that waiting does not lift (SDK 1.12, resources/shared). */
const SPEND_LIMIT = /spend_limit|ramp_limit/;
const TOO_LONG =
  /prompt is too long|context (?:window|limit|length)|too many (?:input )?tokens|exceeds? the (?:model's )?(?:maximum|context)/i;
const NO_CREDIT = /credit balance is too low|billing/i;

/** What each kind means to the user, with the next step. Nothing of the provider's own words: they may hold the prompt. */
const MESSAGES: Partial<Record<FailureKind, string>> = {
  'bad-key': 'Claude did not accept the API key. Enter a valid one.',
  'no-credit': 'The Claude account has no credit left. Add credit in the Claude console.',
  'spend-limit':
    'The Claude account has reached its spend limit. Raise it in the Claude console, or wait for the next month.',
  forbidden: 'The API key may not use this model or feature.',
  'model-missing': 'Claude has no model of this name, or the key may not use it.',
  'rate-limited': 'Claude limits the rate of requests; try again shortly.',
  overloaded: 'Claude is overloaded; try again shortly.',
  'context-too-long': 'The prompt is longer than the model takes.',
  'invalid-request': 'Claude did not accept the request.',
  server: 'Claude failed on its side.',
};

/** What an error out of the SDK means. `now` in ms since 1970, for a `retry-after` that is a date. */
export const claudeFailure = (error: unknown, now: number): ModelError =>
  apiFailure(error, { server: 'Claude', kindOf, messageOf }, now);

function messageOf(kind: FailureKind, fields: ApiErrorFields): string {
  const status = statusWords(fields);
  // Only what is made like Claude's types: whatever else stands there may be a piece of the prompt.
  const type = /^[a-z_]{1,32}_error$/.exec(fields.type ?? '')?.[0];
  return `${MESSAGES[kind] ?? 'Claude failed.'} (${type === undefined ? status : `${status}, ${type}`})`;
}

function kindOf(fields: ApiErrorFields): FailureKind {
  // In mid-stream there is no status, so the type comes first; it is also finer.
  switch (fields.type) {
    case 'authentication_error':
      return 'bad-key';
    case 'billing_error':
      return 'no-credit';
    case 'permission_error':
      return 'forbidden';
    case 'not_found_error':
      return 'model-missing';
    case 'request_too_large':
      return 'context-too-long';
    case 'overloaded_error':
      return 'overloaded';
    case 'rate_limit_error':
      return rateLimit(fields);
    case 'invalid_request_error':
      return invalidRequest(fields);
    case 'timeout_error':
    case 'api_error':
      return 'server';
    default:
      return byStatus(fields);
  }
}

function byStatus(fields: ApiErrorFields): FailureKind {
  const kind = kindOfStatus(fields.status);
  if (kind === 'invalid-request') return invalidRequest(fields);
  return kind === 'rate-limited' ? rateLimit(fields) : kind;
}

/** A 429 that names no time to wait is a spend limit: waiting would not help. */
function rateLimit(fields: ApiErrorFields): FailureKind {
  if (SPEND_LIMIT.test(fields.code ?? '')) return 'spend-limit';
  const waits = fields.headers?.has('retry-after') === true || fields.headers?.has('retry-after-ms') === true;
  return fields.status === 429 && !waits ? 'spend-limit' : 'rate-limited';
}

function invalidRequest(fields: ApiErrorFields): FailureKind {
  if (NO_CREDIT.test(fields.text)) return 'no-credit';
  return TOO_LONG.test(fields.text) ? 'context-too-long' : 'invalid-request';
}
