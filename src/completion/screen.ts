import type { CompletionEvent, SuggestionTrack } from './types';
import type { TextEdit } from './text/mirror-text';

/** Ghost text on the screen. */
interface Ghost {
  readonly id: string;
  readonly documentId: string;
  readonly languageId: string;
  track: SuggestionTrack;
  requestId: string | undefined;
  offset: number;
  text: string;
  typedChars: number;
  acceptedChars: number;
}

export interface Showing {
  readonly documentId: string;
  readonly languageId: string;
  readonly offset: number;
  readonly text: string;
  readonly from: 'instant' | 'model' | 'same';
  readonly requestId?: string;
}

/**
 * What the editor has on the screen, as far as it can be known: stock VS Code does not tell what it shows or
 * what was rejected, so both are inferred from what was answered and what was typed.
 */
export class Screen {
  #ghost: Ghost | undefined;
  #count = 0;

  constructor(private readonly emit: (event: CompletionEvent) => void) {}

  /** What stands behind `offset` on the screen; empty where nothing does. */
  textAt(documentId: string, offset: number): string {
    const ghost = this.#ghost;
    return ghost?.documentId === documentId && ghost.offset === offset ? ghost.text : '';
  }

  /** Shows `text`, which must begin with what is shown there already; gives the suggestion's id and track. */
  show(showing: Showing): { readonly id: string; readonly track: SuggestionTrack } {
    const { documentId, offset, text, from, requestId } = showing;
    const ghost = this.#ghost;
    if (ghost?.documentId === documentId && ghost.offset === offset && ghost.text !== '') {
      if (text.length > ghost.text.length) ghost.track = joined(ghost.track, from);
      ghost.requestId ??= requestId;
      ghost.text = text;
      return ghost;
    }
    this.clear();
    const track = from === 'instant' ? 'instant' : 'local';
    const id = `s${++this.#count}`;
    this.#ghost = {
      id,
      documentId,
      languageId: showing.languageId,
      track,
      requestId,
      offset,
      text,
      typedChars: 0,
      acceptedChars: 0,
    };
    this.emit({
      type: 'shown',
      suggestionId: id,
      track,
      languageId: showing.languageId,
      chars: text.length,
      ...(requestId !== undefined && { requestId }),
    });
    return this.#ghost;
  }

  /** An edit came: `kept` where it went along with the ghost text, `lost` where it contradicts it. */
  edited(documentId: string, edit: TextEdit): 'none' | 'kept' | 'lost' {
    const ghost = this.#ghost;
    if (ghost === undefined || ghost.text === '') {
      this.clear();
      return 'none';
    }
    const along =
      ghost.documentId === documentId &&
      edit.deleted === 0 &&
      edit.offset === ghost.offset &&
      ghost.text.startsWith(edit.inserted);
    if (!along) {
      this.clear();
      return 'lost';
    }
    ghost.offset += edit.inserted.length;
    ghost.text = ghost.text.slice(edit.inserted.length);
    // A key brings one character, or a line end with its indentation; more than that was accepted.
    if (edit.inserted.length > 1 && !/^\r?\n[ \t]*$/.test(edit.inserted))
      ghost.acceptedChars += edit.inserted.length;
    else ghost.typedChars += edit.inserted.length;
    return 'kept';
  }

  /** Nothing is on the screen any more; what was gets its verdict. */
  clear(): void {
    const ghost = this.#ghost;
    this.#ghost = undefined;
    if (ghost === undefined) return;
    const left = ghost.text !== '';
    const verdict =
      ghost.acceptedChars > 0 ? (left ? 'partly-accepted' : 'accepted') : left ? 'rejected' : 'typed';
    this.emit({
      type: 'verdict',
      suggestionId: ghost.id,
      track: ghost.track,
      verdict,
      acceptedChars: ghost.acceptedChars,
      ...(ghost.requestId !== undefined && { requestId: ghost.requestId }),
    });
  }
}

function joined(track: SuggestionTrack, from: Showing['from']): SuggestionTrack {
  if (from === 'same') return track;
  return track === 'instant' && from === 'model'
    ? 'mixed'
    : track === 'local' && from === 'instant'
      ? 'mixed'
      : track;
}
