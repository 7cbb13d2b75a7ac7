import type { Memento } from 'vscode';
import { isLoopback } from '../../models/wire/hosts';

/** What is to be known of a model server's address before code is sent there. */
export type Endpoint =
  | { readonly kind: 'loopback'; readonly url: string }
  | { readonly kind: 'elsewhere'; readonly url: string; readonly host: string; readonly plainHttp: boolean }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Reads an address as users write it: with or without scheme and port. */
export function readEndpoint(text: string): Endpoint {
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === undefined) return { kind: 'invalid', reason: 'it is not an address' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { kind: 'invalid', reason: 'it is neither http nor https' };
  if (url.username !== '' || url.password !== '')
    return { kind: 'invalid', reason: 'it holds a password; settings are no place for one' };
  // Neither means anything to a model server, and a key might stand there.
  url.search = '';
  url.hash = '';
  const clean = url.href.replace(/\/+$/, '');
  if (isLoopback(url.href)) return { kind: 'loopback', url: clean };
  return { kind: 'elsewhere', url: clean, host: url.host, plainHttp: url.protocol === 'http:' };
}

const APPROVED = 'switchyard.approvedEndpoints';

/** Addresses off this machine are used only after the user said yes once to each, and never while offline. */
export class EndpointConsent {
  constructor(private readonly memory: Memento) {}

  /** Why nothing may be sent to this address now, in a sentence about `server`; undefined where it may. */
  refusal(endpoint: Endpoint, server: string, offline: boolean): string | undefined {
    switch (endpoint.kind) {
      case 'loopback':
        return undefined;
      case 'invalid':
        return `The address of ${server} cannot be used: ${endpoint.reason}.`;
      case 'elsewhere':
        if (offline) return `Switchyard is offline, and ${server} is not on this machine.`;
        return this.isApproved(endpoint.url)
          ? undefined
          : `The address of ${server} is not on this machine and waits for your yes.`;
    }
  }

  isApproved(url: string): boolean {
    return this.#approved().includes(url);
  }

  async approve(url: string): Promise<void> {
    if (!this.isApproved(url)) await this.memory.update(APPROVED, [...this.#approved(), url]);
  }

  #approved(): readonly string[] {
    return this.memory.get<string[]>(APPROVED, []);
  }
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
