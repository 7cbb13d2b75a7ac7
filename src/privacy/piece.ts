/**
 * A piece of a prompt that still knows where it comes from. Tasks write prompts as `Prompt<Piece>`; a local model
 * gets their plain text, a cloud model gets what the gate lets through of them.
 */
export type Piece =
  /** Words of our own: instructions to the model, fences, headings. */
  | { readonly from: 'switchyard'; readonly text: string }
  /** What the user typed: a question, an instruction. */
  | { readonly from: 'user'; readonly text: string }
  /** What a model wrote earlier in this conversation. */
  | { readonly from: 'model'; readonly text: string }
  /** Part of a file; the whole text comes along, so that a secret cut by the edges of the part is still seen. */
  | {
      readonly from: 'file';
      readonly file: FileIdentity;
      /** The whole document. */
      readonly document: string;
      /** The part, as UTF-16 offsets into `document`. */
      readonly start: number;
      readonly end: number;
    };

export interface FileIdentity {
  /** Absolute path in the file system; a made-up name for untitled documents. */
  readonly fsPath: string;
  /** Path relative to its workspace folder, with forward slashes; absent outside the workspace. */
  readonly relativePath?: string;
  readonly untitled?: boolean;
  /** The user picked this very file by hand, for this request. */
  readonly pickedByHand?: boolean;
}

export const textOf = (piece: Piece): string =>
  piece.from === 'file' ? piece.document.slice(piece.start, piece.end) : piece.text;
