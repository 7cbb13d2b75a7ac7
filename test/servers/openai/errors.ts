/** OpenAI's error document; `error` is a code (`insufficient_quota`) or a message. */
export function errorBody(status: number, error: string | undefined): Record<string, unknown> {
  const isCode = error !== undefined && /^[a-z_]+$/.test(error);
  const type =
    status === 429 ? 'rate_limit_exceeded' : status >= 500 ? 'server_error' : 'invalid_request_error';
  return {
    error: {
      message: isCode || error === undefined ? 'The request failed.' : error,
      type,
      param: null,
      code: isCode ? error : null,
    },
  };
}

export const errorEvent = (error: string | undefined): string =>
  `data: ${JSON.stringify(errorBody(500, error))}\n\n`;
