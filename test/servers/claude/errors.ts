/** The error type Anthropic documents for each status. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  409: 'conflict_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'api_error',
  502: 'api_error',
  503: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** `error` is a type (`overloaded_error`), an error code (`enforced_spend_limit_reached`) or a message. */
export function errorBody(
  status: number,
  error: string | undefined,
  requestId: string,
): Record<string, unknown> {
  const isType = error?.endsWith('_error') === true || error === 'request_too_large';
  const isCode = !isType && error !== undefined && /^[a-z_]+$/.test(error);
  return {
    type: 'error',
    error: {
      type: isType ? error : (TYPES[status] ?? 'api_error'),
      message: isType || isCode || error === undefined ? 'The request failed.' : error,
      ...(isCode ? { details: { error_code: error } } : {}),
    },
    request_id: requestId,
  };
}

export const errorEvent = (error: string | undefined): string =>
  `event: error\ndata: ${JSON.stringify(errorBody(529, error ?? 'overloaded_error', 'req_mid_stream'))}\n\n`;
