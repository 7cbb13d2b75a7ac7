import { state, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import { readPriceOverrides } from '../../models/prices';
import type { Task } from '../../routing/request';
import { SettingValues } from './setting-values';
import type { Settings } from './settings';

const SECTION = 'switchyard';
const TASKS: readonly Task[] = ['complete', 'explain', 'refactor', 'ask'];

/** The settings as a store that follows the user's edits, trust being granted, and folders being added. */
export function settingsStore(subscriptions: vscode.ExtensionContext['subscriptions']): Store<Settings> {
  const atStart = readSettings();
  const store = state(atStart, { name: 'settings' });
  const refresh = (): void => store.set({ ...readSettings(), demo: atStart.demo });
  subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  );
  return store;
}

/** Writes one setting where its value now comes from: a value of the workspace would hide one written for the user. */
export async function writeSetting(key: string, value: unknown): Promise<void> {
  const config = vscode.workspace.getConfiguration(SECTION);
  const target =
    config.inspect(key)?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await config.update(key, value, target);
}

/** Whether somebody gave the setting a value of its own: the user, or the workspace where it counts. */
export function isSetByHand(key: string): boolean {
  const levels = vscode.workspace.getConfiguration(SECTION).inspect(key);
  return [levels?.globalValue, levels?.workspaceValue, levels?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

function readSettings(): Settings {
  const config = vscode.workspace.getConfiguration(SECTION);
  const values = new SettingValues((key) => config.get<unknown>(key));
  const demo = values.flag('demo');
  const openai = values.text('openai.endpoint');
  const dayUsd = values.cap('budget.dayUsd');
  const monthUsd = values.cap('budget.monthUsd');
  const { prices, rejected } = readPriceOverrides(config.get<unknown>('prices'));
  const settings: Omit<Settings, 'misread'> = {
    policy: readPolicy(values),
    insideModel: values.text('inside.model'),
    models: {
      complete: values.text('models.complete'),
      explain: values.text('models.explain'),
      refactor: values.text('models.refactor'),
      ask: values.text('models.ask'),
      small: values.text('models.small'),
    },
    endpoints: {
      ollama: values.text('ollama.endpoint'),
      claude: values.text('claude.endpoint'),
      ...(openai !== '' && {
        openai: {
          url: openai,
          place: values.oneOf('openai.place', ['auto', 'local', 'cloud'], 'auto'),
          model: values.text('openai.model'),
        },
      }),
    },
    completions: {
      enabled: values.flag('completions.enabled'),
      instant: values.flag('completions.instant'),
      languages: values.flags('completions.languages'),
      exclude: addedUp('completions.exclude'),
    },
    budget: {
      warnAt: values.number('budget.warnAt', 0, 1) ?? 0.8,
      ...(dayUsd !== undefined && { dayUsd }),
      ...(monthUsd !== undefined && { monthUsd }),
    },
    privacy: { exclude: addedUp('privacy.exclude'), alwaysPreview: values.guard('privacy.alwaysPreview') },
    prices,
    countCompletionSavings: values.flag('savings.countCompletions'),
    demo,
    demoIsSet: demo,
  };
  const misread = [...values.misread, ...rejected.map((model) => `prices, ${model}`)];
  return { ...settings, misread: misread.map((name) => `${SECTION}.${name}`) };
}

function readPolicy(values: SettingValues): Settings['policy'] {
  const track = (task: Task): 'auto' | 'local' | 'cloud' =>
    values.oneOf(`track.${task}`, ['auto', 'local', 'cloud'], 'auto');
  return {
    offline: values.guard('offline'),
    // In a remote window VS Code takes machine settings from the remote alone; the second one holds everywhere.
    cloudForbidden: values.guard('privacy.forbidCloud') || values.guard('privacy.forbidCloudEverywhere'),
    tracks: {
      complete: track('complete'),
      explain: track('explain'),
      refactor: track('refactor'),
      ask: track('ask'),
    },
    target: values.oneOf('target', ['thrifty', 'balanced', 'best'], 'balanced'),
    thresholds: thresholds(values),
    completionsMayUseCloud: values.flag('completions.allowCloud'),
    simpleRefactorsMayRunLocally: values.flag('refactor.simpleOnLocal'),
    atCap: values.oneOf('budget.atCap', ['local', 'stop'], 'local'),
  };
}

function thresholds(values: SettingValues): Partial<Record<Task, number>> {
  const set: Partial<Record<Task, number>> = {};
  for (const task of TASKS) {
    const value = values.number(`threshold.${task}`, 0, 1);
    if (value !== undefined) set[task] = value;
  }
  return set;
}

/**
 * VS Code lets a workspace's list replace the user's. For exclusions that would let a workspace open what the user
 * closed, so all levels are added up.
 */
function addedUp(key: string): string[] {
  const all = new Set<string>();
  const scopes: (vscode.ConfigurationScope | undefined)[] = [
    undefined,
    ...(vscode.workspace.workspaceFolders ?? []),
  ];
  for (const scope of scopes) {
    const levels = vscode.workspace.getConfiguration(SECTION, scope).inspect<string[]>(key);
    for (const level of [levels?.globalValue, levels?.workspaceValue, levels?.workspaceFolderValue]) {
      for (const glob of Array.isArray(level) ? level : []) if (typeof glob === 'string') all.add(glob);
    }
  }
  return [...all];
}
