import { lineAt } from '../base/lines';
import type { FileRef } from './files/file-ref';

let makeOurs: (text: string) => OurText;

/** Text that we wrote ourselves, word for word in our own source. Made by the tag `ours` alone. */
export class OurText {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The text of a genuine one; throws TypeError on a look-alike. */
  static read(text: OurText): string {
    return text.#text;
  }

  static {
    makeOurs = (text) => new OurText(text);
  }
}

/**
 * Tags fixed text of our prompts: ours`You explain code.` A template with a hole does not compile, so nothing of
 * the user's can slip in by this door. A plain call has no template and throws.
 */
export function ours(template: TemplateStringsArray): OurText {
  const [text] = template;
  if (
    text === undefined ||
    template.length !== 1 ||
    !Object.isFrozen(template) ||
    !Object.isFrozen(template.raw)
  ) {
    throw new TypeError('ours is a template tag: ours`fixed text`');
  }
  return makeOurs(text);
}

/**
 * One piece of a prompt with where it came from; nothing reaches a cloud without saying so.
 * - `ours`: fixed text of our own; not searched.
 * - `file`: a window on a document, `start` to `end` in UTF-16 offsets (the whole by default). The whole document
 *   is searched for secrets, so that one cut by the window's edge is found too.
 * - `user`: words the user typed for this request.
 * - `derived`: text made from files: paths, diagnostics, names, recent edits, earlier answers. It may leave only
 *   if every file it came from may.
 */
export type Piece =
  | { readonly from: 'ours'; readonly text: OurText }
  | {
      readonly from: 'file';
      readonly file: FileRef;
      readonly document: string;
      readonly start?: number;
      readonly end?: number;
      /** Puts `12| ` before each line, counted in the document from 1. */
      readonly numbered?: boolean;
    }
  | { readonly from: 'user'; readonly text: string }
  | { readonly from: 'derived'; readonly text: string; readonly files: readonly FileRef[] };

/** Pieces that stay or go together: a heading with the file under it. Joined as they are. */
export interface DraftPart {
  readonly pieces: readonly Piece[];
  /** Becomes the prompt part's `stable`: the same bytes are likely to lead the next prompts too. */
  readonly stable?: boolean;
  /**
   * True for what the request is about: if a piece may not leave, the whole request may not. Context is not
   * needed: it is left out, and the report says so.
   */
  readonly needed: boolean;
}

/** A prompt before it is known where it goes. */
export interface Draft {
  readonly system: readonly DraftPart[];
  /** Never empty; the last turn is the user's. */
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly parts: readonly DraftPart[] }[];
}

/** A prompt of parts, shaped as `Prompt` of `models/model.ts`, which this folder does not know. */
export interface Parts<Text> {
  readonly system: readonly { readonly text: Text; readonly stable?: boolean }[];
  readonly turns: readonly {
    readonly role: 'user' | 'assistant';
    readonly parts: readonly { readonly text: Text; readonly stable?: boolean }[];
  }[];
}

/**
 * Each line behind its number, counted from `firstLine`. `continued`: the text begins in mid-line, after something that
 * has its number already.
 */
export function numberLines(text: string, firstLine: number, continued = false): string {
  let line = firstLine;
  const numbered = text.replace(/^(?!$(?![\s\S]))/gm, () => `${line++}| `);
  return continued && text !== '' ? numbered.slice(`${firstLine}| `.length) : numbered;
}

/** The same draft for a local model: nothing is left out and nothing replaced. */
export function localPrompt(draft: Draft): Parts<string> {
  const part = ({ pieces, stable }: DraftPart): { text: string; stable?: boolean } => ({
    text: pieces.map(localText).join(''),
    ...(stable === undefined ? {} : { stable }),
  });
  return {
    system: draft.system.map(part),
    turns: draft.turns.map(({ role, parts }) => ({ role, parts: parts.map(part) })),
  };
}

function localText(piece: Piece): string {
  if (piece.from === 'ours') return OurText.read(piece.text);
  if (piece.from !== 'file') return piece.text;
  const start = piece.start ?? 0;
  const window = piece.document.slice(start, piece.end);
  return piece.numbered === true ? numberLines(window, lineAt(piece.document, start)) : window;
}
