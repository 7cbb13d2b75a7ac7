import { ours, type Draft } from '../privacy/draft';
import { answerTurn } from './explain';
import { fenced, filePart, fromUser, needed, placeOf, SYSTEM } from './prompt-parts';
import type { Selection } from './subject';

export interface Refinement {
  readonly proposal: string;
  /** The cloud wrote it, from nothing but what had passed the privacy gate. */
  readonly fromCloud: boolean;
  readonly wish: string;
}

export interface RefactorSubject {
  readonly selection: Selection;
  readonly instruction: string;
  /** Earlier proposals the user asked to refine: what the model had written, and what they said to it. */
  readonly refinements: readonly Refinement[];
}

const TASK = ours`Task: change `;
const WHAT = ours`What to do: `;
const FORMAT = ours`

Answer with the complete replacement for exactly the selected lines: one fenced code block, nothing before or after it.
Keep the indentation. Leave unchanged what the task does not touch.
`;

/** `contextChars`: how much of the file around the selection goes along, in UTF-16 units. */
export function refactorPrompt(subject: RefactorSubject, contextChars: number): Draft {
  const { source, start, end } = subject.selection;
  const opening = [
    needed(
      { from: 'ours', text: TASK },
      ...fenced(source, start, end, placeOf(source, start, end)),
      { from: 'ours', text: WHAT },
      fromUser(subject.instruction),
      { from: 'ours', text: FORMAT },
    ),
  ];
  const refinements = subject.refinements.flatMap(({ proposal, fromCloud, wish }): Draft['turns'] => [
    answerTurn({ answer: proposal, fromCloud }, [source.file]),
    { role: 'user', parts: [needed(fromUser(wish), { from: 'ours', text: FORMAT })] },
  ]);
  const file = filePart(source, start, end, contextChars, true);
  return { system: [...SYSTEM, file], turns: [{ role: 'user', parts: opening }, ...refinements] };
}
