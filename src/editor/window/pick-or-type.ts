import * as vscode from 'vscode';
import { AfterPause } from '../../base/after-pause';
import { plainNotice } from '../../base/plain-notice';
import { plainRow, type Row } from './pick';
import { TYPING_PAUSE_MS } from './typing-pause';

export interface PickOrType<R extends Row> {
  readonly title: string;
  readonly placeholder: string;
  readonly rows: readonly R[];
  /** The row for what is typed, shown above the others; undefined where one of them says the same. Trimmed, not empty. */
  readonly typed: (text: string) => R | undefined;
  /** What stands below the row for what is typed; found out when typing pauses. */
  readonly typedDetail?: (row: R) => string;
}

/** A list to choose from that also takes what is typed. Undefined when the user turns away. */
export function pickOrType<R extends Row>(options: PickOrType<R>): Promise<R | undefined> {
  const list = vscode.window.createQuickPick<R>();
  list.title = plainNotice(options.title);
  list.placeholder = plainNotice(options.placeholder);
  const rows = options.rows.map(plainRow);
  // There from the first letter, and while typing goes on the last one stays: rows that change their height cannot be
  // read.
  let detail: string | undefined;
  const typed = (): R | undefined => {
    const text = list.value.trim();
    return text === '' ? undefined : options.typed(text);
  };
  const refresh = (): void => {
    const own = typed();
    detail = own && (detail ?? options.typedDetail?.(own));
    const shown = own && { ...own, alwaysShow: true, ...(detail !== undefined && { detail }) };
    list.items = shown === undefined ? rows : [plainRow(shown), ...rows];
  };
  const pause = new AfterPause(TYPING_PAUSE_MS, () => {
    const own = typed();
    detail = own && options.typedDetail?.(own);
    // New rows make VS Code go back to the first; whoever has gone down the list meanwhile stays where they are.
    const chosen = list.activeItems.filter((row) => rows.includes(row));
    refresh();
    if (chosen.length > 0) list.activeItems = chosen;
  });
  refresh();
  return new Promise((resolve) => {
    list.onDidChangeValue(() => {
      refresh();
      pause.restart();
    });
    list.onDidAccept(() => {
      resolve(list.activeItems[0] ?? list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      pause.dispose();
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
