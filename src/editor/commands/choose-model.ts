import * as vscode from 'vscode';
import { bytesWords } from '../../base/money-words';
import { FALLBACK_MODELS } from '../../models/claude/models';
import type { ModelInfo } from '../../models/provider';
import type { LocalModels } from '../models/local-models';
import type { Providers } from '../models/providers';
import { writeSetting } from '../settings/read-settings';
import { icon, pick } from '../window/pick';
import { chooseFile, downloadModel } from './download-command';
import { pullModel } from './pull-model';

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

/**
 * First for what, then which: installed models with size and abilities, Claude's from its own list. `cloudForbidden`: no
 * cloud may be asked for anything now, nor for its models.
 */
export async function chooseModel(providers: Providers, cloudForbidden: () => boolean): Promise<void> {
  const local = await providers.refresh();
  const use = await pick(
    USES.map((item) => ({ ...item, description: current(item, local), detail: reason(item, local) })),
    { title: 'Choose a model', placeHolder: 'For what?' },
  );
  if (use === undefined) return;
  const models = use.place === 'cloud' ? await cloudModels(providers, cloudForbidden()) : local.installed;
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
      label: 'Pull another model…',
      ...icon('cloud-download'),
      description: 'through Ollama',
      id: undefined,
      get: pullModel,
    },
    {
      label: 'Download a model…',
      ...icon('cloud-download'),
      description: 'for the engine inside, which needs no installation',
      id: undefined,
      get: downloadModel,
    },
    {
      label: 'Use a file with weights…',
      ...icon('file'),
      description: 'any .gguf, for the engine inside',
      id: undefined,
      get: chooseFile,
    },
  ];
  const picked = await pick(
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

/** Claude's, and those of the OpenAI-compatible server where it is a cloud; unasked, Claude's defaults by name. */
async function cloudModels({ claude, openai }: Providers, forbidden: boolean): Promise<readonly ModelInfo[]> {
  if (forbidden) return FALLBACK_MODELS;
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
