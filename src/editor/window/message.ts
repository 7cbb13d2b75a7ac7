import * as vscode from 'vscode';
import { plainNotice } from '../../base/plain-notice';

export type Severity = 'info' | 'warning' | 'error';

/**
 * A notification; resolves with the button pressed. Its text is made plain: it may name a file, a model, or what a
 * server said. Never rejects: that VS Code goes away before an answer is the user turning away.
 */
export async function showMessage<const Button extends string>(
  severity: Severity,
  text: string,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  try {
    return await SHOW[severity](plainNotice(text), ...buttons);
  } catch {
    return undefined;
  }
}

/** A notification without buttons; nobody waits for it to be read. */
export function tell(severity: Severity, text: string): void {
  // It never rejects.
  showMessage(severity, text).catch(() => undefined);
}

/** A question that must be answered before anything else. `detail`: paragraphs. */
export async function askModal<const Button extends string>(
  severity: Exclude<Severity, 'error'>,
  text: string,
  detail: readonly string[],
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  const options = { modal: true, detail: detail.map(plainNotice).join('\n\n') };
  const show = severity === 'info' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  return show<Button>(plainNotice(text), options, ...buttons);
}

const SHOW = {
  info: <Button extends string>(text: string, ...buttons: readonly Button[]) =>
    vscode.window.showInformationMessage(text, ...buttons),
  warning: <Button extends string>(text: string, ...buttons: readonly Button[]) =>
    vscode.window.showWarningMessage(text, ...buttons),
  error: <Button extends string>(text: string, ...buttons: readonly Button[]) =>
    vscode.window.showErrorMessage(text, ...buttons),
} as const;
