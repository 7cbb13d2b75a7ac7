import * as vscode from 'vscode';
import { READY_INSTRUCTIONS } from '../../tasks/ready-instructions';

interface Item extends vscode.QuickPickItem {
  readonly instruction: string;
}

/**
 * Lets the user choose a ready instruction or type one. `forecast` says where an instruction would go and what it would
 * cost; it is shown while the user decides.
 */
export function pickInstruction(
  title: string,
  forecast: (instruction: string) => string,
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'What should change? Choose one, or type what you want.';
  pick.matchOnDescription = false;
  const ready = READY_INSTRUCTIONS.map(({ title: label, instruction }): Item => ({
    label,
    instruction,
    detail: forecast(instruction),
  }));
  const refresh = (): void => {
    const typed = pick.value.trim();
    const own: Item[] =
      typed === '' ? [] : [{ label: typed, instruction: typed, detail: forecast(typed), alwaysShow: true }];
    pick.items = [...own, ...ready];
  };
  refresh();
  return new Promise((resolve) => {
    pick.onDidChangeValue(refresh);
    pick.onDidAccept(() => {
      const chosen = pick.activeItems[0] ?? pick.selectedItems[0];
      resolve(chosen?.instruction);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
