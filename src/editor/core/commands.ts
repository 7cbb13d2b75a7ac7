import * as vscode from 'vscode';
import type { ExportFormat } from '../../ledger';
import { hardBlock } from '../../routing/cloud-gate';
import { refusalMessage } from '../../routing/messages';
import { enterKey, enterServerKey, removeKey, testKey, type KeyTest } from '../commands/key-commands';
import { chooseModel } from '../commands/choose-model';
import { pullModel } from '../commands/pull-model';
import { downloadModel } from '../commands/download-command';
import { checkLocal } from '../commands/check-local';
import { diagnose } from '../commands/diagnose';
import { exportLedger, resetLedger } from '../commands/ledger-commands';
import { previewPrompt } from '../commands/preview-command';
import { writeSetting } from '../settings/read-settings';
import { showMenu } from '../status/menu';
import { showWhy } from '../why';
import { READY_INSTRUCTIONS, type ReadyInstruction } from '../../tasks/ready-instructions';
import type { CommandName } from '../command-names';
import type { Core } from './create-core';
import { forgetLearned } from '../commands/forget-learned';
import { hasOnlyStandIn } from '../models/choose-models';
import { takeNextStep } from './next-steps';
import { setOffline } from './offline-switch';

type Command = (...args: unknown[]) => unknown;
type Commands = Partial<Record<CommandName, Command>>;

/** Every command of the extension and what it does; names without the `switchyard.` in front. */
export function commandTable(core: Core): Readonly<Record<CommandName, Command>> {
  return { ...taskCommands(core), ...switchCommands(core), ...setUpCommands(core), ...bookCommands(core) };
}

function taskCommands({ explain, refactor, ask, surface }: Core) {
  return {
    explain: () => explain.start(),
    refactor: () => refactor.start(),
    ...readyCommands((id) => refactor.start(id)),
    'refactor.accept': () => refactor.accept(),
    'refactor.reject': () => refactor.reject(),
    'refactor.refine': () => refactor.refine(),
    'refactor.redo': () => refactor.again('cloud'),
    'refactor.again': () => refactor.again(),
    // The explorer passes the file under the mouse and all that are selected.
    ask: (_one?: unknown, selected?: unknown) => ask.start(isUris(selected) ? selected : undefined),
    askOpenEditors: () => ask.startWithOpenEditors(),
    stop: () => surface.stopAll(),
    nextStep: (step?: unknown) => takeNextStep(step),
  } satisfies Commands;
}

type ReadyCommand = `refactor.${ReadyInstruction['id']}`;

const readyCommands = (start: (id: string) => unknown): Record<ReadyCommand, Command> =>
  Object.fromEntries(
    READY_INSTRUCTIONS.map(({ id }) => [`refactor.${id}`, () => start(id)]),
  ) as unknown as Record<ReadyCommand, Command>;

function switchCommands({ settings, switches, yard, keys, providers, policy }: Core) {
  const completions = (): 'on' | 'off' | 'snoozed' => {
    if (!settings.get().completions.enabled) return 'off';
    return switches.snoozedUntil.get() === undefined ? 'on' : 'snoozed';
  };
  return {
    toggleOffline: () => setOffline(!policy.get().offline, { policy }),
    goOffline: () => setOffline(true, { policy }),
    goOnline: () => setOffline(false, { policy }),
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
        modelToGet: modelToGet(providers),
      }),
  } satisfies Commands;
}

/** What a download for the engine inside would be good for; undefined where it is not needed, or there is no engine. */
function modelToGet({ inside, localModels }: Core['providers']): string | undefined {
  const local = localModels.get();
  if (!inside.isShipped) return undefined;
  if (hasOnlyStandIn(local)) return 'a stand-in answers now, and poorly';
  return local.state.kind === 'ready' ? undefined : 'for the engine inside, which needs no installation';
}

function setUpCommands(core: Core) {
  const { keys, providers, context } = core;
  const test: KeyTest = async (key, signal) => {
    const blocked = hardBlock(core.policy.get());
    if (blocked !== undefined)
      return { ok: false, reason: `it was not tested. ${refusalMessage(blocked).message}` };
    const result = await providers.claude.testKey(key, signal);
    return result.ok ? { ok: true } : { ok: false, reason: result.error.message };
  };
  const settings = (query: string) => () =>
    vscode.commands.executeCommand('workbench.action.openSettings', query);
  return {
    enterKey: () => enterKey(keys, test),
    testKey: () => testKey(keys, test),
    removeKey: () => removeKey(keys),
    enterServerKey: () => enterServerKey(keys),
    chooseModel: () => chooseModel(providers, () => hardBlock(core.policy.get()) !== undefined),
    pullModel: () => pullModel(providers),
    downloadModel: () => downloadModel(providers),
    diagnose: () => diagnose(core),
    checkLocal: () => checkLocal(core),
    showLog: () => core.log.show(),
    settings: settings(`@ext:${context.extension.id}`),
    budgetSettings: settings('switchyard.budget'),
    // At one of its steps, where a message leads there; menus give other things along.
    walkthrough: (step?: unknown) => {
      const category = `${context.extension.id}#start`;
      const place = typeof step === 'string' ? { category, step } : category;
      return vscode.commands.executeCommand('workbench.action.openWalkthrough', place, false);
    },
  } satisfies Commands;
}

function bookCommands({ dashboard, ledger, info, ...core }: Core) {
  const save = (format: ExportFormat) => () => exportLedger(ledger, format);
  return {
    dashboard: () => dashboard.openInEditor(),
    why: (requestId?: unknown) => showWhy(ledger, info, requestId),
    exportCsv: save('csv'),
    exportJson: save('json'),
    resetLedger: () => resetLedger(ledger),
    learned: () => info.preview('Learned', core.learning.inWords()),
    forget: () => forgetLearned(core.learning),
    previewPrompt: () => previewPrompt(core),
  } satisfies Commands;
}

const isUris = (value: unknown): value is readonly vscode.Uri[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof vscode.Uri);
