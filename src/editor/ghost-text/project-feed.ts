import type { Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { FileRules } from '../../privacy/files/file-rules';
import { inBackground } from '../failures';
import type { Settings } from '../settings/settings';
import { isInSkippedFolder, SKIPPED_FOLDERS } from '../skipped-folders';
import { fileRefOf } from '../source-file';
import { nameOf, pathInFolder } from '../workspace-names';
import { ProjectLearner, type ProjectFiles } from './project-learner';
import { onRulesChange } from './rules-change';

const MOST_FILES = 4000;
/** Larger files are data, or generated, in bytes. */
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
  settings: Store<Settings>,
  log: (line: string) => void,
): vscode.Disposable {
  const learner = new ProjectLearner(engine, projectFiles(rules), () =>
    // Its name stays out of the log.
    log('A file of the project could not be learned from.'),
  );
  const learn = (uri: vscode.Uri): void => inBackground('Learning from a file', learner.learn(uri));
  const watcher = vscode.workspace.createFileSystemWatcher(CODE);
  return vscode.Disposable.from(
    learner,
    watcher,
    watcher.onDidChange(learn),
    watcher.onDidCreate(learn),
    watcher.onDidDelete((uri) => learner.forget(uri)),
    // Its first call is the start.
    onRulesChange(settings, () => inBackground('Following the rules on files', learner.followRules())),
  );
}

const projectFiles = (rules: Pick<FileRules, 'check'>): ProjectFiles<vscode.Uri> => ({
  list: async () => vscode.workspace.findFiles(CODE, SKIPPED_FOLDERS, MOST_FILES),
  pathOf(uri) {
    const path = pathInFolder(uri);
    return path === undefined || isInSkippedFolder(path) ? undefined : nameOf(uri);
  },
  mayLearn: async (uri) => (await rules.check(fileRefOf(uri))) === undefined,
  read: smallText,
  pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
});

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
