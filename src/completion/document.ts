import type { Place } from './cache';
import { WALK_BACK } from './cache';
import { PromptWindow } from './prompt/window';
import { MirrorText, type TextEdit } from './text/mirror-text';

export interface OpenDocument {
  /** Any name that stays the same while the document is open: its URI. */
  readonly id: string;
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Excluded files are never completed, never learned from and never sent as context. */
  readonly excluded?: boolean;
}

/** An open document as the engine keeps it. */
export class CompletionDocument {
  readonly id: string;
  readonly path: string;
  readonly languageId: string;
  readonly excluded: boolean;
  readonly lineEnd: '\n' | '\r\n';
  readonly text: MirrorText;
  readonly window = new PromptWindow();
  /** Where the last edit was; undefined before the first. */
  editedAt: number | undefined;

  constructor(opened: OpenDocument) {
    this.id = opened.id;
    this.path = opened.path;
    this.languageId = opened.languageId;
    this.excluded = opened.excluded ?? false;
    const firstLineEnd = opened.text.indexOf('\n');
    this.lineEnd = firstLineEnd > 0 && opened.text.charAt(firstLineEnd - 1) === '\r' ? '\r\n' : '\n';
    this.text = new MirrorText(opened.text);
  }

  apply(edit: TextEdit): void {
    this.text.apply(edit);
    this.editedAt = edit.offset + edit.inserted.length;
    this.window.edited(edit.offset, edit.deleted, edit.inserted.length);
  }

  /** What stands right of the caret, up to the line's end (200 characters decide as well as all). */
  restOfLine(offset: number): string {
    return /^[^\r\n]*/.exec(this.text.slice(offset, offset + 200))?.[0] ?? '';
  }

  placeAt(offset: number): Place {
    const start = Math.max(0, offset - WALK_BACK);
    return {
      suffixKey: this.text.suffixKey(offset),
      tail: this.text.slice(start, offset),
      beforeTail: this.text.prefixHash(start),
    };
  }
}

/** A caret in a document. */
export interface Caret {
  readonly document: CompletionDocument;
  /** UTF-16 offset. */
  readonly offset: number;
}
