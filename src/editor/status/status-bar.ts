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

/** The item as it stands until the books are read: activation shows it at once. */
export function createStatusItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('switchyard.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Switchyard';
  item.text = '$(git-merge) Switchyard';
  item.command = 'switchyard.menu';
  item.show();
  return item;
}
