import { ours, type Draft } from '../privacy/draft';
import type { FileRef } from '../privacy/files/file-ref';
import { needed } from './prompt-parts';

export interface CompletionSubject {
  readonly file: FileRef;
  /** The whole document: a secret cut by the window's edge is found in it. */
  readonly document: string;
  /** The window around the caret, as UTF-16 offsets: `start` ≤ `caret` ≤ `end`. */
  readonly start: number;
  readonly caret: number;
  readonly end: number;
}

const SYSTEM = ours`You complete code at the caret. Answer with nothing but the text to insert: no fence, no explanation, nothing that stands already after the caret.
`;
const BEFORE = ours`Code before the caret:
`;
const AFTER = ours`
Code after the caret:
`;
const TASK = ours`
Text to insert at the caret:`;

/** For a chat model asked to complete, where the user allows the cloud to. Local models fill in the middle instead. */
export function completionPrompt({ file, document, start, caret, end }: CompletionSubject): Draft {
  const part = needed(
    { from: 'ours', text: BEFORE },
    { from: 'file', file, document, start, end: caret },
    { from: 'ours', text: AFTER },
    { from: 'file', file, document, start: caret, end },
    { from: 'ours', text: TASK },
  );
  return {
    system: [{ pieces: [{ from: 'ours', text: SYSTEM }], needed: true }],
    turns: [{ role: 'user', parts: [part] }],
  };
}
