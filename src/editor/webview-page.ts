import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageDocument } from '../pages/page-html';

/** Which page: the name of its folder in `src/` and of its bundle in `dist/`. */
export type PageName = 'dashboard' | 'answer';

export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
  };
}

/**
 * A page with nothing but its own script and styles: no remote content, no inline style or script, and no way to send
 * a form. What a model wrote reaches it as data only.
 */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: PageName,
  title: string,
): string {
  const file = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', ...path)).toString();
  return pageDocument({
    title,
    script: file(`${page}.js`),
    styles: [file('codicons', 'codicon.css'), file(`${page}.css`)],
    source: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
  });
}

/** The icon of an editor tab; VS Code paints these as they are, so there is one for each kind of theme. */
export const tabIcon = (extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } => ({
  light: vscode.Uri.joinPath(extensionUri, 'media', 'tab-light.svg'),
  dark: vscode.Uri.joinPath(extensionUri, 'media', 'tab-dark.svg'),
});
