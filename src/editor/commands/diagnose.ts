import * as vscode from 'vscode';
import { escapeForVsCodeMarkdown } from '../../base/markdown-escape';
import { bytesWords } from '../../base/money-words';
import type { TrackHealth } from '../../routing/health';
import type { Core } from '../core/create-core';
import { machineWords, recommend } from '../../models/inside/hub/recommend';
import { readEndpoint } from '../models/endpoint-consent';
import { machine } from '../models/machine';

/** Opens a document with everything a person needs to find out why something does not work. No secrets, no code. */
export async function diagnose(core: Core): Promise<void> {
  const { settings, keys, providers, health, ledger, budget, info, context } = core;
  const local = await providers.refresh();
  const { endpoints, policy, completions } = settings.get();
  const models = local.installed.map(
    ({ displayName, sizeBytes, abilities, ref }) =>
      `- ${displayName}: ${sizeBytes === undefined ? 'size unknown' : bytesWords(sizeBytes)}, ${abilities.infill ? 'fills in the middle' : 'no fill-in-the-middle'}${abilities.thinking ? ', thinks' : ''}${ref.place === 'cloud' ? ', runs in a cloud' : ''}`,
  );
  const failures = ledger.recent
    .get()
    .flatMap(({ outcome }) => outcome.attempts.map((attempt) => ({ attempt, task: outcome.task })))
    .flatMap(({ attempt, task }) =>
      attempt.end.kind === 'failed'
        ? [
            `- ${new Date(attempt.startedAt).toISOString()} ${task}, ${attempt.model.id}: ${attempt.end.failure}`,
          ]
        : [],
    );
  const budgetState = budget.state();
  const lines = [
    '# Switchyard: diagnosis',
    '',
    `- Switchyard ${String(Reflect.get(context.extension.packageJSON as object, 'version'))}, VS Code ${vscode.version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `- runs ${vscode.env.remoteName === undefined ? 'on this machine' : `with a remote window (${vscode.env.remoteName}), ${context.extension.extensionKind === vscode.ExtensionKind.UI ? 'beside you' : 'beside the files'}`}`,
    `- workspace ${vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode: nothing goes to a cloud'}`,
    '',
    '## Local',
    '',
    `- Ollama's address: ${address(endpoints.ollama)}`,
    ...local.looks.map(({ name, state }) => `- ${name}: ${state.kind === 'ready' ? 'ready' : state.reason}`),
    `- local requests go to ${local.engine}; this machine has ${machineWords(machine())}`,
    `- for the engine inside: ${recommend(machine()).because}`,
    `- completions: ${local.complete === undefined ? 'no model' : `${local.complete.model.displayName}, ${local.complete.because}`}`,
    `- explanations: ${local.explain === undefined ? 'no model' : `${local.explain.model.displayName}, ${local.explain.because}`}`,
    ...(models.length === 0 ? [] : ['', 'Installed:', '', ...models]),
    '',
    '## Cloud',
    '',
    `- Claude at ${address(endpoints.claude)}, key: ${{ 'secret-storage': 'stored', environment: 'from the environment', none: 'none' }[keys.source.get()]}`,
    `- offline switch ${policy.offline ? 'on' : 'off'}, cloud ${policy.cloudForbidden ? 'forbidden by your organisation' : 'allowed'}`,
    `- budget ${budgetState.level}: day ${cap(budgetState.dayCap)}, month ${cap(budgetState.monthCap)}`,
    '',
    '## Tracks',
    '',
    ...tracks(health.tracks.get()),
    `- completions ${completions.enabled ? 'on' : 'off'}, instant ${completions.instant ? 'on' : 'off'}`,
    '',
    '## Last errors',
    '',
    ...(failures.length === 0 ? ['None in the last requests.'] : failures.slice(0, 20)),
    '',
  ];
  await info.preview('Diagnosis', lines.map(plain).join('\n'));
}

/** Names of models, addresses and reasons come from servers and settings: they stand there as plain text. */
const plain = (line: string): string => {
  const [, mark = '', text = ''] = /^(#+ |- )?([^]*)$/.exec(line) ?? [];
  return `${mark}${escapeForVsCodeMarkdown(text)}`;
};

const cap = (usd: number | undefined): string => (usd === undefined ? 'no cap' : `cap $${usd.toFixed(2)}`);

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
