import { ours, type Draft } from '../privacy/draft';
import type { FileRef } from '../privacy/files/file-ref';
import { derived, fenced, filePart, fromUser, needed, placeOf, SYSTEM } from './prompt-parts';
import type { Selection } from './subject';

/** One earlier question and answer of the same conversation. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
  /** The cloud wrote it, from nothing but what had passed the privacy gate; it may go back there. */
  readonly fromCloud: boolean;
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

const TASK = ours`Task: explain `;
const FIRST_QUESTION = ours`Explain this code to a programmer who knows the language but not this project: what it does, how, and what is surprising or risky in it.
Start with one sentence that says it all. Use short Markdown.
`;

/** `contextChars`: how much of the file around the selection goes along, in UTF-16 units. */
export function explainPrompt(subject: ExplainSubject, contextChars: number): Draft {
  const { source, start, end } = subject.selection;
  const about = subject.symbol === undefined ? 'the selected code, ' : `\`${subject.symbol}\`, `;
  const code = fenced(source, start, end, about + placeOf(source, start, end));
  const opening = [needed({ from: 'ours', text: TASK }, ...code, { from: 'ours', text: FIRST_QUESTION })];
  const questions = [...subject.history.map(({ question }) => question), subject.question];
  const turns = questions.flatMap((question, index): Draft['turns'] => {
    const asked = { role: 'user' as const, parts: index === 0 ? opening : [needed(fromUser(question))] };
    const said = subject.history[index];
    return said === undefined ? [asked] : [asked, answerTurn(said, [source.file])];
  });
  return { system: [...SYSTEM, filePart(source, start, end, contextChars, true)], turns };
}

/** An earlier answer as a turn. A local model may have seen files that must not leave, so its words count as theirs. */
export function answerTurn(
  exchange: Pick<Exchange, 'answer' | 'fromCloud'>,
  files: readonly FileRef[],
): Draft['turns'][number] {
  const sources = exchange.fromCloud ? [] : files;
  return { role: 'assistant', parts: [needed(derived(exchange.answer, ...sources))] };
}
