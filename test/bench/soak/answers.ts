import type { Answer, Question } from '../../servers/question';

const PROSE = 'It adds up what the cart holds, and gives the sum back. '.split(/(?<= )/);
const CODE = ['```ts\n', 'export ', 'const ', 'total ', '= ', 'sum(', 'lines', ');\n', '```\n'];

/** Share of local answers of which the model is unsure, in 1/16. */
const UNSURE_IN_16 = 3;

/** Short answers of the right kind, long or short, sure or not, by what was asked: the same question, the same answer. */
export function soakAnswer(question: Question): Answer {
  const asked = question.kind === 'infill' ? question.prefix : (question.messages.at(-1)?.text ?? '');
  const draw = hash(asked);
  const unsure = draw % 16 < UNSURE_IN_16;
  return {
    text: question.kind === 'infill' ? 'lines.reduce(add, 0);' : chatText(asked, 8 + (draw % 40)),
    logprob: unsure ? -2.5 : -0.05,
    ...(draw % 23 === 0 && { finish: 'refusal' as const }),
    ...(draw % 5 === 0 && { thinking: 'The sum first.' }),
  };
}

function chatText(asked: string, pieces: number): string {
  const from = asked.includes('What to do:') ? CODE : PROSE;
  return Array.from({ length: pieces }, (_, index) => from[index % from.length]).join('');
}

/** FNV-1a over the end of the text, where questions differ. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = Math.max(0, text.length - 400); at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value;
}
