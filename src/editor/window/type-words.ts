import * as vscode from 'vscode';
import { AfterPause } from '../../base/after-pause';
import { plainNotice } from '../../base/plain-notice';
import { TYPING_PAUSE_MS } from './typing-pause';

export interface TypeWords {
  readonly title: string;
  readonly placeholder: string;
  /** What stands below the box; found out anew when typing pauses. */
  readonly below: (typed: string) => string;
}

/** A box for words of the user's. Undefined when they turn away; never empty. */
export function typeWords({ title, placeholder, below }: TypeWords): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = plainNotice(title);
  box.placeholder = placeholder;
  box.ignoreFocusOut = true;
  const refresh = (): void => {
    box.prompt = plainNotice(below(box.value));
  };
  const pause = new AfterPause(TYPING_PAUSE_MS, refresh);
  refresh();
  return new Promise((resolve) => {
    box.onDidChangeValue(() => pause.restart());
    box.onDidAccept(() => {
      const words = box.value.trim();
      if (words === '') return;
      resolve(words);
      box.hide();
    });
    box.onDidHide(() => {
      pause.dispose();
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** A box for a key: what is typed shows as dots. */
export const typeSecret = (
  options: Pick<vscode.InputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'validateInput'>,
): Thenable<string | undefined> =>
  vscode.window.showInputBox({ ...options, password: true, ignoreFocusOut: true });
