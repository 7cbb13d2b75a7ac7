import type { ContextFile } from '../models/model';

/** What the engine asks of a model that can fill in the middle. */
export interface FimRequest {
  /** Tells this request from all others of the engine. */
  readonly id: string;
  /** Other files worth knowing, in an order that changes rarely. */
  readonly context: readonly ContextFile[];
  readonly path: string;
  readonly languageId: string;
  /** The text before the caret, as far as the window reaches; its head stays still while the caret moves. */
  readonly prefix: string;
  readonly suffix: string;
  readonly maxTokens: number;
  /** One line is meant: a newline may end the answer. */
  readonly singleLine: boolean;
  /** `ahead`: prepared before the user needs it; may be given up first when the machine is busy. */
  readonly purpose: 'now' | 'ahead';
}

/**
 * The model behind the engine. Yields pieces of text as they come. Aborting `signal` stops the request at the
 * server at once; the iterator may then end or throw. Any other throw counts as a failure.
 */
export interface CompletionModel {
  complete(request: FimRequest, signal: AbortSignal): AsyncIterable<string>;
}

/** Where shown text came from: the workspace's own prediction, the model, or the first carried on by the second. */
export type SuggestionTrack = 'instant' | 'local' | 'mixed';

/** What the suggest widget has selected: ghost text must begin with it. Offsets in the document. */
export interface SelectedItem {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Ask {
  readonly documentId: string;
  /** UTF-16 offset of the caret. */
  readonly offset: number;
  readonly trigger: 'automatic' | 'invoke';
  readonly selected?: SelectedItem;
}

/** Why there is nothing to show; every early exit has one. */
export type NothingReason =
  | 'unknown-document'
  | 'excluded-file'
  /** Code stands right of the caret that an insertion would push aside. */
  | 'mid-line'
  /** A request is on its way; a refresh follows when its first text is there. */
  | 'waiting-for-model'
  /** The model is busy elsewhere, and neither the cache nor the workspace knows what follows. */
  | 'paused'
  /** The model is taking a rest after failures. */
  | 'model-failing'
  /** No model is set up, and the workspace does not know what follows. */
  | 'no-model'
  /** The model had nothing to say here, or nothing that survived the filters. */
  | 'nothing-to-add'
  /** The document or the caret moved on while this was waiting. */
  | 'superseded';

export interface ShownSuggestion {
  readonly kind: 'show';
  /** Stays the same while the user types along or the text grows. */
  readonly id: string;
  /** Replaces the document's text from `start` to `end`; the caret is between them. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly track: SuggestionTrack;
  /** How it was found. */
  readonly source: 'typed-along' | 'cache' | 'stream' | 'instant';
  /** False while the model is still writing. */
  readonly complete: boolean;
}

export type Suggestion = ShownSuggestion | { readonly kind: 'nothing'; readonly reason: NothingReason };

/** What the engine tells of itself; for the ledger, the status bar and a debug view. Holds no code. */
export type CompletionEvent =
  | { readonly type: 'request'; readonly requestId: string; readonly purpose: 'now' | 'ahead' }
  | {
      readonly type: 'request-ended';
      readonly requestId: string;
      readonly end: 'done' | 'enough' | 'stale' | 'failed';
      /** Milliseconds to the first text; absent where none came. */
      readonly firstTextMs?: number;
      readonly chars: number;
    }
  | {
      readonly type: 'shown';
      readonly suggestionId: string;
      readonly track: SuggestionTrack;
      readonly languageId: string;
      readonly chars: number;
      /** The model request the text comes from; absent for instant text. */
      readonly requestId?: string;
    }
  | {
      readonly type: 'verdict';
      readonly suggestionId: string;
      readonly track: SuggestionTrack;
      readonly requestId?: string;
      /** `typed`: the user wrote all of it by hand, as suggested. */
      readonly verdict: 'accepted' | 'partly-accepted' | 'typed' | 'rejected';
      readonly acceptedChars: number;
    };
