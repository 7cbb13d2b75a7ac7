import { ours, type Draft, type OurText } from '../privacy/draft';
import { answerTurn, type Exchange } from './explain';
import { filePart, fromUser, needed, SYSTEM } from './prompt-parts';
import type { SourceFile } from './subject';

export interface AskSubject {
  /** In any order; the prompt puts them in one order of its own. */
  readonly files: readonly SourceFile[];
  readonly question: string;
  readonly history: readonly Exchange[];
  /** How an answer must write down edits to files; from `edits/`. */
  readonly editFormat: OurText;
}

const TASK = ours`Task: answer the question about the files above, in Markdown.
Refer to code as path:line in backticks, with the paths given above, for example \`src/main.ts:12\`.
`;
const QUESTION = ours`
Question: `;

/** `contextChars`: for all files together, in UTF-16 units; what one file leaves over the next may use. */
export function askPrompt(subject: AskSubject, contextChars: number): Draft {
  // By name, so that the same files always make the same bytes, and the provider's prompt cache holds.
  const files = [...subject.files].sort((a, b) => (a.name < b.name ? -1 : 1));
  let left = contextChars;
  const context = files.map((source, index) => {
    const share = Math.floor(left / (files.length - index));
    left -= Math.min(share, source.text.length);
    return filePart(source, 0, 0, share, files.length === 1);
  });
  const task = needed(
    { from: 'ours', text: TASK },
    { from: 'ours', text: subject.editFormat },
    { from: 'ours', text: QUESTION },
  );
  const sources = files.map(({ file }) => file);
  const questions = [...subject.history.map((exchange) => exchange.question), subject.question];
  const turns = questions.flatMap((question, index): Draft['turns'] => {
    const words = needed(fromUser(question));
    const asked = { role: 'user' as const, parts: index === 0 ? [task, words] : [words] };
    const said = subject.history[index];
    return said === undefined ? [asked] : [asked, answerTurn(said, sources)];
  });
  return { system: [...SYSTEM, ...context], turns };
}
