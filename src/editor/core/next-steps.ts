import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { CLAUDE_CONSOLE } from '../../models/claude/console';
import { hasOllama } from '../../models/ollama/installed';
import type { NextStep } from '../../routing/messages';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

/**
 * In a terminal of the user's, away from the workspace; where that is not their machine, or has no Ollama, the
 * walkthrough helps.
 */
function startOllama(): Thenable<unknown> {
  const here = vscode.env.remoteName === undefined || vscode.env.uiKind === vscode.UIKind.Web;
  if (!here || !vscode.workspace.isTrusted || !hasOllama(process.env, existsSync))
    return run('switchyard.walkthrough', 'ollama');
  const terminal = vscode.window.createTerminal({ name: 'Ollama', cwd: homedir() });
  terminal.show(true);
  terminal.sendText('ollama serve');
  return Promise.resolve();
}

const STEPS: Readonly<Record<NextStep, () => Thenable<unknown>>> = {
  'start-local-engine': startOllama,
  'choose-model': () => run('switchyard.chooseModel'),
  'pull-model': () => run('switchyard.pullModel'),
  'download-model': () => run('switchyard.downloadModel'),
  'enter-key': () => run('switchyard.enterKey'),
  'open-billing': () => vscode.env.openExternal(vscode.Uri.parse(CLAUDE_CONSOLE.billing)),
  wait: () => run('switchyard.refactor.again'),
  retry: () => run('switchyard.refactor.again'),
  shorten: () => run('workbench.action.focusActiveEditorGroup'),
  'ask-cloud': () => run('switchyard.refactor.redo'),
  'switch-online': () => run('switchyard.goOnline'),
  'trust-workspace': () => run('workbench.trust.manage'),
  'open-settings': () => run('switchyard.settings'),
  'open-budget': () => run('switchyard.budgetSettings'),
  'preview-prompt': () => run('switchyard.previewPrompt'),
  // Its first lines are what is missing, each with the button that helps.
  'see-missing': () => run('switchyard.dashboard'),
  diagnose: () => run('switchyard.diagnose'),
};

/** Does what the button of a message promises. Buttons of pages arrive as text, so anything unknown is refused. */
export async function takeNextStep(step: unknown): Promise<void> {
  if (typeof step === 'string' && Object.hasOwn(STEPS, step)) await STEPS[step as NextStep]();
}
