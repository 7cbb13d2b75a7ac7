import * as vscode from 'vscode';
import type { Core } from '../core/create-core';
import { showMessage, tell } from '../window/message';

/** Looks at the local engines again and says what was found, in one sentence. */
export async function checkLocal({ providers }: Pick<Core, 'providers'>): Promise<void> {
  const { state, engine, complete } = await providers.refresh();
  if (state.kind !== 'ready') {
    const chosen = await showMessage('warning', state.reason, 'Diagnose');
    if (chosen !== undefined) await vscode.commands.executeCommand('switchyard.diagnose');
    return;
  }
  if (complete !== undefined) {
    const { displayName } = complete.model;
    tell('info', `${engine} is there; ${displayName} completes your code.`);
    return;
  }
  const chosen = await showMessage(
    'info',
    `${engine} is there, but has no model that completes code yet.`,
    'Pull a Model',
  );
  if (chosen !== undefined) await vscode.commands.executeCommand('switchyard.pullModel');
}
