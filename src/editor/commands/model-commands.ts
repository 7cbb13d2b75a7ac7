import * as vscode from 'vscode';
import { bytesWords } from '../../base/money-words';
import { ModelError } from '../../models/failure';
import type { ModelInfo } from '../../models/provider';
import type { LocalModels } from '../models/local-models';
import type { Providers } from '../models/providers';
import { writeSetting } from '../settings/read-settings';
import { downloadModel } from './download-command';

interface Use {
  readonly setting: 'complete' | 'explain' | 'refactor' | 'ask' | 'small';
  readonly label: string;
  readonly place: 'local' | 'cloud';
}

const USES: readonly Use[] = [
  { setting: 'complete', label: 'Completions', place: 'local' },
  { setting: 'explain', label: 'Explanations', place: 'local' },
  { setting: 'refactor', label: 'Refactors', place: 'cloud' },
  { setting: 'ask', label: 'Questions over several files', place: 'cloud' },
  { setting: 'small', label: 'Escalated explanations', place: 'cloud' },
];

/** Small models that fill in the middle, for those who have none yet. Sizes are told by Ollama while it downloads. */
const SUGGESTED: readonly { readonly name: string; readonly what: string }[] = [
  { name: 'qwen2.5-coder:1.5b', what: 'completions on most laptops' },
  { name: 'qwen2.5-coder:3b', what: 'completions with a GPU or a fast CPU' },
  { name: 'qwen2.5-coder:7b', what: 'explanations on 16 GB of memory' },
  { name: 'qwen3-coder:30b', what: 'explanations on 32 GB of memory or a large GPU' },
];

/** First for what, then which: installed models with size and abilities, Claude's from its own list. */
export async function chooseModel(providers: Providers): Promise<void> {
  const local = await providers.refresh();
  const use = await vscode.window.showQuickPick(
    USES.map((item) => ({ ...item, description: current(item, local), detail: reason(item, local) })),
    { title: 'Choose a model', placeHolder: 'For what?' },
  );
  if (use === undefined) return;
  const models = use.place === 'cloud' ? await cloudModels(providers) : local.installed;
  const able = models.filter(
    ({ ref, abilities }) =>
      ref.place === use.place && (use.setting === 'complete' ? abilities.infill : abilities.chat),
  );
  const automatic = {
    label: 'Choose for me',
    description: use.place === 'local' ? 'the best installed one' : 'the default',
    id: '',
  };
  const others = [
    {
      label: '$(cloud-download) Pull another model…',
      description: 'through Ollama',
      id: undefined,
      get: pullModel,
    },
    {
      label: '$(cloud-download) Download a model…',
      description: 'for the engine inside, which needs no installation',
      id: undefined,
      get: downloadModel,
    },
  ];
  const picked = await vscode.window.showQuickPick(
    [
      automatic,
      ...able.map((info) => ({
        label: info.displayName,
        description: aboutModel(info),
        id: settingFor(info),
      })),
      ...(use.place === 'local' ? others : []),
    ],
    {
      title: use.label,
      placeHolder: able.length === 0 ? 'No installed model can do this' : 'Which model?',
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return;
  if (picked.id === undefined) {
    if ('get' in picked) await picked.get(providers);
  } else await writeSetting(`models.${use.setting}`, picked.id === '' ? undefined : picked.id);
}

/** Claude's, and those of the OpenAI-compatible server where it is a cloud. */
async function cloudModels({ claude, openai }: Providers): Promise<readonly ModelInfo[]> {
  const server = openai.provider;
  const theirs = server?.place === 'cloud' ? await server.list().catch(() => []) : [];
  return [...(await claude.listOrDefaults()), ...theirs];
}

/** How a model is written into a setting: Ollama's and Claude's by their plain names. */
const settingFor = ({ ref }: ModelInfo): string =>
  ref.provider === 'ollama' || ref.provider === 'claude' ? ref.id : `${ref.provider}/${ref.id}`;

function current({ setting }: Use, local: LocalModels): string {
  if (setting === 'complete') return local.complete?.model.displayName ?? 'none';
  if (setting === 'explain') return local.explain?.model.displayName ?? 'none';
  return vscode.workspace.getConfiguration('switchyard').get<string>(`models.${setting}`, '');
}

function reason({ setting }: Use, local: LocalModels): string {
  const choice = setting === 'complete' ? local.complete : setting === 'explain' ? local.explain : undefined;
  return choice === undefined ? '' : `Why: ${choice.because}`;
}

const ENGINES: Readonly<Record<string, string>> = {
  ollama: 'Ollama',
  inside: 'the engine inside',
  openai: 'your server',
};

function aboutModel(info: ModelInfo): string {
  const abilities = [
    info.abilities.infill && 'fills in the middle',
    info.abilities.thinking && 'thinks',
  ].filter((word) => word !== false);
  const parts = [
    info.ref.standIn === true ? 'a stand-in: its answers are poor' : undefined,
    ENGINES[info.ref.provider],
    info.sizeBytes === undefined ? undefined : bytesWords(info.sizeBytes),
    info.parameters,
    info.quantization,
    ...abilities,
    info.retiresAt === undefined ? undefined : `retires ${info.retiresAt.slice(0, 10)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Downloads a model through Ollama, with progress and a cancel; what has come is kept for the next try. */
export async function pullModel(providers: Providers): Promise<void> {
  const { ollama } = providers;
  const { looks, installed } = await providers.refresh();
  const state = looks.find(({ provider }) => provider === 'ollama')?.state;
  if (ollama === undefined || state?.kind !== 'ready') {
    const chosen = await vscode.window.showWarningMessage(
      'Ollama is not reachable, so no model can be pulled.',
      ...(providers.inside.isShipped ? ['Download for the Engine Inside'] : []),
      'Diagnose',
    );
    if (chosen === 'Diagnose') await vscode.commands.executeCommand('switchyard.diagnose');
    else if (chosen !== undefined) await downloadModel(providers);
    return;
  }
  const name = await pickName(
    new Set(installed.flatMap(({ ref }) => (ref.provider === 'ollama' ? [ref.id] : []))),
  );
  if (name === undefined) return;
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Pulling ${name}`, cancellable: true },
      async (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        let shown = 0;
        for await (const step of ollama.pull(name, stop.signal)) {
          const percent = step.totalBytes === 0 ? 0 : (100 * step.completedBytes) / step.totalBytes;
          // The total grows while layers are announced; a bar never goes back.
          progress.report({ message: pullWords(step), increment: Math.max(0, percent - shown) });
          shown = Math.max(shown, percent);
        }
      },
    );
    void vscode.window.showInformationMessage(`${name} is installed.`);
  } catch (error) {
    if (error instanceof ModelError && error.kind === 'cancelled') {
      void vscode.window.showInformationMessage(`Stopped. The next pull of ${name} goes on from here.`);
    } else
      void vscode.window.showErrorMessage(
        error instanceof ModelError ? error.message : `${name} could not be pulled.`,
      );
  }
  await providers.refresh();
}

const pullWords = ({
  status,
  completedBytes,
  totalBytes,
}: {
  status: string;
  completedBytes: number;
  totalBytes: number;
}): string => (totalBytes === 0 ? status : `${bytesWords(completedBytes)} of ${bytesWords(totalBytes)}`);

/** A suggested model or any other by name. */
function pickName(installed: ReadonlySet<string>): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = 'Pull a model from Ollama';
  pick.placeholder = 'Choose one, or type any name from ollama.com/library';
  const suggested = SUGGESTED.filter(({ name }) => !installed.has(name)).map(({ name, what }) => ({
    label: name,
    description: what,
  }));
  const refresh = (): void => {
    const typed = pick.value.trim();
    pick.items =
      typed === '' || suggested.some(({ label }) => label === typed)
        ? suggested
        : [{ label: typed, description: 'as typed' }, ...suggested];
  };
  refresh();
  return new Promise((resolve) => {
    pick.onDidChangeValue(refresh);
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.label);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
