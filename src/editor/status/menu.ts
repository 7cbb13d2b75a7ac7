import * as vscode from 'vscode';
import { icon, pick, type Row } from '../window/pick';

export interface MenuState {
  readonly offline: boolean;
  readonly working: number;
  readonly completions: 'on' | 'off' | 'snoozed';
  /** Where the next request is told to go. */
  readonly next: 'auto' | 'local' | 'cloud';
  readonly hasKey: boolean;
  readonly localUp: boolean;
  /** What a model for the engine inside would be good for; undefined where none is needed. */
  readonly modelToGet: string | undefined;
}

interface MenuRow extends Row {
  readonly command?: string;
}

/** The status bar's menu: what is running first, then switches, then the books. */
export async function showMenu(state: MenuState): Promise<void> {
  const chosen = await pick(menuRows(state), { title: 'Switchyard', placeHolder: 'What next?' });
  if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command);
}

function menuRows(state: MenuState): MenuRow[] {
  const item = (codicon: string, label: string, command: string, description = ''): MenuRow => ({
    label,
    ...icon(codicon),
    command: `switchyard.${command}`,
    description,
  });
  const line = (label: string): MenuRow => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const next = (track: MenuState['next'], codicon: string, label: string, command: string): MenuRow[] =>
    state.next === track ? [] : [item(codicon, label, command)];
  return [
    ...(state.working > 0 ? [item('debug-stop', 'Stop everything that runs', 'stop')] : []),
    item('graph', 'Open dashboard', 'dashboard'),
    item('info', 'Why did the last request go there?', 'why'),
    line('Switches'),
    state.offline
      ? item('circle-slash', 'Go online again', 'toggleOffline', 'offline now')
      : item('circle-slash', 'Go offline', 'toggleOffline', 'nothing goes to a cloud'),
    ...next('local', 'device-desktop', 'Next request: local', 'nextLocal'),
    ...next('cloud', 'cloud', 'Next request: cloud', 'nextCloud'),
    ...next('auto', 'git-merge', 'Next request: automatic', 'nextAuto'),
    state.completions === 'off'
      ? item('eye', 'Turn completions on', 'completions.toggle')
      : item('eye-closed', 'Turn completions off', 'completions.toggle'),
    ...(state.completions === 'on' ? [item('bell-slash', 'Snooze completions…', 'completions.snooze')] : []),
    ...(state.completions === 'snoozed' ? [item('bell', 'End snoozing', 'completions.wake')] : []),
    line('Set up'),
    ...(state.localUp ? [] : [item('pulse', 'Local models are not reachable: diagnose', 'diagnose')]),
    ...(state.modelToGet === undefined
      ? []
      : [item('cloud-download', 'Download a model', 'downloadModel', state.modelToGet)]),
    ...(state.hasKey ? [] : [item('key', 'Enter a Claude key', 'enterKey')]),
    item('symbol-misc', 'Choose models', 'chooseModel'),
    item('gear', 'Settings', 'settings'),
    item('book', 'Get started', 'walkthrough'),
  ];
}
