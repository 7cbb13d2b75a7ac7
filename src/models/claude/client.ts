import type Anthropic from '@anthropic-ai/sdk';
import type { Wire } from '../wire/guarded-fetch';

/** Always given to the SDK, which would otherwise read ANTHROPIC_BASE_URL or a profile on the disk. */
export const CLAUDE_BASE_URL = 'https://api.anthropic.com';

export interface ClaudeEndpoint {
  readonly baseURL: string;
  readonly apiKey: string;
}

/** `setTimeout`'s longest: our own deadlines end a call long before. In ms. */
const NO_TIMEOUT = 2 ** 31 - 1;
const ignore = (): void => undefined;
/** The SDK logs events it cannot parse, text and all, at every level but "off"; and even so it gets no console. */
const SILENT = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** A client for one call: it sees the key once, uses this call's `fetch`, and decides nothing by itself. */
export async function connect(endpoint: ClaudeEndpoint, wire: Wire): Promise<Anthropic> {
  // Loaded with the first request, not with the extension.
  const sdk = await import('@anthropic-ai/sdk');
  return new sdk.default({
    apiKey: endpoint.apiKey,
    authToken: null,
    baseURL: endpoint.baseURL,
    fetch: wire.fetch,
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    openTelemetry: false,
    logLevel: 'off',
    logger: SILENT,
  });
}
