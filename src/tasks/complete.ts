import { ours, type Draft } from '../privacy/draft';
import type { FileRef } from '../privacy/files/file-ref';
import { needed } from './prompt-parts';

export interface CompletionSubject {
  readonly file: FileRef;
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
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
export function completionPrompt({ file, prefix, suffix }: CompletionSubject): Draft {
  // One document for both sides, so that a secret across the caret is seen whole.
  const document = prefix + suffix;
  const part = needed(
    { from: 'ours', text: BEFORE },
    { from: 'file', file, document, start: 0, end: prefix.length },
    { from: 'ours', text: AFTER },
    { from: 'file', file, document, start: prefix.length, end: document.length },
    { from: 'ours', text: TASK },
  );
  return {
    system: [{ pieces: [{ from: 'ours', text: SYSTEM }], needed: true }],
    turns: [{ role: 'user', parts: [part] }],
  };
}
