import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { FileRules } from '../../privacy/files/file-rules';
import { isInSkippedFolder, SKIPPED_FOLDERS } from '../skipped-folders';
import { fileRefOf, relativeTo } from '../source-file';

/** Text the workspace can predict from; the index holds at most 10 MB of it (UTF-16 units here). */
const MOST_TEXT = 10_000_000;
const MOST_FILES = 4000;
/** Larger files are data, or generated. */
const LARGEST_FILE = 300_000;
/** Between two files, so that reading never takes the extension host from the user, in ms. */
const PAUSE_MS = 10;
const CODE =
  '**/*.{ts,tsx,js,jsx,mjs,cjs,py,go,rs,java,kt,c,h,cc,cpp,hpp,cs,rb,php,swift,scala,lua,sh,sql,vue,svelte,css,scss,html,yaml,yml,toml}';

/**
 * Tells the engine of the project's files, in the background, and of files that change. Only those that might also
 * leave the machine: what is ignored, excluded or holds keys is nothing to predict from either.
 */
export function feedProject(
  engine: CompletionEngine,
  rules: Pick<FileRules, 'check'>,
  log: (line: string) => void,
): vscode.Disposable {
  const stopped = new AbortController();
  const sizes = new Map<string, number>();
  // One file that cannot be learned from is no reason to leave out the others; its name stays out of the log.
  const learn = (uri: vscode.Uri): Promise<void> =>
    learnFile(engine, rules, sizes, uri).catch(() => log('A file of the project could not be learned from.'));
  readAll(learn, stopped.signal).catch(() =>
    log('The files of the project could not be listed; completions know only what is open.'),
  );
  const watcher = vscode.workspace.createFileSystemWatcher(CODE);
  const forget = (uri: vscode.Uri): void => {
    const path = pathOf(uri);
    if (path === undefined) return;
    sizes.delete(path);
    engine.forgetFile(path);
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => stopped.abort()),
    watcher,
    watcher.onDidChange((uri) => void learn(uri)),
    watcher.onDidCreate((uri) => void learn(uri)),
    watcher.onDidDelete(forget),
  );
}

const pathOf = (uri: vscode.Uri): string | undefined => {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder === undefined ? undefined : relativeTo(folder, uri);
};

async function readAll(learn: (uri: vscode.Uri) => Promise<void>, signal: AbortSignal): Promise<void> {
  for (const uri of await vscode.workspace.findFiles(CODE, SKIPPED_FOLDERS, MOST_FILES)) {
    if (signal.aborted) return;
    await learn(uri);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function learnFile(
  engine: CompletionEngine,
  rules: Pick<FileRules, 'check'>,
  sizes: Map<string, number>,
  uri: vscode.Uri,
): Promise<void> {
  const path = pathOf(uri);
  if (path === undefined || isInSkippedFolder(path) || (await rules.check(fileRefOf(uri))) !== undefined)
    return;
  const text = await smallText(uri);
  const others = [...sizes].reduce((sum, [name, size]) => (name === path ? sum : sum + size), 0);
  if (text === undefined || others + text.length > MOST_TEXT) return;
  sizes.set(path, text.length);
  engine.learnFile(path, text);
}

async function smallText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > LARGEST_FILE) return undefined;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text.includes('\0') ? undefined : text;
  } catch {
    // Gone again, or not to be read: nothing to learn from.
    return undefined;
  }
}
