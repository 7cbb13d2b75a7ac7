import { MayNotLeaveError } from '../../privacy/cloud-text';
import { ModelError } from '../failure';

/** Codes for which no byte of the request can have reached the server. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const CERTIFICATE = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
/** Causes nest: the SDK's error holds fetch's, which holds the socket's. Deeper than this is somebody's loop. */
const MAX_DEPTH = 8;

/** The chain of causes from the outermost error inwards; an `AggregateError` counts by its first member. */
export function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let current: unknown = error;
  while (current !== undefined && current !== null && chain.length < MAX_DEPTH) {
    chain.push(current);
    if (current instanceof AggregateError && current.cause === undefined) current = current.errors[0];
    else current = current instanceof Error ? current.cause : undefined;
  }
  return chain;
}

/** What one of our own layers threw through a client library, if one did. */
export function thrownByUs(error: unknown): ModelError | undefined {
  const chain = causes(error);
  if (chain.some((cause) => cause instanceof MayNotLeaveError))
    return new ModelError('cancelled', 'Nothing may be sent any more.');
  return chain.find((cause): cause is ModelError => cause instanceof ModelError);
}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** True where nothing was sent, so that nothing was billed and a second try is safe. */
export const neverSent = (error: unknown): boolean =>
  causes(error).some((cause) => NEVER_SENT.has(codeOf(cause) ?? ''));

/**
 * What a failed `fetch` or a broken body means. The message names the system's error code only: library
 * messages may hold request data.
 */
export function connectionFailure(error: unknown, server: string): ModelError {
  const code = causes(error)
    .map(codeOf)
    .findLast((found) => found !== undefined);
  const cause = new Error(code ?? 'connection error');
  if (code === 'ECONNREFUSED') {
    return new ModelError('unreachable', `${server} is not running: the connection was refused.`, { cause });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ModelError('unreachable', `${server} was not found: no address for its name.`, { cause });
  }
  if (code !== undefined && CERTIFICATE.test(code)) {
    return new ModelError('unreachable', `${server}'s certificate is not trusted (${code}).`, { cause });
  }
  const suffix = code === undefined ? '' : ` (${code})`;
  return new ModelError('unreachable', `The connection to ${server} broke${suffix}.`, { cause });
}
