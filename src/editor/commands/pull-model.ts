import * as vscode from 'vscode';
import { bytesWords } from '../../base/money-words';
import { ModelError } from '../../models/failure';
import type { PullProgress } from '../../models/ollama/pull';
import type { Providers } from '../models/providers';
import { showMessage, tell } from '../window/message';
import { pickOrType } from '../window/pick-or-type';
import { withProgress, type Step } from '../window/progress';
import { downloadModel } from './download-command';
import { refusedOffline } from './while-offline';

/** Small models that fill in the middle, for those who have none yet. Sizes are told by Ollama while it downloads. */
const SUGGESTED: readonly { readonly name: string; readonly what: string }[] = [
  { name: 'qwen2.5-coder:1.5b', what: 'completions on most laptops' },
  { name: 'qwen2.5-coder:3b', what: 'completions with a GPU or a fast CPU' },
  { name: 'qwen2.5-coder:7b', what: 'explanations on 16 GB of memory' },
  { name: 'qwen3-coder:30b', what: 'explanations on 32 GB of memory or a large GPU' },
];

/** Downloads a model through Ollama, with progress and a cancel; what has come is kept for the next try. */
export async function pullModel(providers: Providers): Promise<void> {
  if (await refusedOffline(providers)) return;
  const { ollama } = providers;
  const { looks, installed } = await providers.refresh();
  const state = looks.find(({ provider }) => provider === 'ollama')?.state;
  if (ollama === undefined || state?.kind !== 'ready') {
    const chosen = await showMessage(
      'warning',
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
    await withProgress(`Pulling ${name}`, async (cancelled, report) => {
      for await (const step of ollama.pull(name, cancelled)) report(pulled(step));
    });
    tell('info', `${name} is installed.`);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.kind === 'cancelled') tell('info', `Stopped. The next pull of ${name} goes on from here.`);
    else tell('error', error.message);
  }
  await providers.refresh();
}

/** The total grows while layers are announced. */
const pulled = ({ status, completedBytes, totalBytes }: PullProgress): Step =>
  totalBytes === 0
    ? { message: status }
    : {
        message: `${bytesWords(completedBytes)} of ${bytesWords(totalBytes)}`,
        percent: (100 * completedBytes) / totalBytes,
      };

/** A suggested model or any other by name. */
async function pickName(installed: ReadonlySet<string>): Promise<string | undefined> {
  const picked = await pickOrType({
    title: 'Pull a model from Ollama',
    placeholder: 'Choose one, or type any name from ollama.com/library',
    rows: SUGGESTED.filter(({ name }) => !installed.has(name)).map(({ name, what }) => ({
      label: name,
      description: what,
      name,
    })),
    typed: (text) =>
      SUGGESTED.some(({ name }) => name === text)
        ? undefined
        : { label: text, description: 'as typed', name: text },
  });
  return picked?.name;
}
