import * as vscode from 'vscode';

/** The item as it stands until the books are read: activation shows it at once. */
export function createStatusItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('switchyard.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Switchyard';
  item.text = '$(git-merge) Switchyard';
  item.command = 'switchyard.menu';
  item.show();
  return item;
}
