import { state, type Store } from 'callbag-recharge';
import type * as vscode from 'vscode';
import { inBackground } from './failures';

/** Where a Claude key was found; the key itself is fetched only for a request that is about to be sent. */
export type KeySource = 'secret-storage' | 'environment' | 'none';

const CLAUDE = 'switchyard.claudeKey';
const SERVER = 'switchyard.openaiKey';
const CONSENT = 'switchyard.environmentKey';

/**
 * Keys live in VS Code's secret storage and nowhere else. One in the environment is used only after the user said yes
 * once, and is never stored.
 */
export class Keys implements vscode.Disposable {
  readonly #source = state<KeySource>('none', { name: 'claude-key' });
  readonly #listening: vscode.Disposable;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>,
    /** The stand-in servers take any key; with them the environment names one that is worth nothing. */
    private readonly demo: () => boolean,
  ) {
    this.#listening = context.secrets.onDidChange(() => inBackground('Looking for the key', this.refresh()));
  }

  /** Follows the key being entered or removed, in this window or another. */
  get source(): Store<KeySource> {
    return this.#source;
  }

  async refresh(): Promise<void> {
    if (this.demo()) {
      this.#source.set(this.#demoKey === undefined ? 'none' : 'environment');
      return;
    }
    const stored = await this.#stored();
    if (stored !== undefined) this.#source.set('secret-storage');
    else
      this.#source.set(
        environmentKey() !== undefined && this.environmentAllowed === true ? 'environment' : 'none',
      );
  }

  async claude(): Promise<string | undefined> {
    // With stand-in servers no real key is ever taken out.
    if (this.demo()) return this.#demoKey;
    const stored = await this.#stored();
    return stored ?? (this.environmentAllowed === true ? environmentKey() : undefined);
  }

  async storeClaude(key: string): Promise<void> {
    await this.context.secrets.store(CLAUDE, key);
    await this.refresh();
  }

  async removeClaude(): Promise<void> {
    await this.context.secrets.delete(CLAUDE);
    await this.context.globalState.update(CONSENT, undefined);
    await this.refresh();
  }

  server(): Thenable<string | undefined> {
    return this.context.secrets.get(SERVER);
  }

  async storeServer(key: string): Promise<void> {
    await (key === '' ? this.context.secrets.delete(SERVER) : this.context.secrets.store(SERVER, key));
  }

  /** True where a key lies in the environment and the user has not been asked about it yet. */
  get environmentUndecided(): boolean {
    return (
      this.#source.get() === 'none' && environmentKey() !== undefined && this.environmentAllowed === undefined
    );
  }

  async decideEnvironment(use: boolean): Promise<void> {
    await this.context.globalState.update(CONSENT, use);
    await this.refresh();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** A system without a keyring refuses; then there is no key, and everything else works on. */
  async #stored(): Promise<string | undefined> {
    try {
      return await this.context.secrets.get(CLAUDE);
    } catch {
      return undefined;
    }
  }

  /** What the stand-in servers take for a key. */
  get #demoKey(): string | undefined {
    return this.demo() ? process.env['SWITCHYARD_DEMO_KEY'] : undefined;
  }

  private get environmentAllowed(): boolean | undefined {
    return this.context.globalState.get<boolean>(CONSENT);
  }
}

function environmentKey(): string | undefined {
  const key = process.env['ANTHROPIC_API_KEY']?.trim();
  return key === undefined || key === '' ? undefined : key;
}
