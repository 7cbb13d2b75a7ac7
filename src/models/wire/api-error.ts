import { causes } from './connection-failure';

/** The fields of an error of `@anthropic-ai/sdk` or `openai` that are looked at. */
export interface ApiErrorFields {
  /** Absent for an error event in mid-stream. */
  readonly status?: number;
  /** `overloaded_error`, `rate_limit_error`, … */
  readonly type?: string;
  /** A finer code where there is one. */
  readonly code?: string;
  /** The provider's words: to be matched, never to be shown. */
  readonly text: string;
  readonly headers?: Headers;
  readonly requestId?: string;
}

/**
 * Reads an SDK's error by its fields, so that its classes (and with them the SDK) need not be loaded, and so that
 * minified class names do not matter. Undefined for connection errors, which carry neither status nor type.
 */
export function apiErrorFields(error: unknown): ApiErrorFields | undefined {
  for (const cause of causes(error)) {
    if (!(cause instanceof Error)) continue;
    const fields = cause as unknown as Record<string, unknown>;
    const text = (name: string): string | undefined => {
      const value = fields[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const status = typeof fields['status'] === 'number' ? fields['status'] : undefined;
    const type = text('type');
    const isBody = typeof fields['error'] === 'object' && fields['error'] !== null;
    if (status === undefined && type === undefined && !isBody) continue;
    const code = text('errorCode') ?? text('code');
    const requestId = text('requestID');
    return {
      text: cause.message,
      ...(status === undefined ? {} : { status }),
      ...(type === undefined ? {} : { type }),
      ...(code === undefined ? {} : { code }),
      ...(fields['headers'] instanceof Headers ? { headers: fields['headers'] } : {}),
      ...(requestId === undefined ? {} : { requestId }),
    };
  }
  return undefined;
}
