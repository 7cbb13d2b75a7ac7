import * as vscode from 'vscode';
import type { ExportFormat } from '../../ledger';
import { hardBlock } from '../../routing/cloud-gate';
import { refusalMessage } from '../../routing/messages';
import { enterKey, enterServerKey, removeKey, testKey, type KeyTest } from '../commands/key-commands';
import { chooseModel, pullModel } from '../commands/model-commands';
import { downloadModel } from '../commands/download-command';
import { diagnose } from '../commands/diagnose';
import { exportLedger, resetLedger } from '../commands/ledger-commands';
import { previewPrompt } from '../commands/preview-command';
import { writeSetting } from '../settings/read-settings';
import { showMenu } from '../status/menu';
import { showWhy } from '../why';
import type { Core } from './create-core';
import { forgetLearned } from './learning';
import { takeNextStep } from './next-steps';

export type Command = (...args: unknown[]) => unknown;

/** Every command of the extension and what it does; names without the `switchyard.` in front. */
export function commandTable(core: Core): Readonly<Record<string, Command>> {
  return { ...taskCommands(core), ...switchCommands(core), ...setUpCommands(core), ...bookCommands(core) };
}

function taskCommands({ explain, refactor, ask, surface }: Core): Record<string, Command> {
  const ready = ['extract', 'simplify', 'types', 'tests', 'document'];
  return {
    explain: () => explain.start(),
    refactor: () => refactor.start(),
    ...Object.fromEntries(ready.map((id) => [`refactor.${id}`, () => refactor.start(id)])),
    'refactor.accept': () => refactor.accept(),
    'refactor.reject': () => refactor.reject(),
    'refactor.refine': () => refactor.refine(),
    'refactor.redo': () => refactor.again('cloud'),
    'refactor.again': () => refactor.again(),
    // The explorer passes the file under the mouse and all that are selected.
    ask: (_one, selected) => ask.start(isUris(selected) ? selected : undefined),
    askOpenEditors: () => ask.startWithOpenEditors(),
    stop: () => surface.stopAll(),
    nextStep: (step) => takeNextStep(step),
  };
}

function switchCommands({ settings, switches, yard, keys, providers }: Core): Record<string, Command> {
  const completions = (): 'on' | 'off' | 'snoozed' => {
    if (!settings.get().completions.enabled) return 'off';
    return switches.snoozedUntil.get() === undefined ? 'on' : 'snoozed';
  };
  return {
    toggleOffline: () => writeSetting('offline', !settings.get().policy.offline),
    goOnline: () => writeSetting('offline', false),
    nextLocal: () => switches.setNext('local'),
    nextCloud: () => switches.setNext('cloud'),
    nextAuto: () => switches.setNext('auto'),
    'completions.toggle': () => writeSetting('completions.enabled', !settings.get().completions.enabled),
    'completions.snooze': () => switches.askSnooze(),
    'completions.wake': () => switches.wake(),
    'completions.trigger': () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    menu: () =>
      showMenu({
        offline: settings.get().policy.offline,
        working: yard.active.get().filter(({ task }) => task !== 'complete').length,
        completions: completions(),
        next: switches.next.get(),
        hasKey: keys.source.get() !== 'none',
        localUp: providers.localModels.get().state.kind === 'ready',
      }),
  };
}

function setUpCommands(core: Core): Record<string, Command> {
  const { keys, providers, context } = core;
  const test: KeyTest = async (key) => {
    const blocked = hardBlock(core.policy.get());
    if (blocked !== undefined)
      return { ok: false, reason: `it was not tested. ${refusalMessage(blocked).message}` };
    const result = await providers.claude.testKey(key);
    return result.ok ? { ok: true } : { ok: false, reason: result.error.message };
  };
  const settings = (query: string) => () =>
    vscode.commands.executeCommand('workbench.action.openSettings', query);
  return {
    enterKey: () => enterKey(keys, test),
    testKey: () => testKey(keys, test),
    removeKey: () => removeKey(keys),
    enterServerKey: () => enterServerKey(keys),
    chooseModel: () => chooseModel(providers),
    pullModel: () => pullModel(providers),
    downloadModel: () => downloadModel(providers),
    diagnose: () => diagnose(core),
    showLog: () => core.log.show(),
    settings: settings(`@ext:${context.extension.id}`),
    budgetSettings: settings('switchyard.budget'),
    walkthrough: () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#start`,
        false,
      ),
  };
}

function bookCommands({ dashboard, ledger, info, ...core }: Core): Record<string, Command> {
  const save = (format: ExportFormat) => () => exportLedger(ledger, format);
  return {
    dashboard: () => dashboard.openInEditor(),
    why: (requestId) => showWhy(ledger, info, requestId),
    exportCsv: save('csv'),
    exportJson: save('json'),
    resetLedger: () => resetLedger(ledger),
    learned: () => info.open('Learned.md', core.learning.inWords(), vscode.ViewColumn.Active),
    forget: () => forgetLearned(core.learning),
    previewPrompt: () => previewPrompt(core.gate, core.syntax),
  };
}

const isUris = (value: unknown): value is readonly vscode.Uri[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof vscode.Uri);
