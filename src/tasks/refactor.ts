import type { Prompt, Turn } from '../models/model';
import type { Piece } from '../privacy/piece';
import { lineAt } from './excerpt';
import { filePart, fromModel, fromUser, ours, selectionPart, SYSTEM } from './prompt-parts';
import { nameOf, type Selection } from './subject';

export interface RefactorSubject {
  readonly selection: Selection;
  readonly instruction: string;
  /** Earlier proposals the user asked to refine: what they said, and what the model had written. */
  readonly refinements: readonly { readonly proposal: string; readonly wish: string }[];
}

const FORMAT =
  'Answer with the complete replacement for exactly the selected lines: one fenced code block, nothing before or ' +
  'after it. Keep the indentation. Leave unchanged what the task does not touch.\n';

/** `contextChars`: how much of the file around the selection goes along, in UTF-16 units. */
export function refactorPrompt(subject: RefactorSubject, contextChars: number): Prompt<Piece> {
  const { source, start, end } = subject.selection;
  const first = lineAt(source.text, start);
  const last = lineAt(source.text, Math.max(start, end - 1));
  const opening: Turn<Piece> = {
    role: 'user',
    parts: [
      ...filePart(source, start, end, contextChars),
      ours(`Task: change lines ${String(first)} to ${String(last)} of ${nameOf(source.file)}:\n`),
      ...selectionPart(source, start, end),
      ours('What to do: '),
      fromUser(subject.instruction),
      ours(`\n\n${FORMAT}`),
    ],
  };
  const refinements = subject.refinements.flatMap(({ proposal, wish }): Turn<Piece>[] => [
    { role: 'assistant', parts: [fromModel(proposal)] },
    { role: 'user', parts: [fromUser(wish), ours(`\n\n${FORMAT}`)] },
  ]);
  return { system: SYSTEM, turns: [opening, ...refinements] };
}
