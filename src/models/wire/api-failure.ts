import { ModelError, type FailureKind } from '../failure';
import { apiErrorFields, type ApiErrorFields } from './api-error';
import { connectionFailure, thrownByUs } from './connection-failure';
import { retryAfterMs } from './retry-after';

/** How one API tells what went wrong, and what is said of it. */
export interface FailureDialect {
  /** Whose API it is, to begin a sentence with. */
  readonly server: string;
  readonly kindOf: (fields: ApiErrorFields) => FailureKind;
  /** A sentence for the user. Nothing of the provider's own words: they may hold the prompt. */
  readonly messageOf: (kind: FailureKind, fields: ApiErrorFields) => string;
}

/** What an error out of an SDK means. `now` in ms since 1970, for a `retry-after` that is a date. */
export function apiFailure(error: unknown, dialect: FailureDialect, now: number): ModelError {
  const own = thrownByUs(error);
  if (own !== undefined) return own;
  const { server, kindOf, messageOf } = dialect;
  const fields = apiErrorFields(error);
  if (fields === undefined) {
    if (error instanceof SyntaxError)
      return new ModelError('protocol', `${server} sent an event that is not JSON.`);
    return connectionFailure(error, server);
  }
  const kind = kindOf(fields);
  const retryAfter = retryAfterMs(fields.headers, now);
  return new ModelError(kind, messageOf(kind, fields), {
    ...(fields.status === undefined ? {} : { status: fields.status }),
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    ...(fields.requestId === undefined ? {} : { providerRequestId: fields.requestId }),
  });
}

/** The status, in words where there is none. */
export const statusWords = ({ status }: ApiErrorFields): string =>
  status === undefined ? 'in the middle of the answer' : String(status);

/** What a status means where the API says nothing finer. */
export function kindOfStatus(status: number | undefined): FailureKind {
  switch (status) {
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
    case 529:
      return 'overloaded';
    default:
      return 'server';
  }
}
