import type { FromAnswerPage } from './protocol';

/** Longer questions are not typed by a person. UTF-16 units. */
const LONGEST_TEXT = 100_000;

/** What a page sent, if it is one of its messages; undefined for anything else. */
export function readAnswerMessage(raw: unknown): FromAnswerPage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const field = (name: string): unknown => Reflect.get(raw, name);
  const text = (name: string): string | undefined => {
    const value = field(name);
    return typeof value === 'string' && value.length <= LONGEST_TEXT ? value : undefined;
  };
  const index = (name: string): number | undefined => {
    const value = field(name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const type = field('type');
  switch (type) {
    case 'ready':
    case 'stop':
      return { type };
    case 'ask': {
      const question = text('question');
      return question === undefined || question.trim() === '' ? undefined : { type, question };
    }
    case 'ask-cloud':
    case 'review-edits':
    case 'why': {
      const turn = index('turn');
      return turn === undefined ? undefined : { type, turn };
    }
    case 'copy': {
      const block = text('block');
      return block === undefined ? undefined : { type, block };
    }
    case 'copy-code': {
      const copied = text('text');
      return copied === undefined ? undefined : { type, text: copied };
    }
    case 'open': {
      const path = text('path');
      const line = index('line');
      return path === undefined ? undefined : { type, path, ...(line !== undefined && { line }) };
    }
    case 'notice': {
      const action = text('action');
      return action === undefined ? undefined : { type, action };
    }
    default:
      return undefined;
  }
}
