/** Ollama's own words for each status it answers with (facts of its server's source). */
const DEFAULT_TEXT: Readonly<Record<number, string>> = {
  400: 'missing request body',
  401: 'unauthorized',
  403: 'forbidden',
  404: "model 'missing' not found",
  429: 'you have reached your weekly usage limit',
  499: 'request canceled',
  500: 'model runner has unexpectedly stopped, this may be due to resource limitations or an internal error',
  502: 'upstream unreachable',
  503: 'server busy, please try again.  maximum pending requests exceeded',
};

export const errorText = (status: number, text: string | undefined): string =>
  text ?? DEFAULT_TEXT[status] ?? 'error';

export const OUT_OF_MEMORY = 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)';
