import * as vscode from 'vscode';
import { folderLabels } from './folder-labels';

/**
 * How files are named in prompts, answers and lists: by their path in the workspace with forward slashes, and with their
 * folder's label in front where the workspace has several folders; by their last name outside of it.
 */
export function nameOf(uri: vscode.Uri): string {
  const found = placeOf(uri);
  if (found === undefined) return uri.path.split('/').at(-1) ?? 'file';
  const label = labelOf(found.folder);
  return label === undefined ? found.path : `${label}/${found.path}`;
}

/** The path in its workspace folder, with forward slashes; undefined outside of the workspace. */
export const pathInFolder = (uri: vscode.Uri): string | undefined => placeOf(uri)?.path;

/** The file that a name means in this workspace, whether there is one or not; undefined where it can mean none. */
export function uriNamed(name: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first, ...others] = folders;
  if (first === undefined) return undefined;
  if (others.length === 0) return vscode.Uri.joinPath(first.uri, name);
  const [label, ...rest] = name.split('/');
  const folder = folders.find((one) => labelOf(one) === label);
  return folder === undefined || rest.length === 0 ? undefined : vscode.Uri.joinPath(folder.uri, ...rest);
}

/** What stands in front of the names of a folder's files; undefined where it is the only folder. */
export function labelOf({ index }: Pick<vscode.WorkspaceFolder, 'index'>): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? folderLabels(folders.map(({ name }) => name))[index] : undefined;
}

function placeOf(
  uri: vscode.Uri,
): { readonly folder: vscode.WorkspaceFolder; readonly path: string } | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && { folder, path: uri.path.slice(folder.uri.path.length).replace(/^\//, '') };
}
