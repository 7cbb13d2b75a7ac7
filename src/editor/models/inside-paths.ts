import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ProvidersParts } from './providers';

/** Where the engine inside is, in packages that come with one, and where its downloads go. */
export function insidePaths(extension: vscode.Uri, storage: vscode.Uri): ProvidersParts['inside'] {
  const program = vscode.Uri.joinPath(extension, 'dist', 'engine', 'js', 'main.mjs').fsPath;
  return {
    program: existsSync(program) ? program : undefined,
    downloads: vscode.Uri.joinPath(storage, 'models').fsPath,
  };
}
