import * as vscode from 'vscode';
import { escapeForVsCodeMarkdown } from '../../base/markdown-escape';
import { bytesWords, usdWords } from '../../base/money-words';
import type { ModelInfo } from '../../models/provider';
import type { TrackHealth } from '../../routing/health';
import type { Core } from '../core/create-core';
import { machineWords, recommend } from '../../models/inside/hub/recommend';
import { readEndpoint } from '../models/endpoint-consent';
import type { LocalModels } from '../models/local-models';
import { machine } from '../models/machine';

/** Opens a document with everything a person needs to find out why something does not work. No secrets, no code. */
export async function diagnose(core: Core): Promise<void> {
  const local = await core.providers.refresh();
  const lines = [
    '# Switchyard: diagnosis',
    '',
    ...surroundings(core),
    '',
    '## Local',
    '',
    ...localLines(core, local),
    '',
    '## Cloud',
    '',
    ...cloudLines(core),
    '',
    '## Tracks',
    '',
    ...tracks(core.health.tracks.get()),
    ...completionLines(core),
    '',
    '## Last errors',
    '',
    ...lastErrors(core.ledger),
    '',
  ];
  await core.info.preview('Diagnosis', lines.map(plain).join('\n'));
}

function surroundings({ context: { extension } }: Core): string[] {
  const version = String(Reflect.get(extension.packageJSON as object, 'version'));
  const side = extension.extensionKind === vscode.ExtensionKind.UI ? 'beside you' : 'beside the files';
  const { remoteName } = vscode.env;
  const trust = vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode: nothing goes to a cloud';
  return [
    `- Switchyard ${version}, VS Code ${vscode.version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `- runs ${remoteName === undefined ? 'on this machine' : `with a remote window (${remoteName}), ${side}`}`,
    `- workspace ${trust}`,
  ];
}

function localLines({ settings }: Core, local: LocalModels): string[] {
  const chosen = (choice: LocalModels['complete']): string =>
    choice === undefined ? 'no model' : `${choice.model.displayName}, ${choice.because}`;
  return [
    `- Ollama's address: ${address(settings.get().endpoints.ollama)}`,
    ...local.looks.map(({ name, state }) => `- ${name}: ${state.kind === 'ready' ? 'ready' : state.reason}`),
    `- local requests go to ${local.engine}; this machine has ${machineWords(machine())}`,
    `- for the engine inside: ${recommend(machine()).because}`,
    `- completions: ${chosen(local.complete)}`,
    `- explanations: ${chosen(local.explain)}`,
    ...(local.installed.length === 0 ? [] : ['', 'Installed:', '', ...local.installed.map(modelLine)]),
  ];
}

function modelLine({ displayName, sizeBytes, abilities, ref }: ModelInfo): string {
  const parts = [
    sizeBytes === undefined ? 'size unknown' : bytesWords(sizeBytes),
    ...(ref.standIn === true ? ['a stand-in: its answers are poor'] : []),
    abilities.infill ? 'completes code' : 'cannot complete code',
    ...(abilities.thinking ? ['thinks'] : []),
    ...(ref.place === 'cloud' ? ['runs in a cloud'] : []),
  ];
  return `- ${displayName}: ${parts.join(', ')}`;
}

const KEYS = { 'secret-storage': 'stored', environment: 'from the environment', none: 'none' } as const;

function cloudLines({ settings, keys, budget }: Core): string[] {
  const { endpoints, policy } = settings.get();
  const { level, dayCap, monthCap } = budget.state();
  return [
    `- Claude at ${address(endpoints.claude)}, key: ${KEYS[keys.source.get()]}`,
    `- offline switch ${policy.offline ? 'on' : 'off'}, cloud ${policy.cloudForbidden ? 'forbidden by your organisation' : 'allowed'}`,
    `- budget ${level}: day ${cap(dayCap)}, month ${cap(monthCap)}`,
  ];
}

function completionLines({ settings }: Core): string[] {
  const { enabled, instant } = settings.get().completions;
  return [`- completions ${enabled ? 'on' : 'off'}, instant ${instant ? 'on' : 'off'}`];
}

const MOST_ERRORS = 20;

function lastErrors(ledger: Core['ledger']): string[] {
  const errors = ledger.recent
    .get()
    .flatMap(({ outcome: { task, attempts } }) =>
      attempts.flatMap(({ end, startedAt, model }) =>
        end.kind === 'failed'
          ? [`- ${new Date(startedAt).toISOString()} ${task}, ${model.id}: ${end.failure}`]
          : [],
      ),
    );
  return errors.length === 0 ? ['None in the last requests.'] : errors.slice(0, MOST_ERRORS);
}

/** Names of models, addresses and reasons come from servers and settings: they stand there as plain text. */
const plain = (line: string): string => {
  const [, mark = '', text = ''] = /^(#+ |- )?([^]*)$/.exec(line) ?? [];
  return `${mark}${escapeForVsCodeMarkdown(text)}`;
};

const cap = (usd: number | undefined): string => (usd === undefined ? 'no cap' : `cap ${usdWords(usd)}`);

/** Never shows what a user may have put into an address by mistake. */
function address(text: string): string {
  const endpoint = readEndpoint(text);
  return endpoint.kind === 'invalid' ? `an address that cannot be used (${endpoint.reason})` : endpoint.url;
}

function tracks(all: ReadonlyMap<string, TrackHealth>): string[] {
  if (all.size === 0) return ['- none used yet'];
  return [...all].map(
    ([name, health]) => `- ${name}: ${health.kind}${health.kind === 'up' ? '' : ` (${health.reason})`}`,
  );
}
