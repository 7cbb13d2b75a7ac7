import type { Answer, Answerer, Question } from '../question';
import { answerQuestion } from './ask';
import { explain } from './explain';
import { fencesIn, lastFence } from './fences';
import { fillIn } from './fill-in';
import { rewrite } from './rewrite';

/**
 * Answers that look like a model's, made by plain rules from the question: for the demo and for tests that need
 * plausible text rather than a scripted one. The same question always gets the same answer.
 */
export const instantAnswers: Answerer = (question) =>
  question.kind === 'infill' ? completion(question.prefix, question.suffix) : reply(question);

function completion(prefix: string, suffix: string): Answer {
  const text = fillIn(prefix, suffix);
  // A model that has nothing to say is unsure of it.
  return { text, logprob: text === '' ? -1.5 : -0.08 };
}

function reply({ system, messages }: Extract<Question, { kind: 'chat' }>): Answer | string {
  const turns = messages.filter((message) => message.role === 'user').map((message) => message.text);
  const first = turns[0] ?? '';
  const asked = turns.at(-1) ?? '';
  const caret =
    /Code before the caret:\n([\s\S]*?)\nCode after the caret:\n([\s\S]*?)\nText to insert at the caret:/.exec(
      asked,
    );
  if (caret) return completion(caret[1] ?? '', caret[2] ?? '');
  const code = lastFence(first);
  if (code !== undefined && /\bone fenced code block\b/i.test(`${system}\n${asked}`)) {
    const instruction = /^What to do: (.*)$/m.exec(asked)?.[1] ?? asked;
    return `${code.fence}${code.language}\n${rewrite(code.text, code.language, instruction)}\n${code.fence}\n`;
  }
  if (first.includes('<<<<<<< SEARCH')) {
    const question = /^Question: ([\s\S]*)$/m.exec(asked)?.[1] ?? asked;
    return answerQuestion(
      question,
      fencesIn(first).filter((block) => block.file !== undefined),
    );
  }
  return explain(asked, lastFence(asked));
}
