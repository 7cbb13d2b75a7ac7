import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { FileRules } from '../../privacy/files/file-rules';
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
const SKIPPED = '**/{node_modules,dist,out,build,target,vendor,.git,.venv,venv,__pycache__,coverage}/**';

/**
 * Tells the engine of the project's files, in the background, and of files that change. Only those that might also
 * leave the machine: what is ignored, excluded or holds keys is nothing to predict from either.
 */
export function feedProject(engine: CompletionEngine, rules: FileRules): vscode.Disposable {
  const stopped = new AbortController();
  const sizes = new Map<string, number>();
  const learn = (uri: vscode.Uri): Promise<void> => learnFile(engine, rules, sizes, uri);
  void readAll(learn, stopped.signal);
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
  for (const uri of await vscode.workspace.findFiles(CODE, SKIPPED, MOST_FILES)) {
    if (signal.aborted) return;
    await learn(uri);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function learnFile(
  engine: CompletionEngine,
  rules: FileRules,
  sizes: Map<string, number>,
  uri: vscode.Uri,
): Promise<void> {
  const path = pathOf(uri);
  if (
    path === undefined ||
    SKIPPED_PATH.test(`/${path}`) ||
    (await rules.check(fileRefOf(uri))) !== undefined
  )
    return;
  const text = await smallText(uri);
  const others = [...sizes].reduce((sum, [name, size]) => (name === path ? sum : sum + size), 0);
  if (text === undefined || others + text.length > MOST_TEXT) return;
  sizes.set(path, text.length);
  engine.learnFile(path, text);
}

const SKIPPED_PATH =
  /\/(?:node_modules|dist|out|build|target|vendor|\.git|\.venv|venv|__pycache__|coverage)\//;

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
