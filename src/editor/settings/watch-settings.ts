import { effect, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { Notifier } from '../notify';
import type { Settings } from './settings';

interface WatchSettings {
  readonly settings: Store<Settings>;
  readonly notifier: Notifier;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Tells of settings that cannot be read, and of those that want a new start. */
export function watchSettings({ settings, notifier, log }: WatchSettings): vscode.Disposable {
  let told = '';
  const stop = effect([settings], () => {
    const { misread, demo, demoIsSet } = settings.get();
    const names = misread.join('; ');
    if (names !== told) {
      told = names;
      notifier.resolved('settings');
      if (names !== '') {
        log.warn(`Settings of the wrong kind: ${names}.`);
        notifier.show({
          cause: 'settings',
          severity: 'warning',
          message: `These settings cannot be read: ${names}. They count as not set; those that protect you hold.`,
          actions: [{ title: 'Open Settings', command: 'switchyard.settings' }],
        });
      }
    }
    if (demoIsSet === demo) notifier.resolved('demo');
    else
      notifier.show({
        cause: 'demo',
        severity: 'info',
        message: `The demo ${demoIsSet ? 'begins' : 'ends'} when the window is loaded again: it has books and a key of its own.`,
        actions: [{ title: 'Reload Window', command: 'workbench.action.reloadWindow' }],
      });
  });
  return new vscode.Disposable(stop);
}
