import { hardBlock } from '../../routing/cloud-gate';
import { refusalMessage } from '../../routing/messages';
import { logFailure } from '../failures';
import { writeSetting } from '../settings/read-settings';
import { tell } from '../window/message';
import type { Foundation } from './create-core';

/**
 * Turns the user's own offline switch, which takes one step either way. What forbids the cloud beside it stays: whoever
 * goes online hears of that.
 */
export async function setOffline(offline: boolean, { policy }: Pick<Foundation, 'policy'>): Promise<void> {
  try {
    await writeSetting('offline', offline);
  } catch (error) {
    // Where an organisation has set it, VS Code refuses to write it.
    logFailure('Writing the offline switch', error);
  }
  const now = policy.get();
  if (offline) {
    if (!now.offline) tell('error', 'Switchyard could not be taken offline. The log says why.');
    return;
  }
  const left = hardBlock(now);
  if (left === 'offline')
    tell('warning', 'Switchyard stays offline: it is set where it cannot be changed here.');
  else if (left !== undefined) tell('info', refusalMessage(left).message);
}
