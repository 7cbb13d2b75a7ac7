import type { Prompt, Turn } from '../models/model';
import type { Piece } from '../privacy/piece';
import { lineAt } from './excerpt';
import { filePart, fromModel, fromUser, ours, selectionPart, SYSTEM } from './prompt-parts';
import { nameOf, type Selection } from './subject';

/** One earlier question and answer of the same conversation. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

export interface ExplainSubject {
  readonly selection: Selection;
  /** The symbol at the caret, when nothing was selected. */
  readonly symbol?: string;
  /** Earlier turns; the first question is the explanation itself and empty. */
  readonly history: readonly Exchange[];
  /** The follow-up question; empty for the first explanation. */
  readonly question: string;
}

const FIRST_QUESTION =
  'Explain this code to a programmer who knows the language but not this project: what it does, how, and what is ' +
  'surprising or risky in it. Start with one sentence that says it all. Use short Markdown.\n';

/** `contextChars`: how much of the file around the selection goes along, in UTF-16 units. */
export function explainPrompt(subject: ExplainSubject, contextChars: number): Prompt<Piece> {
  const { source, start, end } = subject.selection;
  const first = lineAt(source.text, start);
  const last = lineAt(source.text, Math.max(start, end - 1));
  const about = subject.symbol === undefined ? 'the selected code' : `\`${subject.symbol}\``;
  const opening: Turn<Piece> = {
    role: 'user',
    parts: [
      ...filePart(source, start, end, contextChars),
      ours(`Task: explain ${about}, lines ${String(first)} to ${String(last)} of ${nameOf(source.file)}:\n`),
      ...selectionPart(source, start, end),
      ours(FIRST_QUESTION),
    ],
  };
  if (subject.question === '') return { system: SYSTEM, turns: [opening] };
  const earlier = subject.history.flatMap((exchange, index): Turn<Piece>[] => [
    index === 0 ? opening : { role: 'user', parts: [fromUser(exchange.question)] },
    { role: 'assistant', parts: [fromModel(exchange.answer)] },
  ]);
  return { system: SYSTEM, turns: [...earlier, { role: 'user', parts: [fromUser(subject.question)] }] };
}
