import type * as Sdk from '@anthropic-ai/sdk';
import type { Messages } from '@anthropic-ai/sdk/resources/messages';
import type { Models } from '@anthropic-ai/sdk/resources/models';
import { ModelError } from '../failure';
import type { Wire } from '../wire/guarded-fetch';
import { isLoopback } from '../wire/hosts';

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

/** Over plain http everybody on the way could read the key and the code. */
function refusePlainHttp(baseURL: string): void {
  if (/^https:\/\//i.test(baseURL) || isLoopback(baseURL)) return;
  throw new ModelError(
    'invalid-request',
    'The address set for Claude is not https, so neither key nor code is sent there. Correct it in the settings.',
  );
}

/** What is used of the API: the SDK's whole client makes some forty resources, and this one is made for each call. */
export interface ClaudeClient {
  readonly messages: Messages;
  readonly models: Models;
}

/** With the first request, not with the extension. */
export const loadSdk = (): Promise<typeof Sdk> => import('@anthropic-ai/sdk');

/**
 * A client for one call: it sees the key once, uses this call's `fetch`, and decides nothing by itself. Throws
 * `ModelError` `invalid-request` for an address that is neither https nor on this machine.
 */
export async function connect(endpoint: ClaudeEndpoint, wire: Wire): Promise<ClaudeClient> {
  refusePlainHttp(endpoint.baseURL);
  const { Anthropic, BaseAnthropic } = await loadSdk();
  const client = new BaseAnthropic({
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
  return { messages: new Anthropic.Messages(client), models: new Anthropic.Models(client) };
}
