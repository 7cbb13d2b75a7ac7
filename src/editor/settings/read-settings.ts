import { state, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { Task } from '../../routing/request';
import type { Settings } from './settings';

const SECTION = 'switchyard';
const TASKS: readonly Task[] = ['complete', 'explain', 'refactor', 'ask'];

/** The settings as a store that follows the user's edits, trust being granted, and folders being added. */
export function settingsStore(subscriptions: vscode.ExtensionContext['subscriptions']): Store<Settings> {
  const store = state(readSettings(), { name: 'settings' });
  const refresh = (): void => store.set(readSettings());
  subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  );
  return store;
}

/** Writes one setting for the user, in all their windows. */
export async function writeSetting(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(key, value, vscode.ConfigurationTarget.Global);
}

function readSettings(): Settings {
  const config = vscode.workspace.getConfiguration(SECTION);
  const text = (key: string): string => config.get<string>(key, '').trim();
  const flag = (key: string): boolean => config.get<boolean>(key, false);
  const amount = (key: string): number | undefined => config.get<number | null>(key) ?? undefined;
  const openai = text('openai.endpoint');
  const dayUsd = amount('budget.dayUsd');
  const monthUsd = amount('budget.monthUsd');
  return {
    policy: {
      offline: flag('offline'),
      // In a remote window VS Code takes machine settings from the remote alone; the second one holds everywhere.
      cloudForbidden: flag('privacy.forbidCloud') || flag('privacy.forbidCloudEverywhere'),
      tracks: perTask((task) => config.get<'auto' | 'local' | 'cloud'>(`track.${task}`, 'auto')),
      target: config.get<'thrifty' | 'balanced' | 'best'>('target', 'balanced'),
      thresholds: thresholds(amount),
      completionsMayUseCloud: flag('completions.allowCloud'),
      simpleRefactorsMayRunLocally: flag('refactor.simpleOnLocal'),
      atCap: config.get<'local' | 'stop'>('budget.atCap', 'local'),
    },
    insideModel: text('inside.model'),
    models: {
      complete: text('models.complete'),
      explain: text('models.explain'),
      refactor: text('models.refactor'),
      ask: text('models.ask'),
      small: text('models.small'),
    },
    endpoints: {
      ollama: text('ollama.endpoint'),
      claude: text('claude.endpoint'),
      ...(openai !== '' && {
        openai: {
          url: openai,
          place: config.get<'auto' | 'local' | 'cloud'>('openai.place', 'auto'),
          model: text('openai.model'),
        },
      }),
    },
    completions: {
      enabled: flag('completions.enabled'),
      instant: flag('completions.instant'),
      languages: config.get<Record<string, boolean>>('completions.languages', {}),
      exclude: addedUp('completions.exclude'),
    },
    budget: {
      warnAt: config.get<number>('budget.warnAt', 0.8),
      ...(dayUsd !== undefined && { dayUsd }),
      ...(monthUsd !== undefined && { monthUsd }),
    },
    privacy: { exclude: addedUp('privacy.exclude'), alwaysPreview: flag('privacy.alwaysPreview') },
    prices: config.get<unknown>('prices'),
    countCompletionSavings: flag('savings.countCompletions'),
    demo: flag('demo'),
  };
}

function perTask<T>(read: (task: Task) => T): Record<Task, T> {
  return {
    complete: read('complete'),
    explain: read('explain'),
    refactor: read('refactor'),
    ask: read('ask'),
  };
}

function thresholds(amount: (key: string) => number | undefined): Partial<Record<Task, number>> {
  const set: Partial<Record<Task, number>> = {};
  for (const task of TASKS) {
    const value = amount(`threshold.${task}`);
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
