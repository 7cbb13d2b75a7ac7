import type { FileIdentity } from '../privacy/piece';

/** A document as a task sees it, read once when the request is made. */
export interface SourceFile {
  readonly file: FileIdentity;
  readonly languageId: string;
  readonly text: string;
}

/** What a request is about: a part of one document, as UTF-16 offsets; empty means the place of the caret. */
export interface Selection {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** How a file is called in prompts and answers. */
export const nameOf = (file: FileIdentity): string =>
  file.relativePath ?? file.fsPath.split(/[\\/]/).at(-1) ?? 'file';
