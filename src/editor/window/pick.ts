import * as vscode from 'vscode';
import { plainNotice } from '../../base/plain-notice';

/**
 * A row of a list. Its texts are made plain before they are shown, so an icon stands beside the label, not in it; and
 * what a row stands for is kept in a field of its own.
 */
export interface Row extends vscode.QuickPickItem {
  readonly iconPath?: vscode.ThemeIcon;
}

/** `icon`: a codicon's name. */
export const icon = (name: string): Pick<Row, 'iconPath'> => ({ iconPath: new vscode.ThemeIcon(name) });

export type PickOptions = Pick<
  vscode.QuickPickOptions,
  'placeHolder' | 'matchOnDescription' | 'ignoreFocusOut'
> & { readonly title: string };

/** Resolves with the row chosen; undefined when the user turns away. */
export const pick = <R extends Row>(
  rows: readonly R[] | Promise<readonly R[]>,
  options: PickOptions,
): Thenable<R | undefined> => vscode.window.showQuickPick(plainRows(rows), plainOptions(options));

/** As `pick`, for any number of rows. */
export const pickMany = <R extends Row>(
  rows: readonly R[] | Promise<readonly R[]>,
  options: PickOptions,
): Thenable<readonly R[] | undefined> =>
  vscode.window.showQuickPick(plainRows(rows), { ...plainOptions(options), canPickMany: true });

async function plainRows<R extends Row>(rows: readonly R[] | Promise<readonly R[]>): Promise<R[]> {
  return (await rows).map(plainRow);
}

export const plainRow = <R extends Row>(row: R): R => ({
  ...row,
  label: plainNotice(row.label),
  ...(row.description !== undefined && { description: plainNotice(row.description) }),
  ...(row.detail !== undefined && { detail: plainNotice(row.detail) }),
});

const plainOptions = (options: PickOptions): PickOptions => ({
  ...options,
  title: plainNotice(options.title),
  ...(options.placeHolder !== undefined && { placeHolder: plainNotice(options.placeHolder) }),
});
