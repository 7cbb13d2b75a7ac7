import type { Answerer } from '../question';
import { explain } from './explain';
import { fillIn } from './fill-in';
import { lastFence } from './fences';
import { rewrite } from './rewrite';

/**
 * Answers that look like a model's, made by plain rules from the question: for the demo and for tests that need
 * plausible text rather than a scripted one. The same question always gets the same answer.
 */
export const instantAnswers: Answerer = (question) => {
  if (question.kind === 'infill') {
    const text = fillIn(question.prefix, question.suffix);
    // A bare line break is what a model says that has nothing to say; it is unsure of it.
    return { text, logprob: text === '' ? -1.5 : -0.08 };
  }
  const asked = question.messages.findLast((message) => message.role === 'user')?.text ?? '';
  const whole = question.messages.map((message) => message.text).join('\n\n');
  const code = lastFence(asked) ?? lastFence(whole);
  if (code !== undefined && /\bone fenced code block\b/i.test(`${question.system}\n${asked}`)) {
    return `${code.fence}${code.language}\n${rewrite(code.text, code.language, instructionOf(asked))}\n${code.fence}\n`;
  }
  return explain(asked, code);
};

/** The line that says what to do, where the prompt has one; else all of it. */
const instructionOf = (asked: string): string =>
  /^What to do: (.*)$/m.exec(asked)?.[1] ?? asked.split('\n').at(-1) ?? asked;
