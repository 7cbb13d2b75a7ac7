import type * as vscode from 'vscode';

export function activate(_context: vscode.ExtensionContext): void {
  // The parts are put together here.
}

export function deactivate(): void {
  // Everything is disposed of through the context's subscriptions.
}
