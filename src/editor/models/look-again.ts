import * as vscode from 'vscode';
import { atMostEvery } from '../../base/at-most-every';
import { systemClock } from '../../base/clock';
import type { Outcome } from '../../routing/outcome';
import { engineChange } from './engine-change';
import type { LocalModels } from './local-models';

/** Typing asks a model that is missing again and again. In ms. */
const LACKING_APART_MS = 10_000;
/** Windows come to the front by the second while somebody looks for one. In ms. */
const FOCUS_APART_MS = 3_000;
/** Alone, with a path, or after `sudo`. */
const OLLAMA_COMMAND = /^\s*(sudo\s+)?(\S*[\\/])?ollama(\.exe)?\s+(pull|rm|cp|create|run|stop|serve)\b/;

/** When the local engines deserve another look: what they have changes behind our back, by commands in terminals. */
export class LookAgain implements vscode.Disposable {
  readonly #lacking: () => void;
  readonly #listening: vscode.Disposable;

  constructor(private readonly look: () => void) {
    this.#lacking = atMostEvery(LACKING_APART_MS, look, systemClock);
    const focused = atMostEvery(FOCUS_APART_MS, look, systemClock);
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeWindowState((state) => {
        if (state.focused) focused();
      }),
      vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
        if (OLLAMA_COMMAND.test(execution.commandLine.value)) look();
      }),
    );
  }

  /** A request has ended, and may have shown that an engine is not what it was. */
  after(outcome: Outcome, models: LocalModels): void {
    const change = engineChange(outcome, models);
    if (change === 'gone') this.look();
    else if (change === 'lacking') this.#lacking();
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
