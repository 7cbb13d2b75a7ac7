import { describe, expect, it } from 'vitest';
import { localPrompt, ours } from '../../../src/privacy/draft';
import { fileRef } from '../../../src/privacy/files/file-ref';
import { askPrompt } from '../../../src/tasks/ask';
import { explainPrompt } from '../../../src/tasks/explain';
import { promptText } from '../../../src/tasks/prompt-text';
import { refactorPrompt } from '../../../src/tasks/refactor';
import type { SourceFile } from '../../../src/tasks/subject';
import { selected } from './caret';

const file = (name: string, text: string): SourceFile => ({
  file: fileRef(`/w/${name}`),
  name,
  languageId: 'typescript',
  text,
});
const cart = selected('const rate = 0.2;\n█export const tax = (n: number) => n * rate;█\n');
const selection = { source: file('src/cart.ts', cart.text), start: cart.start, end: cart.end };
const editFormat = ours`Edits go into blocks.`;

/** The parts up to the last stable one: what a provider's prompt cache can hold. */
function cached(draft: ReturnType<typeof askPrompt>): string {
  const { system, turns } = localPrompt(draft);
  const parts = [...system, ...turns.flatMap((turn) => turn.parts)];
  const last = parts.findLastIndex((part) => part.stable === true);
  return parts
    .slice(0, last + 1)
    .map(({ text }) => text)
    .join('');
}

describe('prompts', () => {
  it('of an explanation show the file, the selection and its place', () => {
    const text = promptText(localPrompt(explainPrompt({ selection, history: [], question: '' }, 8000)));
    expect(text).toContain('File src/cart.ts:');
    expect(text).toContain('lines 2 to 2 of src/cart.ts');
    expect(text).toContain('export const tax');
  });

  it('of a follow-up keep the first question and its answer, and end with the new question', () => {
    const history = [{ question: '', answer: 'It adds tax.', fromCloud: false }];
    const draft = explainPrompt({ selection, history, question: 'Which rate?' }, 8000);
    expect(draft.turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(promptText(localPrompt(draft)).endsWith('Which rate?')).toBe(true);
  });

  it('of refactors and questions over one file begin with the same bytes, for the prompt cache', () => {
    const refactor = refactorPrompt({ selection, instruction: 'Rename it', refinements: [] }, 24_000);
    const ask = askPrompt({ files: [selection.source], question: 'Why?', history: [], editFormat }, 240_000);
    expect(cached(refactor)).toBe(cached(ask));
    expect(cached(refactor).length).toBeGreaterThan(200);
  });

  it.each([
    ['the cloud', true, 0],
    ['the local model, which may have seen what must not leave,', false, 1],
  ])('of a refinement send back what %s proposed, with as many files behind it', (_who, fromCloud, files) => {
    const refinements = [{ proposal: 'const tax = 1;', fromCloud, wish: 'Shorter' }];
    const { turns } = refactorPrompt({ selection, instruction: 'Rename it', refinements }, 24_000);
    const [piece] = turns[1]?.parts[0]?.pieces ?? [];
    expect(piece).toMatchObject({ from: 'derived', text: 'const tax = 1;' });
    expect(piece?.from === 'derived' && piece.files).toHaveLength(files);
  });

  it('of a question are the same whatever order the files were chosen in', () => {
    const [a, b] = [file('a.ts', 'export const a = 1;'), file('b.ts', 'export const b = 2;')];
    const prompt = (files: SourceFile[]) =>
      localPrompt(askPrompt({ files, question: 'Why?', history: [], editFormat }, 9999));
    expect(prompt([a, b])).toEqual(prompt([b, a]));
  });

  it('fence a file so that its own backticks cannot end the fence', () => {
    const source = file('doc.md', '```js\nx\n```\n');
    const text = promptText(
      localPrompt(askPrompt({ files: [source], question: 'Why?', history: [], editFormat }, 9999)),
    );
    expect(text).toContain('````typescript\n```js');
  });
});
