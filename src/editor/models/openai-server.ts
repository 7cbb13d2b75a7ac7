import { OpenAIProvider } from '../../models/openai/provider';
import type { Settings } from '../settings/settings';
import { readEndpoint, type Endpoint, type EndpointConsent } from './endpoint-consent';

/** What messages call it; the user's own name for it stands in no setting. */
export const SERVER_NAME = 'the OpenAI-compatible server';

/** The server of `switchyard.openai.*`, made anew when the settings change. */
export class OpenAIServer {
  #made: { readonly key: string; readonly provider: OpenAIProvider } | undefined;

  constructor(
    private readonly settings: () => Settings['endpoints']['openai'],
    private readonly apiKey: () => Promise<string | undefined>,
    private readonly consent: EndpointConsent,
    private readonly offline: () => boolean,
  ) {}

  /** Undefined where none is configured. */
  get endpoint(): Endpoint | undefined {
    const configured = this.settings();
    return configured === undefined ? undefined : readEndpoint(configured.url);
  }

  /** The model the user named; empty: none. */
  get model(): string {
    return this.settings()?.model ?? '';
  }

  /** Undefined where none is configured, or nothing may be sent to its address now. */
  get provider(): OpenAIProvider | undefined {
    const configured = this.settings();
    const { endpoint } = this;
    if (configured === undefined || endpoint === undefined || endpoint.kind === 'invalid') return undefined;
    if (this.consent.refusal(endpoint, SERVER_NAME, this.offline()) !== undefined) return undefined;
    const key = JSON.stringify([endpoint.url, configured.place]);
    if (this.#made?.key !== key) {
      const place = configured.place === 'auto' ? {} : { place: configured.place };
      const { apiKey } = this;
      const provider = new OpenAIProvider({ name: 'The server', baseURL: endpoint.url, apiKey, ...place });
      this.#made = { key, provider };
    }
    return this.#made.provider;
  }
}
