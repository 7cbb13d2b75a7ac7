import { effect, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import { statusText, statusTooltip, type StatusInput } from './status-text';

const BACKGROUND = {
  normal: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
} as const;

/** Shows the books and the state in the status bar; redrawn whenever they change. */
export function showStatus(item: vscode.StatusBarItem, input: Store<StatusInput>): vscode.Disposable {
  return new vscode.Disposable(
    effect([input], () => {
      const current = input.get();
      const { text, severity, accessible } = statusText(current);
      item.text = text;
      item.tooltip = new vscode.MarkdownString(statusTooltip(current));
      item.backgroundColor = BACKGROUND[severity];
      item.accessibilityInformation = { label: accessible };
    }),
  );
}
