import type OpenAI from 'openai';
import type { Place } from '../model';
import type { Wire } from '../wire/guarded-fetch';

/** One OpenAI-compatible server, as the user declared it. */
export interface OpenAIEndpoint {
  /** In the user's words; stands in messages and, as the provider, in the ledger. */
  readonly name: string;
  /** With its `/v1` where it has one. */
  readonly baseURL: string;
  /** Absent for servers that want none. */
  readonly apiKey?: string;
  /** Declared by the user; loopback addresses are local unless declared otherwise. */
  readonly place: Place;
}

/** `setTimeout`'s longest: our own deadlines end a call long before. In ms. */
const NO_TIMEOUT = 2 ** 31 - 1;
const ignore = (): void => undefined;
const SILENT = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** A client for one call. Everything it would otherwise read from the environment is given. */
export async function connect(endpoint: OpenAIEndpoint, wire: Wire): Promise<OpenAI> {
  // Loaded with the first request, not with the extension.
  const sdk = await import('openai');
  return new sdk.default({
    // The SDK insists on a key; servers without one ignore it.
    apiKey: endpoint.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.baseURL,
    fetch: wire.fetch,
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    logLevel: 'off',
    logger: SILENT,
  });
}

/** The server's root, where llama.cpp has what OpenAI does not. */
export function rootOf(baseURL: string): string {
  return baseURL.replace(/\/+$/, '').replace(/\/v1$/, '');
}
