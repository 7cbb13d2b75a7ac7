import type { FileRef } from '../privacy/files/file-ref';

/** A document as a task sees it, read once when the request is made. */
export interface SourceFile {
  readonly file: FileRef;
  /** How it is called in prompts, answers and views: relative to the workspace, with forward slashes. */
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
}

/** What a request is about: a part of one document, as UTF-16 offsets; empty means the place of the caret. */
export interface Selection {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}
