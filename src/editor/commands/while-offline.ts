import * as vscode from 'vscode';
import type { Providers } from '../models/providers';
import { showMessage } from '../window/message';

/** True while Switchyard is offline; the user then hears that nothing can be downloaded, and how that changes. */
export async function refusedOffline({ isOffline }: Providers): Promise<boolean> {
  if (!isOffline) return false;
  const chosen = await showMessage(
    'info',
    'Switchyard is offline, so no model can be downloaded.',
    'Go Online',
  );
  if (chosen !== undefined) await vscode.commands.executeCommand('switchyard.goOnline');
  return true;
}
