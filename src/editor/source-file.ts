import * as vscode from 'vscode';
import type { FileRef } from '../privacy/files/file-ref';
import type { SourceFile } from '../tasks/subject';
import { nameOf } from './workspace-names';

/** Schemes whose documents are files or become files; output, diffs and settings views are not code to work on. */
export const CODE_SCHEMES: ReadonlySet<string> = new Set([
  'file',
  'untitled',
  'vscode-remote',
  'vscode-userdata',
  'vscode-vfs',
  'vscode-notebook-cell',
]);

/** Above this no task takes a document, in UTF-16 units: 2 MB of text is data, not code. */
const LARGEST = 2_000_000;

export type ReadSource =
  | { readonly kind: 'source'; readonly source: SourceFile; readonly document: vscode.TextDocument }
  | {
      readonly kind: 'unusable';
      readonly reason: 'not-code' | 'too-large' | 'binary';
      readonly message: string;
    };

export function readSource(document: vscode.TextDocument, pickedByHand = false): ReadSource {
  const unusable = (reason: 'not-code' | 'too-large' | 'binary', message: string): ReadSource => ({
    kind: 'unusable',
    reason,
    message,
  });
  if (!CODE_SCHEMES.has(document.uri.scheme))
    return unusable('not-code', 'Switchyard works on files; this view is not one.');
  const text = document.getText();
  if (text.length > LARGEST)
    return unusable('too-large', 'This file is too large to work on. Select a part in a smaller file.');
  // The same test as git's: a NUL near the start makes a file binary.
  if (text.slice(0, 8000).includes('\0')) return unusable('binary', 'This file is binary.');
  return {
    kind: 'source',
    document,
    source: {
      text,
      languageId: document.languageId,
      name: nameOf(document.uri),
      file: fileRefOf(document.uri, pickedByHand),
    },
  };
}

export const fileRefOf = (uri: vscode.Uri, picked = false): FileRef =>
  uri.scheme === 'untitled' ? { kind: 'untitled', name: uri.path } : { kind: 'file', path: uri.path, picked };

/** The whole lines a range touches, without the last line's break. */
export function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  // A selection that ends at the start of a line does not mean that line.
  const last =
    range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  return new vscode.Range(range.start.line, 0, last, document.lineAt(last).text.length);
}
