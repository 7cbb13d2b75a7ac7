import * as vscode from 'vscode';
import { showMessage } from '../window/message';
import type { EndpointConsent } from './endpoint-consent';
import type { Providers } from './providers';

/** Code goes to an address off this machine only after one yes; each address is asked about once in a session. */
export class EndpointQuestion {
  readonly #asked = new Set<string>();

  constructor(
    private readonly providers: Pick<Providers, 'waitingForConsent' | 'refresh'>,
    private readonly consent: EndpointConsent,
  ) {}

  /** Asks about the address that waits for a yes, if there is one. */
  async ask(): Promise<void> {
    const waiting = this.providers.waitingForConsent.get();
    if (waiting === undefined || this.#asked.has(waiting.url)) return;
    this.#asked.add(waiting.url);
    const plain = waiting.plainHttp
      ? ' The connection is plain HTTP: anyone on the way can read your code.'
      : '';
    const chosen = await showMessage(
      'warning',
      `${waiting.server} is set to ${waiting.host}, which is not this machine. Your code would be sent there.${plain}`,
      'Use It',
      'Open Settings',
    );
    if (chosen === 'Use It') {
      await this.consent.approve(waiting.url);
      await this.providers.refresh();
    } else if (chosen === 'Open Settings') await vscode.commands.executeCommand('switchyard.settings');
  }
}
