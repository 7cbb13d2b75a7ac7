import * as vscode from 'vscode';
import { bytesWords } from '../../base/money-words';
import { CATALOGUE, type CatalogueEntry } from '../../models/inside/hub/catalogue';
import { download, freeBytesOf, type DownloadProgress } from '../../models/inside/hub/download';
import { DownloadError } from '../../models/inside/hub/download-error';
import { askHub, type HubFile } from '../../models/inside/hub/hub-file';
import { carries, machineWords, recommend } from '../../models/inside/hub/recommend';
import { machine } from '../models/machine';
import type { Providers } from '../models/providers';
import { askModal, showMessage, tell } from '../window/message';
import { icon, pick } from '../window/pick';
import { withProgress } from '../window/progress';
import { refusedOffline } from './while-offline';

/** Fetches weights for the engine inside: which, what to expect, a yes, and then with progress and a pause. */
export async function downloadModel(providers: Providers): Promise<void> {
  if (await refusedOffline(providers)) return;
  if (!providers.inside.isShipped) {
    await offerOthers();
    return;
  }
  const entry = await pickEntry(new Set((await providers.inside.list()).map(({ ref }) => ref.id)));
  if (entry === undefined) return;
  const file = await untilGiven(() => asking(entry));
  if (file === undefined || !(await agreed(entry, file, providers.downloads))) return;
  const fetched = await untilGiven(() => fetching(entry, file, providers.downloads));
  if (fetched === undefined) return;
  const { engine, provider } = await providers.refresh();
  const use =
    provider === 'inside'
      ? 'The engine inside uses it from now on.'
      : `Local requests go to ${engine}; the engine inside takes over when that is not there.`;
  tell('info', `${entry.name} is here. ${use}`);
}

/** Does `step` again as often as the user wants: a paused download goes on where it was. Undefined: they gave up. */
async function untilGiven<T>(step: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      if (!(await wantsAgain(error))) return undefined;
    }
  }
}

async function wantsAgain({ kind, message }: DownloadError): Promise<boolean> {
  if (kind === 'cancelled') return false;
  if (kind === 'paused') return (await showMessage('info', message, 'Resume')) === 'Resume';
  const chosen = await showMessage('error', message, 'Try Again', 'Choose a File…');
  if (chosen === 'Choose a File…') await chooseFile();
  return chosen === 'Try Again';
}

/** This package has no engine for this platform. */
async function offerOthers(): Promise<void> {
  const chosen = await showMessage(
    'info',
    'This package of Switchyard comes without an engine of its own. Ollama, or a server that speaks OpenAI’s API, runs models for it.',
    'Get Ollama',
    'Set Up a Server',
  );
  if (chosen === 'Get Ollama') await vscode.env.openExternal(vscode.Uri.parse('https://ollama.com/download'));
  if (chosen === 'Set Up a Server')
    await vscode.commands.executeCommand('workbench.action.openSettings', 'switchyard.openai');
}

async function pickEntry(present: ReadonlySet<string>): Promise<CatalogueEntry | undefined> {
  const recommended = recommend(machine());
  const items = CATALOGUE.map((entry) => ({
    entry,
    label: entry.name,
    ...(entry === recommended.entry && icon('star-full')),
    description: `${entry.goodFor}${present.has(entry.id) ? ', here already' : ''}`,
    detail:
      entry === recommended.entry
        ? `${recommended.because} ${entry.expect}`
        : carries(machine(), entry)
          ? entry.expect
          : `Wants ${String(entry.memoryGiB)} GB of memory and ${String(entry.cores)} cores. ${entry.expect}`,
  }));
  items.sort((a, b) => Number(b.entry === recommended.entry) - Number(a.entry === recommended.entry));
  const picked = await pick(items, {
    title: 'Download a model for the engine inside',
    placeHolder: `This machine: ${machineWords(machine())}`,
    matchOnDescription: true,
  });
  return picked?.entry;
}

const asking = (entry: CatalogueEntry): Promise<HubFile> =>
  withProgress(`Asking the hub for ${entry.name}`, (cancelled) => askHub(entry, cancelled));

/** Licence, size and what to expect, before a byte is fetched. */
async function agreed(entry: CatalogueEntry, file: HubFile, folder: string): Promise<boolean> {
  const space = await freeBytesOf(folder).catch(() => undefined);
  const detail = [
    `${bytesWords(file.sizeBytes)} from ${new URL(file.url).host}, ${entry.repository}; licence ${entry.licence}.`,
    entry.expect,
    ...(space === undefined ? [] : [`The disk has ${bytesWords(space)} free.`]),
    'It runs on this machine; nothing you type leaves it. Its checksum is verified.',
  ];
  const chosen = await askModal('info', `Download ${entry.name}?`, detail, 'Download', 'Read Licence');
  if (chosen === 'Read Licence') {
    await vscode.env.openExternal(vscode.Uri.parse(entry.licenceUrl));
    return agreed(entry, file, folder);
  }
  return chosen === 'Download';
}

const fetching = (entry: CatalogueEntry, file: HubFile, folder: string): Promise<'done'> =>
  withProgress(`${entry.name} (Cancel pauses)`, async (cancelled, report): Promise<'done'> => {
    const name = `${entry.id}.gguf`;
    for await (const step of download({ file, folder, name, signal: cancelled }))
      report({ message: words(step), percent: (100 * step.doneBytes) / step.totalBytes });
    return 'done';
  });

function words({ state, doneBytes, totalBytes }: DownloadProgress): string {
  if (state === 'verifying') return 'verifying the checksum';
  return `${bytesWords(doneBytes)} of ${bytesWords(totalBytes)}`;
}

/** Any GGUF file the user has. */
export async function chooseFile(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Weights for the engine inside',
    filters: { 'GGUF weights': ['gguf'] },
    canSelectMany: false,
  });
  const file = picked?.[0];
  if (file === undefined) return;
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('switchyard').update('inside.model', file.fsPath, target);
}
