import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionLog } from './traces';
import type { PublicOutcome, SwitchyardApi } from '../../../src/editor/api';

const ID = 'switchyard.switchyard';

export function extension(): vscode.Extension<SwitchyardApi> {
  const found = vscode.extensions.getExtension<SwitchyardApi>(ID);
  assert.ok(found, `${ID} is not installed`);
  return found;
}

/** Outcomes as other extensions may see them, in the order they came. */
export class Outcomes {
  readonly all: PublicOutcome[] = [];
  readonly #listening: vscode.Disposable;

  private constructor(api: SwitchyardApi) {
    this.#listening = api.onOutcome((outcome) => this.all.push(outcome));
  }

  static async listen(): Promise<Outcomes> {
    const api = await extension().activate();
    // The listener is in place once the core has started.
    await api.stats().catch((error: unknown) => {
      throw new Error(`${String(error)}\n${extensionLog()}`);
    });
    return new Outcomes(api);
  }

  get last(): PublicOutcome | undefined {
    return this.all.at(-1);
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

export const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`switchyard.${command}`, ...args);

const set = new Set<string>();

/** For the user, in all their windows; forgotten by `forgetSettings`. */
export async function setting(key: string, value: unknown): Promise<void> {
  set.add(key);
  await vscode.workspace.getConfiguration('switchyard').update(key, value, vscode.ConfigurationTarget.Global);
}

export async function forgetSettings(): Promise<void> {
  for (const key of set) {
    const config = vscode.workspace.getConfiguration('switchyard');
    await config.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
  set.clear();
}
