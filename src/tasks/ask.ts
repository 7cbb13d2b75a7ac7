import type { Prompt, Turn } from '../models/model';
import type { Piece } from '../privacy/piece';
import type { Exchange } from './explain';
import { filePart, fromModel, fromUser, ours, SYSTEM } from './prompt-parts';
import { nameOf, type SourceFile } from './subject';

export interface AskSubject {
  /** In any order; the prompt puts them in one order of its own. */
  readonly files: readonly SourceFile[];
  readonly question: string;
  readonly history: readonly Exchange[];
  /** How an answer must write down edits to files; from `edits/`. */
  readonly editFormat: string;
}

const FORM =
  'Answer in Markdown. Refer to code as `path:line` in backticks, with the paths given above, for example ' +
  '`src/main.ts:12`.\n';

/** `contextChars`: for all files together, in UTF-16 units; what one file leaves over the next may use. */
export function askPrompt(subject: AskSubject, contextChars: number): Prompt<Piece> {
  // By name, so that the same files always make the same bytes, and the provider's prompt cache holds.
  const files = [...subject.files].sort((a, b) => (nameOf(a.file) < nameOf(b.file) ? -1 : 1));
  let left = contextChars;
  const context = files.flatMap((source, index) => {
    const share = Math.floor(left / (files.length - index));
    left -= Math.min(share, source.text.length);
    return filePart(source, 0, 0, share);
  });
  const task = ours(
    `Task: answer the question about the files above. ${FORM}${subject.editFormat}\nQuestion: `,
  );
  const questions = [...subject.history.map((exchange) => exchange.question), subject.question];
  const turns = questions.flatMap((question, index): Turn<Piece>[] => {
    const asked: Turn<Piece> = {
      role: 'user',
      parts: index === 0 ? [...context, task, fromUser(question)] : [fromUser(question)],
    };
    const answer = subject.history[index]?.answer;
    return answer === undefined ? [asked] : [asked, { role: 'assistant', parts: [fromModel(answer)] }];
  });
  return { system: SYSTEM, turns };
}
